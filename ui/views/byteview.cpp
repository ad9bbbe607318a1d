// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "byteview.h"

#include "ui/theme/theme.h"
#include "ui/views/arrow.h"
#include "ui/views/streamwalk.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace Sidewire {

using Theme::Tone;

namespace {

constexpr int DragInterval = 40; // Milliseconds between two lines while dragging past an edge

Tone textTone(Direction direction)
{
    return direction == Direction::In ? Tone::In : Tone::Out;
}

} // namespace

ByteView::ByteView(QWidget *parent)
    : LogScrollArea(parent)
    , m_text(Theme::fixedFont())
    , m_labels(256)
{
    setObjectName(QStringLiteral("byteView"));
    setAccessibleName(tr("Bytes at the socket"));
    viewport()->setMouseTracking(false);
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
    m_anchor = {};
    m_cursor = {};
    m_firstRecord = 0;
    m_records = 0;
    m_lines = 0;
    m_labels.clear();
    refresh();
}

void ByteView::refresh()
{
    m_records = m_log ? m_log->records().count() : 0;
    m_timeFormat.origin = m_records > 0 ? m_log->records().at(0).time : 0;
    updateGrid();
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
    }
}

void ByteView::setCursor(BytePlace place)
{
    m_anchor = place;
    m_cursor = place;
    viewport()->update();
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
    m_lines = m_log ? m_log->layout().firstLine(m_records, m_grid.width) : 0;
    updateLines();
    if (top.isValid()) {
        scrollTo(lineOf(top));
    }
}

qint64 ByteView::firstLine() const
{
    return m_log && m_firstRecord > 0 ? m_log->layout().firstLine(std::min(m_firstRecord, m_records), m_grid.width) : 0;
}

qint64 ByteView::lineOf(BytePlace place) const
{
    const RecordRow &row = m_log->records().at(place.record);
    const qint64 header = m_log->layout().firstLine(place.record, m_grid.width);
    return row.length == 0 ? header : header + 1 + (place.offset - row.streamOffset) / m_grid.bytes();
}

void ByteView::reveal(BytePlace first, BytePlace last)
{
    const qint64 header = m_log->layout().firstLine(first.record, m_grid.width);
    const qint64 line = lineOf(first);
    ensureVisible(line - header <= 1 ? header : line, lineOf(last));
}

BytePlace ByteView::placeOfLine(qint64 line) const
{
    if (m_lines == 0) {
        return {};
    }
    const RecordLayout::Place place = m_log->layout().at(std::clamp<qint64>(line, 0, m_lines - 1), m_grid.width);
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
        const RecordLayout::Place place = m_log->layout().at(line, m_grid.width);
        const RecordRow &row = m_log->records().at(place.record);
        const qint64 begin = row.streamOffset + std::max<qint64>(0, place.line - 1) * m_grid.bytes();
        const qint64 stop = place.line == 0 ? begin : std::min(begin + m_grid.bytes(), row.span().end);
        const int top = yOf(line);
        strips.push_back({place.record, row.connection, row.direction, {begin, stop}, top, top + lineHeight()});
    }
    return strips;
}

void ByteView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::color(Tone::Base));
    const qint64 end = std::min(m_lines, lineAt(viewport()->height()) + 1);
    for (qint64 line = topLine(); line < end; ++line) {
        const RecordLayout::Place place = m_log->layout().at(line, m_grid.width);
        if (place.line == 0) {
            paintHeaderRow(painter, place.record, yOf(line));
        } else {
            paintByteRow(painter, place.record, place.line - 1, yOf(line));
        }
    }
    paintCursor(painter);
    paintColumnTitles(painter);
    paintEmptyText(painter);
}

QString ByteView::emptyText() const
{
    return !m_log           ? QString()
        : m_firstRecord > 0 ? tr("Older bytes are hidden; new ones appear here")
                            : tr("No bytes yet");
}

