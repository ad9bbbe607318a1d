// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "framesummary.h"

#include "core/index/messagereader.h"
#include "core/protocol/websocket/unmask.h"

#include <QStringList>

namespace Sidewire {

std::optional<FrameSummary> FrameSummary::of(const SessionLog &log, const Message &message)
{
    const bool isCompressed = message.has(MessageFlag::Compressed);
    FrameSummary summary;
    if (!isCompressed && !message.has(MessageFlag::Fragmented)) {
        return summary; // Nothing to look at
    }
    const std::optional<QByteArray> wire = MessageReader(log).wire(message, MaxBytes, MessageReader::Wait::No);
    if (!wire) {
        return {};
    }
    const FrameSums sums = sumFrames(*wire);
    summary.m_frames = sums.frames;
    summary.m_payload = sums.payload;
    summary.m_wire = message.end - message.begin;
    summary.m_content = message.contentLength;
    summary.m_isCompressed = isCompressed;
    summary.m_isCut = wire->size() < summary.m_wire;
    return summary;
}

QString FrameSummary::frames() const
{
    if (m_frames < 2) {
        return {};
    }
    return m_isCut ? tr("more than %1 frames").arg(m_frames - 1) : tr("%1 frames").arg(m_frames);
}

QString FrameSummary::compression() const
{
    if (!m_isCompressed) {
        return {};
    }
    // Of a message that was not looked at as a whole, the headers count as payload: they are few.
    const qint64 size = m_isCut ? m_wire : m_payload;
    if (size <= 0) {
        return tr("compressed");
    }
    const double ratio = static_cast<double>(m_content) / static_cast<double>(size);
    return tr("%1 B compressed, ratio %2").arg(size).arg(ratio, 0, 'f', 1);
}

QString FrameSummary::wire() const
{
    return tr("%1 B on the wire").arg(m_wire);
}

QString FrameSummary::suffix() const
{
    QString text;
    for (const QString &part : {frames(), compression()}) {
        text += part.isEmpty() ? QString() : QStringLiteral(", ") + part;
    }
    return text;
}

QString FrameSummary::toolTip() const
{
    QStringList lines{frames(), compression()};
    lines.removeAll(QString());
    if (!lines.isEmpty()) {
        lines += wire();
    }
    return lines.join(u'\n');
}

} // namespace Sidewire
