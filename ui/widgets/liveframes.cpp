// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "liveframes.h"

#include "core/payload/hex.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace Sidewire {

namespace {

constexpr int HeadersShown = 4;
constexpr qsizetype KeySize = 4;

QString headerOf(const FrameSpec &frame, qint64 index, FrameDecoder::Sender sender)
{
    const QByteArray bytes = frame.header(index, sender, {});
    const bool isRandom = frame.isMaskedBy(sender) && frame.masking != FrameSpec::Masking::Chosen;
    QString text = Hex::fromBytes(isRandom ? bytes.chopped(KeySize) : bytes);
    if (isRandom) {
        text += QStringLiteral(" kk kk kk kk");
    }
    const qint64 size = frame.payloadSize(index);
    return size > 0 ? QStringLiteral("%1 + %2 B").arg(text, QLocale(QLocale::English).toString(size)) : text;
}

/// As many bytes as will leave. What is in a file does not matter to the headers, so it is not read for each keystroke.
Result<QByteArray> bytesOf(const Payload &payload)
{
    const QFileInfo info(payload.text);
    const bool isGoodFile = payload.mode == Payload::Mode::File && info.isFile() && info.isReadable()
        && info.size() <= Payload::MaxFileSize;
    return isGoodFile ? Result<QByteArray>(QByteArray(info.size(), Qt::Uninitialized)) : payload.toBytes();
}

} // namespace

LiveBytes liveFrames(const Payload &payload, FrameDecoder::Sender sender)
{
    Payload verbatim = payload;
    verbatim.ending = LineEnding::None;
    const Result<QByteArray> bytes = bytesOf(verbatim);
    if (!bytes) {
        return {bytes.error().detail, true};
    }
    QStringList headers;
    qint64 count = 0;
    qint64 size = 0;
    for (const FrameSpec &frame : payload.frames.frames(*bytes)) {
        if (const Result<void> possible = frame.check(); !possible) {
            return {possible.error().detail, true};
        }
        for (qint64 index = 0; index < frame.fragmentCount() && headers.size() < HeadersShown; ++index) {
            headers << headerOf(frame, index, sender);
        }
        count += frame.fragmentCount();
        size += frame.wireSize(sender);
    }
    const QString frames =
        count == 1 ? QString() : QCoreApplication::translate("Sidewire::LiveBytes", " in %1 frames").arg(count);
    const QString rest = count > headers.size() ? QStringLiteral(" | …") : QString();
    return {QStringLiteral("→ %1 B%2: %3")
                    .arg(QLocale(QLocale::English).toString(size), frames, headers.join(QStringLiteral(" | ")))
                + rest,
            false};
}

} // namespace Sidewire
