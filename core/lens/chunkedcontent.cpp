// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "chunkedcontent.h"

#include "core/protocol/http/chunkdecoder.h"
#include "core/protocol/http/httphead.h"

namespace Sidewire {

namespace {

/// Bytes before the chunk framing.
qint64 plainSize(const Message &message, QByteArrayView wire)
{
    return message.kind == MessageKind::Frame ? message.contentOffset : findHeadEnd(wire).value_or(wire.size());
}

} // namespace

std::vector<ByteSpan> chunkedContentSpans(const Message &message, QByteArrayView wire, qint64 limit)
{
    return ChunkDecoder::contentSpans(wire, plainSize(message, wire), limit);
}

QByteArray chunkedContent(const Message &message, QByteArrayView wire, qint64 limit)
{
    return ChunkDecoder::contentOf(wire, plainSize(message, wire), limit);
}

} // namespace Sidewire
