// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messageview.h"

#include "core/protocol/websocket/violation.h"
#include "ui/theme/theme.h"
#include "ui/views/arrow.h"
#include "ui/views/messagepreview.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace Sidewire {

using Theme::Tone;

namespace {

constexpr int RoomyCells = 100; // From here on there is room for microseconds

QString toQString(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

QString lengthText(qint64 bytes)
{
    constexpr qint64 Widest = 9'999'999;
    constexpr qint64 MiB = 1024 * 1024;
    if (bytes <= Widest) {
        return QString::number(bytes);
    }
    return bytes < 10'000 * MiB ? QStringLiteral("%1 MiB").arg(bytes / MiB)
                                : QStringLiteral("%1 GiB").arg(bytes / (1024 * MiB));
}

} // namespace

MessageView::MessageView(QWidget *parent)
    : LogScrollArea(parent)
    , m_text(Theme::fixedFont())
    , m_previews(1024)
{
    setObjectName(QStringLiteral("messageView"));
    setAccessibleName(tr("Messages"));
    applyFont();
}

void MessageView::applyFont()
{
    m_text = FixedText(Theme::fixedFont());
    const int line = qCeil(m_text.height()) + 2;
    setLineMetrics(line, line + 4);
}

void MessageView::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    m_table.reset();
    m_unfinished.clear();
    m_selection.reset();
    m_previews.clear();
    m_messages = 0;
    m_current = -1;
    m_firstRecord = 0;
    refresh();
}

void MessageView::refresh()
{
    if (!m_log) {
        updateLines();
        return;
    }
    const std::shared_ptr<const MessageTable> table = m_log->messages();
    BytePlace top;
    if (table != m_table) {
        if (const std::optional<Message> message = messageAt(topLine()); message && m_table) {
            top = {message->firstRecord, message->begin};
        }
        m_table = table;
        m_previews.clear();
        m_current = -1;
    }
    m_messages = m_table->count();
    m_unfinished = m_table->unfinished();
    m_timeFormat.origin = m_log->records().count() > 0 ? m_log->records().at(0).time : 0;
    updateLines();
    if (top.isValid()) {
        scrollTo(rowOf(top));
    }
}

void MessageView::setFirstRecord(qint64 record)
{
    m_firstRecord = record;
    updateLines();
}

void MessageView::setTimeStyle(TimeStyle style)
{
    m_timeFormat.style = style;
    updateDecimals();
    viewport()->update();
}

void MessageView::resizeEvent(QResizeEvent *event)
{
    LogScrollArea::resizeEvent(event);
    updateDecimals();
}

void MessageView::updateDecimals()
{
    const bool isNarrow = viewport()->width() < RoomyCells * m_text.cell();
    m_timeFormat.decimals = isNarrow && m_timeFormat.style == TimeStyle::Absolute ? 3 : 6;
}

QString MessageView::emptyText() const
{
    return !m_log           ? QString()
        : m_firstRecord > 0 ? tr("Older messages are hidden; new ones appear here")
                            : tr("No messages yet");
}

void MessageView::setSelection(const std::optional<TrafficSelection> &selection)
{
    if (m_selection != selection) {
        m_selection = selection;
        viewport()->update();
    }
}

void MessageView::setCurrent(qint64 row)
{
    if (m_current != row) {
        m_current = row;
        viewport()->update();
    }
}

std::optional<Message> MessageView::messageAt(qint64 row) const
{
    if (row < 0 || row >= lineCount()) {
        return {};
    }
    return row < m_messages ? m_table->at(row) : m_unfinished[static_cast<std::size_t>(row - m_messages)];
}

qint64 MessageView::rowOf(BytePlace place) const
{
    if (!m_table || !place.isValid()) {
        return -1;
    }
    const RecordRow &record = m_log->records().at(place.record);
    const qint64 row = m_table->find({record.connection, record.direction, place.offset}, place.record);
    if (row >= 0 && row < m_messages) {
        return row;
    }
    for (std::size_t i = 0; i < m_unfinished.size(); ++i) {
        const Message &message = m_unfinished[i];
        if (message.connection == record.connection && message.direction == record.direction
            && message.span().contains(place.offset)) {
            return m_messages + static_cast<qint64>(i);
        }
    }
    return std::min(m_table->firstEndingAtOrAfter(place.record), m_messages);
}

qint64 MessageView::firstLine() const
{
    return m_table && m_firstRecord > 0 ? std::min(m_table->firstEndingAtOrAfter(m_firstRecord), m_messages) : 0;
}

std::vector<MessageView::Strip> MessageView::visibleStrips() const
{
    std::vector<Strip> strips;
    const qint64 end = std::min(lineCount(), topLine() + visibleLines() + 1);
    for (qint64 row = topLine(); row < end; ++row) {
        strips.push_back({row, *messageAt(row), yOf(row), yOf(row) + lineHeight()});
    }
    return strips;
}

bool MessageView::isSelected(qint64 row, const Message &message) const
{
    // An empty datagram has no bytes that could be selected: its row is.
    return m_selection
        && (row == m_current
            || (m_selection->isOf(message.connection, message.direction) && m_selection->overlaps(message.span())));
}

