// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagefields.h"

#include "core/payload/hex.h"
#include "core/payload/text.h"
#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/violation.h"
#include "ui/views/names.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace Sidewire {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MessageFields)
};

constexpr int NameWidth = 12;
constexpr std::size_t MaxFrames = 1000; // A peer may send a message in a million fragments
constexpr int MaxFieldChars = 4096;

QString line(const QString &name, const QString &value)
{
    return name.leftJustified(NameWidth) + value;
}

QString rangeText(qint64 begin, qint64 end)
{
    return end - begin <= 1 ? QStringLiteral("0x%1").arg(begin, 0, 16)
                            : QStringLiteral("0x%1..0x%2").arg(begin, 0, 16).arg(end - 1, 0, 16);
}

QString lengthCoding(const Frame &frame)
{
    switch (frame.lengthBytes) {
    case 1:
        return Words::tr("written in 7 bits");
    case 3:
        return Words::tr("written as 126 and 16 bits");
    default:
        return Words::tr("written as 127 and 64 bits");
    }
}

void addFrame(QStringList &lines, const Frame &frame)
{
    lines += line(
        Words::tr("opcode"),
        QStringLiteral("0x%1 %2").arg(static_cast<int>(frame.opcode), 0, 16).arg(toQString(toString(frame.opcode))));
    lines += line(Words::tr("FIN"),
                  frame.isFinal ? Words::tr("1, the last frame of its message") : Words::tr("0, more frames follow"));
    QStringList reserved;
    for (int i = 0; i < 3; ++i) {
        if (frame.reserved & (4 >> i)) {
            reserved += QStringLiteral("RSV%1").arg(i + 1);
        }
    }
    lines += line(Words::tr("RSV"), reserved.isEmpty() ? Words::tr("none") : reserved.join(u' '));
    lines += line(Words::tr("mask"),
                  frame.isMasked ? Hex::fromBytes(QByteArrayView(frame.maskingKey.data(), frame.maskingKey.size()))
                                 : Words::tr("none"));
    lines += line(Words::tr("length"),
                  QStringLiteral("%1, %2").arg(QString::number(frame.payloadLength), lengthCoding(frame)));
    lines += line(Words::tr("payload"),
                  Words::tr("at 0x%1, after %2 bytes of header")
                      .arg(frame.payloadBegin, 0, 16)
                      .arg(frame.payloadBegin - frame.begin));
}

void addHead(QStringList &lines, QByteArrayView content)
{
    const HttpHead head = parseHttpHead(content);
    const auto shown = [](const QByteArray &bytes) {
        return Text::preview(bytes, MaxFieldChars);
    };
    if (head.isRequest) {
        lines += line(Words::tr("method"), shown(head.method));
        lines += line(Words::tr("target"), shown(head.target));
    } else {
        lines += line(Words::tr("status"), QStringLiteral("%1 %2").arg(head.status).arg(shown(head.reason)));
    }
    lines += line(Words::tr("version"), shown(head.version));
    lines += QString();
    for (const HttpField &field : head.fields) {
        lines += QStringLiteral("%1: %2").arg(shown(field.name), shown(field.value));
    }
}

} // namespace

std::vector<Frame> framesOf(const Message &message, QByteArrayView wire, FrameDecoder::Sender sender)
{
    std::vector<Frame> frames;
    FrameDecoder decoder(sender, message.begin);
    decoder.feed(wire, frames);
    if (const Frame *unfinished = decoder.unfinished()) {
        frames.push_back(*unfinished);
    }
    return frames;
}

std::vector<ByteSpan> spansOf(const Message &message, const std::vector<Frame> &frames)
{
    const bool isControl =
        message.kind == MessageKind::Ping || message.kind == MessageKind::Pong || message.kind == MessageKind::Close;
    std::vector<ByteSpan> spans;
    qint64 at = message.begin;
    for (const Frame &frame : frames) {
        if (isControl || !frame.isControl() || spans.size() >= MaxFrames) {
            continue;
        }
        if (frame.begin > at) {
            spans.push_back({at, frame.begin});
        }
        at = frame.end();
    }
    if (message.end > at || spans.empty()) {
        spans.push_back({at, message.end});
    }
    return spans;
}

QString describeFields(const Message &message, QByteArrayView wire, FrameDecoder::Sender sender)
{
    QStringList lines;
    const QString direction = message.direction == Direction::In ? Words::tr("in") : Words::tr("out");
    lines += line(Words::tr("bytes"),
                  QStringLiteral("%1 %2, %3 B")
                      .arg(direction, rangeText(message.begin, message.end))
                      .arg(message.end - message.begin));
    lines += line(Words::tr("content"),
                  Words::tr("%1 B, %2").arg(message.contentLength).arg(toQString(toString(message.kind))));
    if (message.has(MessageFlag::Unterminated)) {
        lines += line(Words::tr("ending"), Words::tr("the stream ended before the message was complete"));
    }
    if (message.has(MessageFlag::Gap)) {
        lines += line(Words::tr("gap"), Words::tr("bytes are missing inside"));
    }
    if (message.has(MessageFlag::Misfit)) {
        lines += line(Words::tr("lens"), Words::tr("does not fit from here on; each read is shown"));
    }
    for (const ViolationText &text : describeViolations(message.violations)) {
        lines += line(Words::tr("violation"),
                      QStringLiteral("%1 (%2)").arg(toQString(text.sentence), toQString(text.section)));
    }
    if (message.has(MessageFlag::WebSocket)) {
        const std::vector<Frame> frames = framesOf(message, wire, sender);
        const std::size_t shown = std::min(frames.size(), MaxFrames);
        for (std::size_t i = 0; i < shown; ++i) {
            lines += QString();
            lines += Words::tr("Frame %1 of %2, %3")
                         .arg(i + 1)
                         .arg(frames.size())
                         .arg(rangeText(frames[i].begin, frames[i].end()));
            addFrame(lines, frames[i]);
        }
        if (shown < frames.size()) {
            lines += QString();
            lines += Words::tr("%1 more frames are not listed").arg(frames.size() - shown);
        }
    } else if (message.kind == MessageKind::Request || message.kind == MessageKind::Response) {
        lines += QString();
        addHead(lines, wire.sliced(std::min<qsizetype>(message.contentOffset, wire.size())));
    }
    return lines.join(u'\n');
}

} // namespace Sidewire