void ByteView::paintColumnTitles(QPainter &painter)
{
    const QRect bar(0, 0, viewport()->width(), headerHeight());
    painter.fillRect(bar, Theme::color(Tone::Header));
    painter.fillRect(0, bar.bottom(), bar.width(), 1, Theme::color(Tone::Line));
    painter.setPen(Theme::color(Tone::Muted));
    const qreal baseline = 2 + m_text.ascent();
    m_text.draw(painter, m_grid.offsetX(), baseline, tr("offset"));
    QString numbers(m_grid.hexCells(), u' ');
    for (int byte = 0; byte < m_grid.bytes(); ++byte) {
        numbers.replace(m_grid.hexCell(byte), 2, QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0')));
    }
    m_text.draw(painter, m_grid.hexX(), baseline, numbers);
    m_text.draw(painter, m_grid.textX(), baseline, tr("text"));
}

ByteView::Label ByteView::labelOf(ConnectionId id)
{
    if (const Label *known = m_labels.object(toNumber(id))) {
        return *known;
    }
    const ConnectionInfo info = m_log->connection(id);
    const Label label{info.transport, info.peer.toString()};
    if (!label.peer.isEmpty()) { // Not known before the connection stands: asked again until then
        m_labels.insert(toNumber(id), new Label(label));
    }
    return label;
}

void ByteView::paintHeaderRow(QPainter &painter, qint64 record, int y)
{
    const RecordRow &row = m_log->records().at(record);
    const bool isIn = row.direction == Direction::In;
    const QRect bar(0, y, viewport()->width(), lineHeight());
    painter.fillRect(bar, Theme::color(isIn ? Tone::InHeader : Tone::OutHeader));
    const QColor ink = Theme::color(textTone(row.direction));
    const qreal cell = m_text.cell();
    const qreal baseline = y + 1 + m_text.ascent();
    drawArrow(painter, QRectF(ByteGrid::Margin, y, 2 * cell, lineHeight()), row.direction, ink);

    qreal x = ByteGrid::Margin + 3 * cell;
    const auto put = [&](const QString &text, Tone tone) {
        painter.setPen(Theme::color(tone));
        m_text.draw(painter, x, baseline, text);
        x += (static_cast<qreal>(text.size()) + 2) * cell;
    };
    const qint64 before = record > 0 ? m_log->records().at(record - 1).time : row.time;
    put(m_timeFormat.toString(row.time, before), Tone::Text);
    const Label label = labelOf(row.connection);
    put(describe(row, label.transport), textTone(row.direction));
    if (const QString remark = remarkOn(row); !remark.isEmpty()) {
        put(remark, Tone::Warning);
    }
    if (m_log->connectionCount() > 1) {
        painter.fillRect(QRectF(x - 1.2 * cell, y + 3, 3, lineHeight() - 6),
                         Theme::connectionColor(toNumber(row.connection)));
        put(QStringLiteral("#%1 %2").arg(toNumber(row.connection)).arg(label.peer), Tone::Text);
    }
    //: Place of a record in its direction's stream: "in 0x81"
    const QString place = (isIn ? tr("in 0x%1") : tr("out 0x%1")).arg(row.streamOffset, 0, 16);
    const qreal right = std::min<qreal>(m_grid.endX(), bar.width() - ByteGrid::Margin);
    const qreal left = right - static_cast<qreal>(place.size()) * cell;
    if (left >= x) {
        painter.setPen(Theme::color(Tone::Muted));
        m_text.draw(painter, left, baseline, place);
    }
}

QString ByteView::describe(const RecordRow &row, Transport transport) const
{
    const QString size = QString::number(row.wireLength);
    if (transport == Transport::Udp) {
        return tr("datagram %1 B").arg(size);
    }
    if (m_log->header().isForeign) {
        return tr("segment %1 B").arg(size);
    }
    return (row.direction == Direction::In ? tr("read %1 B") : tr("wrote %1 B")).arg(size);
}

QString ByteView::remarkOn(const RecordRow &row) const
{
    QStringList remarks;
    if (row.has(RecordFlag::CutShort)) {
        //: A packet of which the capture holds only the beginning
        remarks += tr("only %1 B captured").arg(row.length);
    }
    if (row.has(RecordFlag::GapBefore)) {
        const RecordRow *previous = row.previous >= 0 ? &m_log->records().at(row.previous) : nullptr;
        const qint64 expected = previous ? previous->streamOffset + previous->wireLength : 0;
        remarks += tr("%1 B missing before").arg(row.streamOffset - expected);
    }
    return remarks.join(QStringLiteral(", "));
}

std::optional<QByteArray> ByteView::bytesOf(const RecordRow &row, qint64 begin, qint64 length) const
{
    return m_log->bytes().tryRead(row.fileOffset + begin - row.streamOffset, length);
}

void ByteView::paintByteRow(QPainter &painter, qint64 record, qint64 line, int y)
{
    const RecordRow &row = m_log->records().at(record);
    const qint64 begin = row.streamOffset + line * m_grid.bytes();
    const int count = static_cast<int>(std::min<qint64>(m_grid.bytes(), row.span().end - begin));
    painter.fillRect(0, y, viewport()->width(), lineHeight(),
                     Theme::color(row.direction == Direction::In ? Tone::InTint : Tone::OutTint));
    paintSelectionBehind(painter, row, {begin, begin + count}, y);

    const qreal baseline = y + 1 + m_text.ascent();
    painter.setPen(Theme::color(Tone::Muted));
    m_text.draw(painter, m_grid.offsetX(), baseline,
                QStringLiteral("%1").arg(begin, m_grid.offsetDigits, 16, QLatin1Char('0')));

    const qint64 from = std::max(row.streamOffset, begin - Utf8Reach);
    const qint64 to = std::min(row.span().end, begin + count + Utf8Reach);
    const std::optional<QByteArray> bytes = bytesOf(row, from, to - from);
    if (!bytes || bytes->size() < to - from) {
        m_text.draw(painter, m_grid.hexX(), baseline, QString(count * 3 - 1, u'.'));
        return;
    }
    const int before = static_cast<int>(begin - from);
    paintHex(painter, QByteArrayView(*bytes).sliced(before, count), baseline);
    paintText(painter, *bytes, before, count, baseline);
}

void ByteView::paintHex(QPainter &painter, QByteArrayView bytes, qreal baseline)
{
    static constexpr char16_t Digits[] = u"0123456789abcdef";
    QString hex(m_grid.hexCells(), u' ');
    for (int i = 0; i < bytes.size(); ++i) {
        const quint8 byte = static_cast<quint8>(bytes[i]);
        hex[m_grid.hexCell(i)] = Digits[byte >> 4];
        hex[m_grid.hexCell(i) + 1] = Digits[byte & 15];
    }
    painter.setPen(Theme::color(Tone::Text));
    m_text.draw(painter, m_grid.hexX(), baseline, hex);
}

void ByteView::paintText(QPainter &painter, QByteArrayView bytes, int before, int count, qreal baseline)
{
    using Kind = TextCell::Kind;
    const std::vector<TextCell> cells = utf8Cells(bytes, before, count);
    QString plain(count, u' ');
    QString dots(count, u' ');
    painter.setPen(Theme::color(Tone::Text));
    for (int i = 0; i < count; ++i) {
        const TextCell &cell = cells[static_cast<std::size_t>(i)];
        if (cell.kind == Kind::Character && cell.character < 0x80) {
            plain[i] = QChar(static_cast<char16_t>(cell.character));
        } else if (cell.kind == Kind::Character) {
            const QString character = QString::fromUcs4(&cell.character, 1);
            painter.setFont(m_text.font());
            painter.drawText(QPointF(m_grid.textX(i), baseline), character);
        } else if (cell.kind != Kind::Continuation) {
            dots[i] = QChar(u'\u00b7');
        }
    }
    m_text.draw(painter, m_grid.textX(), baseline, plain);
    painter.setPen(Theme::color(Tone::Muted));
    m_text.draw(painter, m_grid.textX(), baseline, dots);
    paintContinuations(painter, cells, baseline);
}

void ByteView::paintContinuations(QPainter &painter, const std::vector<TextCell> &cells, qreal baseline)
{
    // A line under all bytes of a character, so that its later bytes do not look like bytes of their own.
    const auto isContinuation = [&](std::size_t i) {
        return i < cells.size() && cells[i].kind == TextCell::Kind::Continuation;
    };
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!isContinuation(i) && !isContinuation(i + 1)) {
            continue;
        }
        const qreal gap = isContinuation(i + 1) ? 0 : 2; // Between two characters
        painter.fillRect(QRectF(m_grid.textX(static_cast<int>(i)), baseline + 2, m_text.cell() - gap, 1),
                         Theme::color(Tone::Muted));
    }
}

