// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagepreview.h"

#include "core/index/messagereader.h"
#include "core/payload/hex.h"
#include "core/payload/text.h"
#include "core/protocol/websocket/closecode.h"
#include "core/protocol/websocket/messageassembler.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 MaxBytes = 1024;
constexpr qint64 MaxFrameHeader = 14;
constexpr qint64 MaxHexBytes = 64;

bool isText(QByteArrayView bytes)
{
    return Text::isValidUtf8(bytes, Text::Ending::AllowCut) && !bytes.contains('\0');
}

} // namespace

std::optional<QByteArray> MessagePreview::firstBytes(const Message &message, qint64 limit) const
{
    // Usually all that a line shows lies in the first record: no walk over the others.
    const RecordRow &record = m_log.records().at(message.firstRecord);
    const bool isFramed = message.has(MessageFlag::WebSocket);
    const qint64 begin = message.begin + (isFramed ? 0 : message.contentOffset);
    const qint64 end = isFramed ? message.end : begin + message.contentLength;
    const qint64 wanted = std::min(end, begin + limit + (isFramed ? MaxFrameHeader : 0));
    constexpr qint64 MaxRecords = 256; // A peer may send each byte by itself
    if (begin >= record.span().begin
        && (wanted <= record.span().end || message.lastRecord - message.firstRecord > MaxRecords)) {
        const qint64 length = std::max<qint64>(0, std::min(wanted, record.span().end) - begin);
        if (length == 0) {
            return QByteArray();
        }
        auto bytes = m_log.bytes().tryRead(record.fileOffset + begin - record.span().begin, length);
        return bytes && isFramed ? assembleMessage(*bytes, limit) : bytes;
    }
    return MessageReader(m_log).content(message, limit, MessageReader::Wait::No);
}

QString MessagePreview::ofClose(QByteArrayView payload)
{
    const std::optional<quint16> code = closeCodeOf(payload);
    if (!code) {
        return payload.isEmpty() ? QStringLiteral("no code") : Hex::fromBytes(payload);
    }
    const std::string_view name = closeCodeName(*code);
    QString text =
        QStringLiteral("%1 %2").arg(*code).arg(QLatin1String(name.data(), static_cast<qsizetype>(name.size())));
    if (payload.size() > 2) {
        text += QStringLiteral(" \u00b7 ") + Text::preview(payload.sliced(2), MaxChars);
    }
    return text;
}

std::optional<QString> MessagePreview::of(const Message &message) const
{
    const std::optional<QByteArray> bytes = firstBytes(message, MaxBytes);
    if (!bytes) {
        return {};
    }
    QByteArrayView view(*bytes);
    if (message.kind == MessageKind::Close) {
        return ofClose(view);
    }
    if (message.kind == MessageKind::Request || message.kind == MessageKind::Response) {
        const qsizetype lineEnd = view.indexOf('\n');
        view = lineEnd < 0 ? view : view.first(lineEnd);
        view = view.endsWith('\r') ? view.chopped(1) : view;
        return Text::preview(view, MaxChars);
    }
    if (message.kind == MessageKind::Binary || !isText(view)) {
        const bool isCut = message.contentLength > MaxHexBytes;
        return Hex::fromBytes(view.first(std::min<qsizetype>(view.size(), MaxHexBytes)))
            + (isCut ? QStringLiteral(" \u2026") : QString());
    }
    return Text::preview(view, MaxChars);
}

} // namespace Sidewire
