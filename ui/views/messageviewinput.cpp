// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messageview.h"

#include "core/protocol/websocket/violation.h"
#include "ui/models/framesummary.h"
#include "ui/views/names.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>

namespace Sidewire {

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
    if (message->violations != 0 && x >= at.content && x < at.content + 2 * lineHeight()) {
        QStringList lines;
        for (const ViolationText &text : describeViolations(message->violations)) {
            lines += QStringLiteral("%1 (%2)").arg(toQString(text.sentence), toQString(text.section));
        }
        return lines.join(u'\n');
    }
    const Bookmark *bookmark = m_marks && x < at.numberEnd ? m_marks->bookmarkOf(*message) : nullptr;
    if (bookmark) {
        return bookmark->text.isEmpty() ? tr("Bookmark") : plainToolTip(bookmark->text);
    }
    if (x < at.kind) {
        return TimeFormat::full(message->time);
    }
    const std::optional<FrameSummary> frames = FrameSummary::of(*m_log, *message);
    return frames ? frames->toolTip() : QString();
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

} // namespace Sidewire
