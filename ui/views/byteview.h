// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "ui/views/bitmark.h"
#include "ui/views/bytegrid.h"
#include "ui/views/fixedtext.h"
#include "ui/views/logscrollarea.h"
#include "ui/views/recordlines.h"
#include "ui/views/textimages.h"
#include "ui/views/timeformat.h"
#include "ui/views/trafficmarks.h"
#include "ui/views/trafficselection.h"
#include "ui/views/utf8cells.h"

#include <QBasicTimer>
#include <QCache>

#include <functional>
#include <memory>
#include <optional>

namespace Sidewire {

/// The bytes as they crossed the socket: a header row for each record, then its bytes in hex and as text.
///
/// The header rows are the read boundaries. Painted from the log alone: what is not in memory shows as dots until the
/// next refresh. The selection belongs to the owner, who sets it; what the user selects is asked for by a signal.
class ByteView final : public LogScrollArea
{
    Q_OBJECT

public:
    explicit ByteView(QWidget *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log);
    void refresh();

    /// Shows what it lets through; null: all. What is at the top stays there, or what comes after it.
    void setFilter(const RecordSubset::Filter &filter);
    QString filterError() const { return m_shown.error(); } ///< Empty when all is well

    void setFirstRecord(qint64 record); ///< Older ones are hidden
    void setTimeStyle(TimeStyle style);

    /// What is shown as selected. Does not scroll.
    void setSelection(const std::optional<TrafficSelection> &selection);
    const std::optional<TrafficSelection> &selection() const { return m_selection; }

    /// A field that is shown by a bar under its bits. Does not scroll.
    void setMark(const std::optional<BitMark> &mark);
    const std::optional<BitMark> &mark() const { return m_mark; }

    /// What the tool tip of a byte says; empty: none. Must not wait.
    void setByteNames(std::function<QString(BytePlace)> names) { m_names = std::move(names); }
    /// What is marked beside the selection; lives longer than the view.
    void setMarks(const TrafficMarks *marks) { m_marks = marks; }

    /// Where the arrows start from. Does not scroll.
    void setCursor(BytePlace place);

    /// The line that shows the byte; the header row of a record without bytes.
    qint64 lineOf(BytePlace place) const;

    /// Scrolls no further than needed to show what lies between two places, with the header row above the first one.
    void reveal(BytePlace first, BytePlace last);

    /// The byte at the start of a line (of a header: the first one of its record); the last one past the end.
    BytePlace placeOfLine(qint64 line) const;

    /// Where a byte's two hex digits and the room around them are in the viewport; above or below it when not visible.
    QRect cellRect(BytePlace place) const;

    /// A line of bytes on the screen: what ribbons are joined to.
    struct Strip
    {
        qint64 record = 0;
        ConnectionId connection{};
        Direction direction = Direction::In;
        ByteSpan span; ///< Empty for the header row
        int top = 0;
        int bottom = 0;
    };
    std::vector<Strip> visibleStrips() const;

    QString spokenText() const override;

    qint64 firstLine() const override;
    qint64 lineCount() const override { return m_lines; }

    QSize sizeHint() const override; ///< 16 bytes a line
    QSize minimumSizeHint() const override; ///< 8 bytes a line

Q_SIGNALS:
    /// The user selected bytes; an empty selection was given up.
    void selectionRequested(const Sidewire::TrafficSelection &selection);

protected:
    QString emptyText() const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void comeBack(); ///< To where the user was before the filter changed, once the subset has got there
    QSize sizeWith(RecordLayout::Width width, int lines) const;
    void updateGrid();
    void applyFont();
    std::optional<QByteArray> bytesOf(const RecordRow &row, qint64 begin, qint64 length) const;
    struct Label
    {
        Transport transport = Transport::Tcp;
        QString peer;
    };
    Label labelOf(ConnectionId id);
    QString describe(const RecordRow &row, Transport transport) const;
    QString remarkOn(const RecordRow &row) const;

    void paintColumnTitles(QPainter &painter);
    void paintLane(QPainter &painter, ConnectionId connection, int y) const;
    void paintHeaderRow(QPainter &painter, qint64 record, int y);
    void paintByteRow(QPainter &painter, qint64 record, qint64 line, int y);
    void paintSelectionBehind(QPainter &painter, const RecordRow &row, ByteSpan span, int y);
    void paintFound(QPainter &painter, qint64 record, ByteSpan span, int y);
    void paintBookmark(QPainter &painter, qint64 record, ByteSpan span, int y);
    QString bookmarkText(RecordLayout::Place place, int x) const;
    void paintHex(QPainter &painter, QByteArrayView bytes, qreal baseline);
    void paintMark(QPainter &painter, const RecordRow &row, ByteSpan span, int y);
    void paintText(QPainter &painter, QByteArrayView bytes, int before, int count, qreal baseline);
    void paintCharacter(QPainter &painter, char32_t character, qreal x, qreal baseline);
    void paintContinuations(QPainter &painter, const std::vector<TextCell> &cells, qreal baseline);
    void paintCursor(QPainter &painter);

    BytePlace placeAt(QPoint pos) const;
    QString toolTipAt(QPoint pos) const;
    BytePlace verticallyMoved(BytePlace place, qint64 lines) const;
    std::optional<BytePlace> moved(QKeyEvent *event) const;
    void select(BytePlace anchor, BytePlace cursor);
    void selectRecord(qint64 record);
    void selectStream();
    void dragTo(QPoint pos);

    std::shared_ptr<const SessionLog> m_log;
    FixedText m_text;
    ByteGrid m_grid;
    TextImages m_characters;
    TimeFormat m_timeFormat;
    std::optional<TrafficSelection> m_selection;
    std::optional<BitMark> m_mark;
    std::function<QString(BytePlace)> m_names;
    const TrafficMarks *m_marks = nullptr;
    BytePlace m_anchor;
    BytePlace m_cursor;
    qint64 m_firstRecord = 0;
    RecordLines m_shown;
    qint64 m_lines = 0; ///< As of the last refresh
    BytePlace m_wayBack; ///< Invalid unless there is somewhere to come back to
    QCache<quint32, Label> m_labels; ///< By connection number
    QBasicTimer m_dragTimer;
    QPoint m_dragPos;
    bool m_isDragging = false;
};

} // namespace Sidewire
