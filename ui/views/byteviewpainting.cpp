// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "byteview.h"

#include "ui/theme/theme.h"
#include "ui/views/arrow.h"

#include <QPainter>

#include <algorithm>

namespace Sidewire {

using Theme::Tone;

namespace {

Tone textTone(Direction direction)
{
    return direction == Direction::In ? Tone::In : Tone::Out;
}

} // namespace

void ByteView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const qint64 end = std::min(m_lines, lineAt(viewport()->height()) + 1);
    for (qint64 line = topLine(); line < end; ++line) {
        const RecordLayout::Place place = m_shown.at(line, m_grid.width);
        if (place.line == 0) {
            paintHeaderRow(painter, place.record, yOf(line));
        } else {
            paintByteRow(painter, place.record, place.line - 1, yOf(line));
        }
    }
    paintRest(painter, end);
    paintCursor(painter);
    paintColumnTitles(painter);
    paintEmptyText(painter);
    m_characters.look(isRushing() ? TextImages::When::Still : TextImages::When::Now);
}

QString ByteView::emptyText() const
{
    return !m_log              ? QString()
        : m_shown.isFiltered() ? tr("Nothing of the connections that are shown")
        : m_firstRecord > 0    ? tr("Older bytes are hidden; new ones appear here")
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

void ByteView::paintLane(QPainter &painter, ConnectionId connection, int y) const
{
    if (m_log->connectionCount() > 1) {
        painter.fillRect(0, y, Theme::LaneWidth, lineHeight(), Theme::connectionColor(toNumber(connection)));
    }
}

void ByteView::paintHeaderRow(QPainter &painter, qint64 record, int y)
{
    const RecordRow &row = m_log->records().at(record);
    const bool isIn = row.direction == Direction::In;
    const QRect bar(0, y, viewport()->width(), lineHeight());
    painter.fillRect(bar, Theme::color(isIn ? Tone::InHeader : Tone::OutHeader));
    paintLane(painter, row.connection, y);
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
    const std::optional<qint64> before = m_shown.before(record);
    put(m_timeFormat.toString(row.time, before ? m_log->records().at(*before).time : row.time), Tone::Text);
    const Label label = labelOf(row.connection);
    put(describe(row, label.transport), textTone(row.direction));
    if (const QString remark = remarkOn(row); !remark.isEmpty()) {
        put(remark, Tone::Warning);
    }
    if (m_log->connectionCount() > 1) {
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
    paintLane(painter, row.connection, y);
    paintSelectionBehind(painter, row, {begin, begin + count}, y);
    paintFound(painter, record, {begin, begin + count}, y);
    paintBookmark(painter, record, {begin, begin + count}, y);

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
    paintMark(painter, row, {begin, begin + count}, y);
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
            paintCharacter(painter, cell.character, m_grid.textX(i), baseline);
        } else if (cell.kind != Kind::Continuation) {
            dots[i] = QChar(u'\u00b7');
        }
    }
    m_text.draw(painter, m_grid.textX(), baseline, plain);
    painter.setPen(Theme::color(Tone::Muted));
    m_text.draw(painter, m_grid.textX(), baseline, dots);
    paintContinuations(painter, cells, baseline);
}

void ByteView::paintCharacter(QPainter &painter, char32_t character, qreal x, qreal baseline)
{
    if (m_text.drawCharacter(painter, x, baseline, character)) {
        return;
    }
    const qreal room = 2 * m_text.cell(); // What is not ASCII has two bytes at least
    const TextImages::Look look{m_text.font(), painter.pen().color(), painter.device()->devicePixelRatioF()};
    if (const auto *image = m_characters.of(QString::fromUcs4(&character, 1), room, look)) {
        painter.drawImage(QPointF(x, baseline) + image->origin, image->picture);
    }
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

void ByteView::paintMark(QPainter &painter, const RecordRow &row, ByteSpan span, int y)
{
    if (m_mark && m_mark->isOf(row.connection, row.direction)) {
        BitMarkPainter(painter, m_grid, *m_mark).paint(span, y + lineHeight());
    }
}

void ByteView::paintCursor(QPainter &painter)
{
    if (!hasFocus() || !m_cursor.isValid() || !m_shown.shows(m_cursor.record)
        || m_log->records().at(m_cursor.record).length == 0) {
        return;
    }
    const QRect hex = cellRect(m_cursor);
    const int byte = m_grid.byteAt(hex.center().x());
    painter.setPen(Theme::color(Tone::Focus));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(hex.adjusted(0, 0, -1, -1));
    painter.drawRect(QRectF(m_grid.textX(byte), hex.top(), m_text.cell(), hex.height() - 1));
}

} // namespace Sidewire