QSize MessageView::sizeHint() const
{
    return {qCeil(90 * m_text.cell()), 30 * lineHeight()};
}

QSize MessageView::minimumSizeHint() const
{
    return {MessageColumns::minimumWidth(m_text.cell()) + verticalScrollBar()->sizeHint().width(),
            headerHeight() + 4 * lineHeight()};
}

MessageColumns MessageView::columns() const
{
    const auto digits = [](qint64 number) {
        return static_cast<int>(QString::number(number).size());
    };
    const qint64 connections = m_log ? m_log->connectionCount() : 0;
    return MessageColumns::fitting(
        viewport()->width(), m_text.cell(),
        {digits(m_messages), connections > 1 ? digits(connections - 1) : 0, m_timeFormat.width()});
}

void MessageView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::color(Tone::Base));
    const MessageColumns at = columns();
    const qint64 end = std::min(lineCount(), lineAt(viewport()->height()) + 1);
    for (qint64 row = topLine(); row < end; ++row) {
        paintRow(painter, at, row, yOf(row));
    }
    paintColumnTitles(painter, at);
    paintEmptyText(painter);
}

void MessageView::paintRight(QPainter &painter, qreal right, qreal baseline, const QString &text) const
{
    m_text.draw(painter, right - static_cast<qreal>(text.size()) * m_text.cell(), baseline, text);
}

void MessageView::paintColumnTitles(QPainter &painter, const MessageColumns &at)
{
    const QRect bar(0, 0, viewport()->width(), headerHeight());
    painter.fillRect(bar, Theme::color(Tone::Header));
    painter.fillRect(0, bar.bottom(), bar.width(), 1, Theme::color(Tone::Line));
    painter.setPen(Theme::color(Tone::Muted));
    const qreal baseline = 2 + m_text.ascent();
    paintRight(painter, at.numberEnd, baseline, tr("no."));
    if (at.hasTime) {
        m_text.draw(painter, at.time, baseline, tr("time"));
    }
    m_text.draw(painter, at.kind, baseline, tr("kind"));
    paintRight(painter, at.lengthEnd, baseline, tr("bytes"));
    m_text.draw(painter, at.content, baseline, tr("content"));
    if (at.hasReply) {
        paintRight(painter, at.end, baseline, tr("reply in"));
    }
}

void MessageView::paintRow(QPainter &painter, const MessageColumns &at, qint64 row, int y)
{
    const Message message = *messageAt(row);
    const bool isIn = message.direction == Direction::In;
    const QRect bar(0, y, viewport()->width(), lineHeight());
    painter.fillRect(bar,
                     Theme::color(isSelected(row, message) ? Tone::Selection
                                      : isIn               ? Tone::InTint
                                                           : Tone::OutTint));

    const qreal cell = m_text.cell();
    const qreal baseline = y + 1 + m_text.ascent();
    const QColor ink = Theme::color(isIn ? Tone::In : Tone::Out);
    painter.setPen(Theme::color(Tone::Muted));
    if (!isUnfinished(row)) {
        paintRight(painter, at.numberEnd, baseline, QString::number(row));
    }
    if (m_log->connectionCount() > 1) {
        const quint32 number = toNumber(message.connection);
        painter.fillRect(QRectF(at.connection, y + 2, 3, lineHeight() - 4), Theme::connectionColor(number));
        m_text.draw(painter, at.connection + cell, baseline, QStringLiteral("#%1").arg(number));
    }
    if (at.hasTime) {
        const qint64 before = row > 0 ? messageAt(row - 1)->time : message.time;
        m_text.draw(painter, at.time, baseline, m_timeFormat.toString(message.time, before));
    }
    drawArrow(painter, QRectF(at.arrow, y, 2 * cell, lineHeight()), message.direction, ink);
    painter.setPen(ink);
    m_text.draw(painter, at.kind, baseline, toQString(toString(message.kind)));
    painter.setPen(Theme::color(Tone::Text));
    if (!isUnfinished(row)) {
        paintRight(painter, at.lengthEnd, baseline, lengthText(message.contentLength));
    }
    paintContent(painter, at, row, message, y);
    if (row == m_current && hasFocus()) {
        painter.setPen(Theme::color(Tone::Focus));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    }
}