void ByteView::paintSelectionBehind(QPainter &painter, const RecordRow &row, ByteSpan span, int y)
{
    if (!m_selection || !m_selection->isOf(row.connection, row.direction)) {
        return;
    }
    const QColor back = Theme::color(Tone::Selection);
    const qreal half = m_text.cell() / 2;
    for (const ByteSpan &selected : m_selection->spans) {
        if (!selected.overlaps(span)) {
            continue;
        }
        const int first = static_cast<int>(std::max(selected.begin, span.begin) - span.begin);
        const int last = static_cast<int>(std::min(selected.end, span.end) - span.begin) - 1;
        const qreal hexEnd = m_grid.hexX(last) + 2 * m_text.cell() + half;
        painter.fillRect(QRectF(QPointF(m_grid.hexX(first) - half, y), QPointF(hexEnd, y + lineHeight())), back);
        painter.fillRect(QRectF(QPointF(m_grid.textX(first), y), QPointF(m_grid.textX(last + 1), y + lineHeight())),
                         back);
    }
}

void ByteView::paintCursor(QPainter &painter)
{
    if (!hasFocus() || !m_cursor.isValid() || m_log->records().at(m_cursor.record).length == 0) {
        return;
    }
    const QRect hex = cellRect(m_cursor);
    const int byte = m_grid.byteAt(hex.center().x());
    painter.setPen(Theme::color(Tone::Focus));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(hex.adjusted(0, 0, -1, -1));
    painter.drawRect(QRectF(m_grid.textX(byte), hex.top(), m_text.cell(), hex.height() - 1));
}

