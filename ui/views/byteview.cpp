// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "byteview.h"

#include "core/payload/hex.h"
#include "core/payload/text.h"
#include "ui/theme/theme.h"
#include "ui/views/streamwalk.h"

#include <QEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace Sidewire {

ByteView::ByteView(QWidget *parent)
    : LogScrollArea(parent)
    , m_text(Theme::fixedFont())
    , m_labels(256)
{
    setObjectName(QStringLiteral("byteView"));
    setAccessibleName(tr("Bytes at the socket"));
    viewport()->setMouseTracking(false);
    connect(this, &LogScrollArea::scrolledByUser, this, [this] { m_wayBack = {}; });
    connect(&m_characters, &TextImages::found, viewport(), qOverload<>(&QWidget::update));
    applyFont();
}

void ByteView::applyFont()
{
    m_text = FixedText(Theme::fixedFont());
    const int line = qCeil(m_text.height()) + 2;
    setLineMetrics(line, line + 4);
    updateGrid();
}

void ByteView::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    m_selection.reset();
    m_mark.reset();
    m_anchor = {};
    m_cursor = {};
    m_firstRecord = 0;
    m_shown = RecordLines(m_log);
    m_wayBack = {};
    m_lines = 0;
    m_labels.clear();
    refresh();
}

void ByteView::setFilter(const RecordSubset::Filter &filter)
{
    if (!m_wayBack.isValid() && m_lines > 0) {
        m_wayBack = placeOfLine(topLine());
    }
    m_shown = RecordLines(m_log, filter ? std::make_shared<RecordSubset>(m_log, filter) : nullptr);
    refresh();
}

void ByteView::comeBack()
{
    if (m_wayBack.isValid() && m_shown.hasReached(m_wayBack.record)) {
        scrollTo(lineOf(std::exchange(m_wayBack, {})));
    }
}

void ByteView::refresh()
{
    m_shown.refresh();
    m_timeFormat.origin = m_log && m_log->records().count() > 0 ? m_log->records().at(0).time : 0;
    updateGrid();
    comeBack();
}

void ByteView::setFirstRecord(qint64 record)
{
    m_firstRecord = record;
    updateLines();
}

void ByteView::setTimeStyle(TimeStyle style)
{
    m_timeFormat.style = style;
    viewport()->update();
}

void ByteView::setSelection(const std::optional<TrafficSelection> &selection)
{
    if (m_selection != selection) {
        m_selection = selection;
        viewport()->update();
        tellSpokenText();
    }
}

void ByteView::setMark(const std::optional<BitMark> &mark)
{
    if (m_mark != mark) {
        m_mark = mark;
        viewport()->update();
        tellSpokenText();
    }
}

void ByteView::setCursor(BytePlace place)
{
    m_anchor = place;
    m_cursor = place;
    viewport()->update();
}

QString ByteView::spokenText() const
{
    if (m_mark) {
        return m_mark->words;
    }
    if (!m_selection || m_selection->isEmpty()) {
        return tr("no bytes selected");
    }
    constexpr qint64 MaxSpoken = 16;
    const RecordRow &row = m_log->records().at(m_selection->firstRecord);
    const qint64 begin = m_selection->begin();
    const qint64 length = std::min({m_selection->spans.front().size(), row.span().end - begin, MaxSpoken});
    const QByteArray bytes = bytesOf(row, begin, length).value_or(QByteArray());
    const QString place = (row.direction == Direction::In ? tr("in 0x%1") : tr("out 0x%1")).arg(begin, 0, 16);
    //: For assistive tools: place of the selection, its size, its first bytes in hex and as text
    return tr("%1, %2 bytes: %3, %4")
        .arg(place, QString::number(m_selection->size()), Hex::fromBytes(bytes),
             Text::preview(bytes, static_cast<int>(MaxSpoken)));
}

QSize ByteView::sizeHint() const
{
    return sizeWith(RecordLayout::Width::Bytes16, 30);
}

QSize ByteView::minimumSizeHint() const
{
    return sizeWith(RecordLayout::Width::Bytes8, 4);
}

