// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/messagestages.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QSplitter;
QT_END_NAMESPACE

namespace Sidewire {

class PayloadText;

/// The bytes of a message in each of their stages, side by side: on the wire, unmasked, put together, inflated, decoded.
///
/// Only those that differ from the one before. They scroll together, each by its share of its own length, so that what
/// came out of a place stays beside it. Shows the first MaxBytes of each stage and says so when there is more. Found only
/// while visible, on a worker.
class StagesView final : public QWidget
{
    Q_OBJECT

public:
    static constexpr qint64 MaxBytes = 16 * 1024; ///< More lines would take the editors too long

    explicit StagesView(QWidget *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log);
    void setMessage(const std::optional<Message> &message);

    /// "On the wire 45 B"; "Inflated 120 B, ratio 3.9" behind a stage of 31 bytes.
    static QString title(const Stage &stage, const Stage *before);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Column
    {
        QWidget *pane = nullptr;
        QLabel *title = nullptr;
        PayloadText *text = nullptr;
    };

    void addColumn();
    void fetch();
    void show(std::vector<Stage> stages);
    void fill();
    int bytesPerLine() const;
    void scrollTogether(const PayloadText *leader);

    std::shared_ptr<const SessionLog> m_log;
    std::optional<Message> m_message;
    std::vector<Stage> m_stages;
    std::vector<Column> m_columns; ///< As many as were ever needed; those that are not are hidden
    QSplitter *m_splitter = nullptr;
    QLabel *m_note = nullptr;
    int m_filledWith = 0; ///< Bytes a line
    quint64 m_generation = 0; ///< Of the message
    bool m_isDue = false;
    bool m_isScrolling = false;
};

} // namespace Sidewire