BytePlace ByteView::placeAt(QPoint pos) const
{
    const qint64 line = lineAt(pos.y());
    BytePlace place = placeOfLine(line);
    if (!place.isValid()) {
        return {};
    }
    const qint64 end = m_log->records().at(place.record).span().end;
    const bool isPastTheEnd = line >= m_lines;
    const bool isHeader = !isPastTheEnd && m_log->layout().at(line, m_grid.width).line == 0;
    if (isPastTheEnd) {
        place.offset = end - 1;
    } else if (!isHeader) {
        place.offset = std::min(place.offset + m_grid.byteAt(pos.x()), end - 1);
    }
    return place;
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

void ByteView::selectStream()
{
    const BytePlace place = m_cursor.isValid() ? m_cursor : placeOfLine(topLine());
    if (place.isValid() && m_log->records().at(place.record).length > 0) {
        const StreamWalk walk(*m_log);
        select(walk.first(place), walk.last(place));
    }
}

BytePlace ByteView::verticallyMoved(BytePlace place, qint64 lines) const
{
    const qint64 column = (place.offset - m_log->records().at(place.record).streamOffset) % m_grid.bytes();
    const qint64 from = lineOf(place);
    qint64 line = std::clamp(from + lines, firstLine(), m_lines - 1);
    // A header row holds no byte: go on in the same direction, and back where there is nothing more.
    const auto hasBytes = [this](qint64 candidate) {
        return m_log->layout().at(candidate, m_grid.width).line > 0;
    };
    const qint64 step = lines < 0 ? -1 : 1;
    while (line > firstLine() && line < m_lines - 1 && !hasBytes(line)) {
        line += step;
    }
    if (!hasBytes(line)) {
        line = from;
    }
    BytePlace moved = placeOfLine(line);
    moved.offset = std::min(moved.offset + column, m_log->records().at(moved.record).span().end - 1);
    return moved;
}

std::optional<BytePlace> ByteView::moved(QKeyEvent *event) const
{
    const StreamWalk walk(*m_log);
    const bool isCtrl = event->modifiers().testFlag(Qt::ControlModifier);
    const RecordRow &row = m_log->records().at(m_cursor.record);
    const qint64 inLine = (m_cursor.offset - row.streamOffset) % m_grid.bytes();
    switch (event->key()) {
    case Qt::Key_Left:
        return walk.previous(m_cursor).value_or(m_cursor);
    case Qt::Key_Right:
        return walk.next(m_cursor).value_or(m_cursor);
    case Qt::Key_Up:
        return verticallyMoved(m_cursor, -1);
    case Qt::Key_Down:
        return verticallyMoved(m_cursor, 1);
    case Qt::Key_PageUp:
        return verticallyMoved(m_cursor, -visibleLines());
    case Qt::Key_PageDown:
        return verticallyMoved(m_cursor, visibleLines());
    case Qt::Key_Home:
        return isCtrl ? verticallyMoved(m_cursor, -m_lines) : BytePlace{m_cursor.record, m_cursor.offset - inLine};
    case Qt::Key_End:
        return isCtrl
            ? verticallyMoved(m_cursor, m_lines)
            : BytePlace{m_cursor.record, std::min(m_cursor.offset - inLine + m_grid.bytes(), row.span().end) - 1};
    default:
        return {};
    }
}

void ByteView::keyPressEvent(QKeyEvent *event)
{
    if (m_lines == 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectStream();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_selection) {
        m_anchor = m_cursor;
        Q_EMIT selectionRequested({});
        return;
    }
    if (event->key() == Qt::Key_End && event->modifiers() == Qt::ControlModifier) {
        Q_EMIT endRequested();
        return;
    }
    if (!m_cursor.isValid()) {
        m_cursor = verticallyMoved(placeOfLine(topLine()), 0);
        m_anchor = m_cursor;
    }
    const std::optional<BytePlace> target = moved(event);
    if (!target) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const bool isExtending = event->modifiers().testFlag(Qt::ShiftModifier);
    const BytePlace cursor = isExtending ? StreamWalk(*m_log).towards(*target, m_anchor) : *target;
    select(isExtending ? m_anchor : cursor, cursor);
    ensureVisible(lineOf(m_cursor), lineOf(m_cursor));
}

void ByteView::mousePressEvent(QMouseEvent *event)
{
    const BytePlace place = placeAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !place.isValid() || event->position().y() < headerHeight()) {
        return;
    }
    const bool isExtending = event->modifiers().testFlag(Qt::ShiftModifier) && m_anchor.isValid();
    const qint64 line = lineAt(event->position().toPoint().y());
    if (isExtending) {
        select(m_anchor, StreamWalk(*m_log).towards(place, m_anchor));
    } else if (line >= m_lines || m_log->layout().at(line, m_grid.width).line == 0) {
        selectRecord(place.record);
        return;
    } else {
        select(place, place);
    }
    m_isDragging = true;
}