QSize ByteView::sizeWith(RecordLayout::Width width, int lines) const
{
    ByteGrid grid = m_grid;
    grid.width = width;
    return {qCeil(grid.endX()) + ByteGrid::Margin + verticalScrollBar()->sizeHint().width(),
            headerHeight() + lines * lineHeight()};
}

void ByteView::updateGrid()
{
    // No stream is longer than its log; few logs need more than six digits.
    const qint64 longest = m_log ? m_log->file()->committed() : 0;
    const int digits = longest <= 0xffffff ? 6 : longest <= 0xffffffff ? 8 : 12;
    const ByteGrid grid = ByteGrid::fitting(viewport()->width(), m_text.cell(), digits);
    const bool isOther = grid.width != m_grid.width;
    const BytePlace top = isOther && m_lines > 0 ? placeOfLine(topLine()) : BytePlace();
    m_grid = grid;
    m_lines = m_shown.lineCount(m_grid.width);
    updateLines();
    if (top.isValid()) {
        scrollTo(lineOf(top));
    }
}

qint64 ByteView::firstLine() const
{
    return m_firstRecord > 0 ? m_shown.firstLine(m_firstRecord, m_grid.width) : 0;
}

qint64 ByteView::lineOf(BytePlace place) const
{
    const RecordRow &row = m_log->records().at(place.record);
    const qint64 header = m_shown.firstLine(place.record, m_grid.width);
    return row.length == 0 ? header : header + 1 + (place.offset - row.streamOffset) / m_grid.bytes();
}

void ByteView::reveal(BytePlace first, BytePlace last)
{
    const qint64 header = m_shown.firstLine(first.record, m_grid.width);
    const qint64 line = lineOf(first);
    ensureVisible(line - header <= 1 ? header : line, lineOf(last));
}

BytePlace ByteView::placeOfLine(qint64 line) const
{
    if (m_lines == 0) {
        return {};
    }
    const RecordLayout::Place place = m_shown.at(std::clamp<qint64>(line, 0, m_lines - 1), m_grid.width);
    const RecordRow &row = m_log->records().at(place.record);
    return {place.record, row.streamOffset + std::max<qint64>(0, place.line - 1) * m_grid.bytes()};
}

QRect ByteView::cellRect(BytePlace place) const
{
    const int byte = static_cast<int>((place.offset - m_log->records().at(place.record).streamOffset) % m_grid.bytes());
    const qreal left = m_grid.hexX(byte) - m_text.cell() / 2;
    return QRectF(left, yOf(lineOf(place)), 3 * m_text.cell(), lineHeight()).toAlignedRect();
}

std::vector<ByteView::Strip> ByteView::visibleStrips() const
{
    std::vector<Strip> strips;
    const qint64 end = std::min(m_lines, topLine() + visibleLines() + 1);
    for (qint64 line = topLine(); line < end; ++line) {
        const RecordLayout::Place place = m_shown.at(line, m_grid.width);
        const RecordRow &row = m_log->records().at(place.record);
        const qint64 begin = row.streamOffset + std::max<qint64>(0, place.line - 1) * m_grid.bytes();
        const qint64 stop = place.line == 0 ? begin : std::min(begin + m_grid.bytes(), row.span().end);
        const int top = yOf(line);
        strips.push_back({place.record, row.connection, row.direction, {begin, stop}, top, top + lineHeight()});
    }
    return strips;
}

void ByteView::select(BytePlace anchor, BytePlace cursor)
{
    m_anchor = anchor;
    m_cursor = cursor;
    Q_EMIT selectionRequested(StreamWalk(*m_log).between(anchor, cursor));
}

void ByteView::selectRecord(qint64 record)
{
    const RecordRow &row = m_log->records().at(record);
    if (row.length > 0) {
        select({record, row.span().begin}, {record, row.span().end - 1});
    }
}

void ByteView::resizeEvent(QResizeEvent *event)
{
    LogScrollArea::resizeEvent(event);
    updateGrid();
}

void ByteView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        applyFont();
    }
    LogScrollArea::changeEvent(event);
}

} // namespace Sidewire
