// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messageview.h"

#include "ui/models/framesummary.h"
#include "ui/theme/theme.h"
#include "ui/views/arrow.h"
#include "ui/views/messagepreview.h"
#include "ui/views/names.h"

#include <QPainter>

#include <algorithm>

namespace Sidewire {

using Theme::Tone;

namespace {

constexpr int HighlightCells = 3; // Two digits and their box

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

QString MessageView::whyNothing() const
{
    return m_choice.expression.isEmpty() ? tr("Nothing of the connections that are shown")
        : m_examined < totalCount()      ? tr("Looking for messages that match…")
                                         : tr("No message matches the filter");
}

QString MessageView::emptyText() const
{
    return !m_log           ? QString()
        : m_subset          ? whyNothing()
        : m_firstRecord > 0 ? tr("Older messages are hidden; new ones appear here")
                            : tr("No messages yet");
}

void MessageView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    m_isWaitingForBytes = false;
    const MessageColumns at = columns();
    const qint64 end = std::min(lineCount(), lineAt(viewport()->height()) + 1);
    for (qint64 row = topLine(); row < end; ++row) {
        paintRow(painter, at, row, yOf(row));
    }
    paintRest(painter, end);
    paintColumnTitles(painter, at);
    paintEmptyText(painter);
    m_images.look(isRushing() ? TextImages::When::Still : TextImages::When::Now);
    m_highlighter.look();
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
    const Highlight *highlight =
        m_highlighter.of(message, isUnfinished(row) ? std::nullopt : std::optional(numberOf(row)));
    painter.fillRect(bar,
                     isSelected(row, message) ? Theme::color(Tone::Selection)
                         : highlight          ? Theme::highlightColor(highlight->color)
                                              : Theme::color(isIn ? Tone::InTint : Tone::OutTint));

    const qreal cell = m_text.cell();
    const qreal baseline = y + 1 + m_text.ascent();
    const QColor ink = Theme::color(isIn ? Tone::In : Tone::Out);
    painter.setPen(Theme::color(Tone::Muted));
    paintBookmark(painter, message, y);
    painter.setPen(Theme::color(Tone::Muted));
    if (!isUnfinished(row)) {
        paintRight(painter, at.numberEnd, baseline, QString::number(numberOf(row)));
    }
    if (m_log->connectionCount() > 1) {
        const quint32 number = toNumber(message.connection);
        painter.fillRect(QRectF(at.connection, y, Theme::LaneWidth, lineHeight()), Theme::connectionColor(number));
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
    if (highlight) {
        paintHighlight(painter, *highlight, at.content, y);
    }
    paintContent(painter, at, row, message, y, highlight ? (HighlightCells + 0.5) * cell : 0);
    if (row == m_current && hasFocus()) {
        painter.setPen(Theme::color(Tone::Focus));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    }
}

/// The number of the rule in a box, so that colour is not all that tells.
void MessageView::paintHighlight(QPainter &painter, const Highlight &highlight, qreal x, int y)
{
    const QString number = QString::number(highlight.number);
    const qreal width = HighlightCells * m_text.cell() - 2;
    const QRectF box(x + 0.5, y + 1.5, width, lineHeight() - 3);
    painter.setPen(Theme::highlightMark(highlight.color));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box, 2, 2);
    painter.setPen(Theme::color(Tone::Text));
    m_text.draw(painter, box.center().x() - static_cast<qreal>(number.size()) * m_text.cell() / 2,
                y + 1 + m_text.ascent(), number);
}

void MessageView::paintContent(QPainter &painter, const MessageColumns &at, qint64 row, const Message &message, int y,
                               qreal indent)
{
    const qreal baseline = y + 1 + m_text.ascent();
    qreal left = at.content + indent;
    qreal right = at.end;
    if (message.violations != 0) {
        const int side = lineHeight() - 4;
        Theme::icon(Theme::Icon::Violation).paint(&painter, qRound(left), y + 2, side, side);
        left += side + m_text.cell() / 2;
    }
    if (const std::optional<qint64> latency =
            at.hasReply && !isUnfinished(row) ? m_table->latency(numberOf(row)) : std::nullopt) {
        const QString text = u'+' + TimeFormat::duration(*latency);
        painter.setPen(Theme::color(Tone::Muted));
        paintRight(painter, right, baseline, text);
        right -= (static_cast<qreal>(text.size()) + 1) * m_text.cell();
    }
    if (isUnfinished(row)) {
        painter.setFont(m_italic);
        painter.setPen(Theme::color(Tone::Muted));
        painter.drawText(QPointF(left, baseline),
                         QFontMetricsF(m_italic).elidedText(whyUnfinished(message), Qt::ElideRight, right - left));
        return;
    }
    const std::optional<QString> preview = previewOf(row, message);
    m_isWaitingForBytes = m_isWaitingForBytes || !preview;
    if (preview) {
        paintFound(painter, row, message, QRectF(left, y, right - left, lineHeight()), *preview);
    }
    painter.setPen(Theme::color(preview ? Tone::Text : Tone::Muted));
    const QString frames = message.has(MessageFlag::Fragmented) ? framesOf(row, message) : QString();
    const qreal reserved = frames.isEmpty() ? 0 : (static_cast<qreal>(frames.size()) + 2) * m_text.cell();
    left += m_images.drawElided(painter, m_text, left, baseline, preview.value_or(QStringLiteral("...")),
                                std::max<qreal>(0, right - left - reserved));
    const auto putRemark = [&](const QString &remark, Tone tone) {
        left += 2 * m_text.cell();
        if (left + static_cast<qreal>(remark.size()) * m_text.cell() <= right) {
            painter.setPen(Theme::color(tone));
            m_text.draw(painter, left, baseline, remark);
            left += static_cast<qreal>(remark.size()) * m_text.cell();
        }
    };
    if (message.has(MessageFlag::Unterminated)) {
        putRemark(message.kind == MessageKind::Line ? tr("no line end") : tr("cut off"), Tone::Warning);
    }
    if (!frames.isEmpty()) {
        putRemark(frames, Tone::Muted);
    }
}

std::optional<QString> MessageView::previewOf(qint64 row, const Message &message)
{
    if (const QString *known = m_previews.object(numberOf(row))) {
        return *known;
    }
    std::optional<QString> preview = MessagePreview(*m_log).of(message);
    if (preview) {
        m_previews.insert(numberOf(row), new QString(*preview));
    }
    return preview;
}

QString MessageView::framesOf(qint64 row, const Message &message)
{
    if (const QString *known = m_frames.object(numberOf(row))) {
        return *known;
    }
    const std::optional<FrameSummary> summary = FrameSummary::of(*m_log, message);
    if (!summary) {
        return {};
    }
    m_frames.insert(numberOf(row), new QString(summary->frames()));
    return summary->frames();
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

} // namespace Sidewire