void MessageView::paintContent(QPainter &painter, const MessageColumns &at, qint64 row, const Message &message, int y)
{
    const qreal baseline = y + 1 + m_text.ascent();
    qreal left = at.content;
    qreal right = at.end;
    if (message.violations != 0) {
        const int side = lineHeight() - 4;
        Theme::icon(Theme::Icon::Violation).paint(&painter, qRound(left), y + 2, side, side);
        left += side + m_text.cell() / 2;
    }
    if (const std::optional<qint64> latency = at.hasReply ? latencyOf(row, message) : std::nullopt) {
        const QString text = u'+' + TimeFormat::duration(*latency);
        painter.setPen(Theme::color(Tone::Muted));
        paintRight(painter, right, baseline, text);
        right -= (static_cast<qreal>(text.size()) + 1) * m_text.cell();
    }
    painter.setFont(m_text.font());
    QString text;
    if (isUnfinished(row)) {
        QFont italic = m_text.font();
        italic.setItalic(true);
        painter.setFont(italic);
        painter.setPen(Theme::color(Tone::Muted));
        text = whyUnfinished(message);
    } else if (const std::optional<QString> preview = previewOf(row, message)) {
        painter.setPen(Theme::color(Tone::Text));
        text = *preview;
    } else {
        painter.setPen(Theme::color(Tone::Muted));
        text = QStringLiteral("\u2026");
    }
    const QFontMetricsF metrics(painter.font());
    const QString shown = metrics.elidedText(text, Qt::ElideRight, std::max(0.0, right - left));
    painter.drawText(QPointF(left, baseline), shown);
    if (message.has(MessageFlag::Unterminated) && !isUnfinished(row)) {
        const QString remark = message.kind == MessageKind::Line ? tr("no line end") : tr("cut off");
        const qreal after = left + metrics.horizontalAdvance(shown) + 2 * m_text.cell();
        if (after + metrics.horizontalAdvance(remark) <= right) {
            painter.setPen(Theme::color(Tone::Warning));
            painter.drawText(QPointF(after, baseline), remark);
        }
    }
}

std::optional<QString> MessageView::previewOf(qint64 row, const Message &message)
{
    if (const QString *known = m_previews.object(row)) {
        return *known;
    }
    std::optional<QString> preview = MessagePreview(*m_log).of(message);
    if (preview) {
        m_previews.insert(row, new QString(*preview));
    }
    return preview;
}

std::optional<qint64> MessageView::latencyOf(qint64 row, const Message &message) const
{
    // What came right after something that was sent on the same connection counts as its answer.
    constexpr qint64 MaxLook = 32;
    if (message.direction != Direction::In || isUnfinished(row)) {
        return {};
    }
    for (qint64 before = row - 1; before >= std::max<qint64>(0, row - MaxLook); --before) {
        const Message &other = m_table->at(before);
        if (other.connection == message.connection) {
            // In a capture of packets a segment may stand behind later ones, until the stream has come up to it.
            const bool isReply = other.direction == Direction::Out && message.time >= other.time;
            return isReply ? std::optional(message.time - other.time) : std::nullopt;
        }
    }
    return {};
}

QString MessageView::whyUnfinished(const Message &message) const
{
    const qint64 bytes = message.end - message.begin;
    switch (message.kind) {
    case MessageKind::Line:
        return tr("unfinished, %1 B, no line end yet").arg(bytes);
    case MessageKind::Request:
    case MessageKind::Response:
        return tr("unfinished, %1 B, no end of the head yet").arg(bytes);
    default:
        return tr("unfinished, %1 B so far").arg(bytes);
    }
}

void MessageView::keyPressEvent(QKeyEvent *event)
{
    const qint64 first = firstLine();
    const qint64 last = lineCount() - 1;
    if (last < first) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const bool hasCurrent = m_current >= first && m_current <= last;
    const qint64 from = hasCurrent ? m_current : topLine();
    qint64 row = from;
    switch (event->key()) {
    case Qt::Key_Up:
        row = hasCurrent ? from - 1 : from;
        break;
    case Qt::Key_Down:
        row = hasCurrent ? from + 1 : from;
        break;
    case Qt::Key_PageUp:
        row = from - visibleLines();
        break;
    case Qt::Key_PageDown:
        row = from + visibleLines();
        break;
    case Qt::Key_Home:
        row = first;
        break;
    case Qt::Key_End:
        Q_EMIT endRequested();
        return;
    case Qt::Key_Escape:
        row = -1;
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (row >= 0 || event->key() != Qt::Key_Escape) {
        row = std::clamp(row, first, last);
        ensureVisible(row, row);
    }
    Q_EMIT currentRequested(row);
}

void MessageView::mousePressEvent(QMouseEvent *event)
{
    const qint64 row = lineAt(event->position().toPoint().y());
    if (event->position().y() >= headerHeight() && row < lineCount() && event->button() != Qt::MiddleButton) {
        Q_EMIT currentRequested(row);
    }
}

QString MessageView::toolTipOf(qint64 row, int x) const
{
    const std::optional<Message> message = messageAt(row);
    if (!message) {
        return {};
    }
    const MessageColumns at = columns();
    if (message->violations != 0 && x >= at.content && x < at.content + lineHeight()) {
        QStringList lines;
        for (const ViolationText &text : describeViolations(message->violations)) {
            lines += QStringLiteral("%1 (%2)").arg(toQString(text.sentence), toQString(text.section));
        }
        return lines.join(u'\n');
    }
    return x < at.kind ? TimeFormat::full(message->time) : QString();
}

bool MessageView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return LogScrollArea::viewportEvent(event);
    }
    const auto *help = static_cast<QHelpEvent *>(event);
    const bool isRow = help->pos().y() >= headerHeight();
    QToolTip::showText(help->globalPos(), isRow ? toolTipOf(lineAt(help->pos().y()), help->pos().x()) : QString(),
                       this);
    return true;
}

void MessageView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        applyFont();
    }
    LogScrollArea::changeEvent(event);
}

} // namespace Sidewire
