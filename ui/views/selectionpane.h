// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "ui/models/pausetimer.h"
#include "ui/views/selectionfacts.h"
#include "ui/views/trafficselection.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QStackedLayout;

namespace Sidewire {

class CopyTable;

/// The facts of the selected bytes, on the wire as they are: where, how many, in how many reads, how fast, their
/// checksums, and what they begin with as numbers.
///
/// The checksums are computed on a worker, one selection at a time; another selection cancels it. While selections follow
/// each other nothing is shown.
class SelectionPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SelectionPane)

public:
    explicit SelectionPane(QWidget *parent = nullptr);
    ~SelectionPane() override;

    void setSelection(std::shared_ptr<const SessionLog> log, const std::optional<TrafficSelection> &selection);

    /// "CRC-32 cbf43926" once it is known; for the status line.
    QString shortFacts() const;

Q_SIGNALS:
    void factsFound();

private:
    void onPaused();
    void start();
    void onFound(const SelectionFacts &facts);
    void fill();

    std::shared_ptr<const SessionLog> m_log;
    std::optional<TrafficSelection> m_selection;
    std::optional<SelectionFacts> m_facts; ///< Nothing while they are being found
    std::shared_ptr<std::atomic<bool>> m_isCancelled; ///< Of the job that runs; null when none does
    bool m_isOther = false; ///< The selection is another than the job's
    PauseTimer m_pause;

    CopyTable *m_table;
    CopyTable *m_numbers;
    QLabel *m_nothing;
    QStackedLayout *m_stack;
};

} // namespace Sidewire
