// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagepreview.h"

#include "core/index/messagereader.h"
#include "core/payload/hex.h"
#include "core/payload/text.h"
#include "core/protocol/websocket/closecode.h"
#include "ui/views/names.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 MaxBytes = 1024;
constexpr qint64 MaxHexBytes = 64;

bool isText(QByteArrayView bytes)
{
    return Text::isValidUtf8(bytes, Text::Ending::AllowCut) && !bytes.contains('\0');
}

bool isHex(const Message &message, QByteArrayView content)
{
    return message.kind == MessageKind::Binary || !isText(content);
}

} // namespace

QString MessagePreview::ofClose(QByteArrayView payload)
{
    const std::optional<quint16> code = closeCodeOf(payload);
    if (!code) {
        return payload.isEmpty() ? QStringLiteral("no code") : Hex::fromBytes(payload);
    }
    QString text = QStringLiteral("%1 %2").arg(*code).arg(toQString(closeCodeName(*code)));
    if (payload.size() > 2) {
        text += QStringLiteral(" \u00b7 ") + Text::preview(payload.sliced(2), MaxChars);
    }
    return text;
}

std::optional<QByteArray> MessagePreview::bytesOf(const Message &message) const
{
    return MessageReader(m_log).content(message, MaxBytes, MessageReader::Wait::No);
}

std::optional<QString> MessagePreview::of(const Message &message) const
{
    const std::optional<QByteArray> bytes = bytesOf(message);
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
    if (isHex(message, view)) {
        const bool isCut = message.contentLength > MaxHexBytes;
        return Hex::fromBytes(view.first(std::min<qsizetype>(view.size(), MaxHexBytes)))
            + (isCut ? QStringLiteral(" \u2026") : QString());
    }
    return Text::preview(view, MaxChars);
}

std::optional<std::pair<qsizetype, qsizetype>> MessagePreview::placeOf(const Message &message,
                                                                       const ByteSpan &part) const
{
    const std::optional<QByteArray> bytes = bytesOf(message);
    return bytes ? placeIn(*bytes, message, part) : std::nullopt;
}

std::optional<std::pair<qsizetype, qsizetype>> MessagePreview::placeIn(QByteArrayView view, const Message &message,
                                                                       const ByteSpan &part)
{
    const qint64 begin = std::max<qint64>(0, part.begin);
    if (message.kind == MessageKind::Close || begin >= view.size() || part.end <= begin) {
        return {};
    }
    const qint64 end = std::min<qint64>(part.end, view.size());
    const bool isHead = message.kind == MessageKind::Request || message.kind == MessageKind::Response;
    if (!isHead && isHex(message, view)) {
        constexpr int Cells = 3; // "68 65"
        return std::pair(begin * Cells, end * Cells - 1);
    }
    // Further right than any preview goes nothing needs to be told apart.
    constexpr int Far = static_cast<int>(MaxBytes);
    return std::pair(Text::preview(view.first(begin), Far).size(), Text::preview(view.first(end), Far).size());
}

} // namespace Sidewire
