// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/endwatch.h"
#include "core/index/rowsubset.h"
#include "ui/views/fixedtext.h"
#include "ui/views/highlighter.h"
#include "ui/views/logscrollarea.h"
#include "ui/views/messagecolumns.h"
#include "ui/views/textimages.h"
#include "ui/views/timeformat.h"
#include "ui/views/trafficmarks.h"
#include "ui/views/trafficselection.h"

#include <QCache>

#include <memory>
#include <optional>
#include <vector>

namespace Sidewire {

/// The messages that the lens found, one row each, and below them what has begun and not ended.
///
/// A row is a message number, or a place among those that a filter lets through, so that any place of a log of any size
/// is one step away. Like the byte view it holds no payload and asks the owner for a selection instead of making one.
class MessageView final : public LogScrollArea
{
    Q_OBJECT

public:
    explicit MessageView(QWidget *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log);
    std::shared_ptr<const SessionLog> log() const { return m_log; }

    /// Takes over the counts. A table of another lens keeps the place: the message at the top stays by its position.
    void refresh();

    /// Shows what is wanted. What is at the top stays there, or what comes after it. The row with the frame is given up.
    void setChoice(const MessageChoice &choice);
    QString filterError() const { return m_subset ? m_subset->error() : QString(); } ///< Empty when all is well
    qint64 examined() const; ///< Messages that are known to be wanted or not
    qint64 totalCount() const { return m_table ? m_table->count() : 0; } ///< Finished ones, wanted or not
    MatchCounts matches() const { return m_subset ? m_subset->matches() : MatchCounts{}; }

    /// Grows when rows stand for other messages than before: another choice or another lens.
    int generation() const { return m_generation; }

    /// Whether it is known by now which row shows what `record` holds.
    bool hasReached(qint64 record) const;

    void setHighlights(std::vector<Highlight> highlights);

    void setFirstRecord(qint64 record); ///< Messages that ended before it are hidden
    void setTimeStyle(TimeStyle style);
    void setSelection(const std::optional<TrafficSelection> &selection);
    void setMarks(const TrafficMarks *marks) { m_marks = marks; } ///< Lives longer than the view

    /// The row with the frame; -1 for none. Does not scroll.
    void setCurrent(qint64 row);
    qint64 current() const { return m_current; }

    /// The message of a row, the unfinished ones after the others; nothing past the end.
    std::optional<Message> messageAt(qint64 row) const;
    bool isUnfinished(qint64 row) const { return row >= m_messages; }
    qint64 messageCount() const { return m_messages; } ///< Finished ones that the filter lets through
    qint64 endNumber() const { return m_messages == 0 ? 0 : numberOf(m_messages - 1) + 1; } ///< One past the last one
    qint64 countFrom(qint64 number) const; ///< How many of them have this number or a higher one
    qint64 numberOf(qint64 row) const { return m_subset ? m_subset->at(row) : row; } ///< Of a finished one

    /// The row that holds the byte, or the one that ended next.
    qint64 rowOf(BytePlace place) const;
    qint64 rowHolding(BytePlace place) const; ///< -1 when its message is hidden, or there is none

    struct Strip
    {
        qint64 row = 0;
        Message message;
        int top = 0;
        int bottom = 0;
    };
    std::vector<Strip> visibleStrips() const;
    bool isSelected(qint64 row, const Message &message) const;

    bool isWaitingForBytes() const { return m_isWaitingForBytes; } ///< Rows of the last frame have only a placeholder

    QString spokenText() const override;

    qint64 firstLine() const override;
    qint64 lineCount() const override { return m_messages + static_cast<qint64>(m_unfinished.size()); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentRequested(qint64 row); ///< The user chose a row; -1 gives the selection up

protected:
    QString emptyText() const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void applyFont();
    void makeSubset(MatchCounts counted = {});
    void renewSubset(); ///< Where connections have ended and the filter asks how
    void keepPlace();
    void comeBack(); ///< To where the user was before the filter or the table changed, once the subset has got there
    qint64 firstRowEndingAtOrAfter(qint64 record) const;
    void updateDecimals();
    MessageColumns columns() const;
    void paintColumnTitles(QPainter &painter, const MessageColumns &at);
    void paintRow(QPainter &painter, const MessageColumns &at, qint64 row, int y);
    void paintHighlight(QPainter &painter, const Highlight &highlight, qreal x, int y);
    void paintContent(QPainter &painter, const MessageColumns &at, qint64 row, const Message &message, int y,
                      qreal indent);
    void paintRight(QPainter &painter, qreal right, qreal baseline, const QString &text) const;
    void paintFound(QPainter &painter, qint64 row, const Message &message, const QRectF &room, const QString &preview);
    void paintBookmark(QPainter &painter, const Message &message, int y);
    std::optional<QString> previewOf(qint64 row, const Message &message);
    QString framesOf(qint64 row, const Message &message); ///< "3 frames"; empty while it is not known
    QString whyUnfinished(const Message &message) const;
    QString whyNothing() const;
    QString toolTipOf(qint64 row, int x) const;

    std::shared_ptr<const SessionLog> m_log;
    std::shared_ptr<const MessageTable> m_table;
    MessageChoice m_choice;
    std::shared_ptr<MessageSubset> m_subset; ///< Of the table; null: all
    qint64 m_examined = 0; ///< By the subset, as of the last refresh
    qint64 m_subsetGoal = 0; ///< What there was to look at when the subset was made
    std::optional<EndWatch> m_ends; ///< Where the filter asks how connections end
    std::optional<qint64> m_firstChanged; ///< By what has ended; the subset looks again from there on
    int m_generation = 0;
    BytePlace m_wayBack; ///< Invalid unless there is somewhere to come back to
    std::vector<Message> m_unfinished;
    FixedText m_text;
    QFont m_italic; ///< For what is unfinished
    TextImages m_images;
    TimeFormat m_timeFormat;
    std::optional<TrafficSelection> m_selection;
    const TrafficMarks *m_marks = nullptr;
    QCache<qint64, QString> m_previews; ///< Of finished messages by number
    Highlighter m_highlighter;
    QCache<qint64, QString> m_frames; ///< How many frames fragmented ones have, by number
    qint64 m_messages = 0; ///< As of the last refresh
    qint64 m_current = -1;
    qint64 m_firstRecord = 0;
    bool m_isWaitingForBytes = false;
};

} // namespace Sidewire
