// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/filter/filterexpression.h"
#include "core/index/sessionlog.h"

#include <QCache>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace Sidewire {

/// A highlight rule, read. `number` is its place among all rules, from 1, as painted beside the colour.
struct Highlight
{
    FilterExpression filter;
    int number = 0;
    int color = 0;
};

/// Which rule a message on the screen matches first.
///
/// Asked for rows that are painted, and for no others. Where rules look into contents, a worker does, and tells when it has
/// something; the window never waits. What is known is kept for some thousand rows.
class Highlighter final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Highlighter)

public:
    explicit Highlighter(QObject *parent = nullptr);

    void setHighlights(std::vector<Highlight> highlights);
    void setLog(std::shared_ptr<const SessionLog> log);
    void forget(); ///< What is known, because the numbers mean other messages now

    bool isEmpty() const { return m_highlights->empty(); }

    /// Null when there is none, or none is known yet. Without a number: a message that has not ended.
    const Highlight *of(const Message &message, std::optional<qint64> number);

    /// After painting: what was asked for and is not known is looked for.
    void look();

Q_SIGNALS:
    void found();

private:
    using Highlights = std::vector<Highlight>;
    struct Row
    {
        Message message;
        qint64 number = 0;
        int place = -1; ///< Of the highlight; -1 for none
    };
    static std::vector<Row> lookAt(const SessionLog &log, const Highlights &highlights, std::vector<Row> rows);

    std::shared_ptr<const SessionLog> m_log;
    std::shared_ptr<const Highlights> m_highlights;
    bool m_needsContent = false;
    QCache<qint64, int> m_known; ///< Place of the highlight by message number
    std::vector<Row> m_wanted;
    bool m_isLooking = false;
    int m_generation = 0; ///< Late answers are for an older one
};

} // namespace Sidewire