void ByteView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_isDragging) {
        return;
    }
    m_dragPos = event->position().toPoint();
    const bool isInside = m_dragPos.y() >= headerHeight() && m_dragPos.y() < viewport()->height();
    if (isInside) {
        m_dragTimer.stop();
    } else if (!m_dragTimer.isActive()) {
        m_dragTimer.start(DragInterval, this);
    }
    dragTo(m_dragPos);
}

void ByteView::dragTo(QPoint pos)
{
    const BytePlace place = placeAt(pos);
    if (place.isValid() && m_anchor.isValid()) {
        const BytePlace cursor = StreamWalk(*m_log).towards(place, m_anchor);
        if (cursor != m_cursor) {
            select(m_anchor, cursor);
        }
    }
}

void ByteView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_dragTimer.timerId()) {
        LogScrollArea::timerEvent(event);
        return;
    }
    scrollByUser(topLine() + (m_dragPos.y() < headerHeight() ? -1 : 1));
    dragTo(m_dragPos);
}

void ByteView::mouseReleaseEvent(QMouseEvent *)
{
    m_isDragging = false;
    m_dragTimer.stop();
}

void ByteView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const BytePlace place = placeAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && place.isValid() && event->position().y() >= headerHeight()) {
        selectRecord(place.record);
    }
}

bool ByteView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return LogScrollArea::viewportEvent(event);
    }
    const auto *help = static_cast<QHelpEvent *>(event);
    const qint64 line = lineAt(help->pos().y());
    if (help->pos().y() < headerHeight() || line >= m_lines) {
        QToolTip::hideText();
        return true;
    }
    const RecordLayout::Place place = m_log->layout().at(line, m_grid.width);
    if (place.line == 0) {
        QToolTip::showText(help->globalPos(), TimeFormat::full(m_log->records().at(place.record).time), this);
    } else {
        QToolTip::hideText();
    }
    return true;
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
