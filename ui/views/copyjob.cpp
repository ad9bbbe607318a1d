// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "copyjob.h"

#include "core/index/messagereader.h"
#include "core/payload/hex.h"

#include <algorithm>

namespace Sidewire {

QByteArray readSelection(const SessionLog &log, const TrafficSelection &selection, qint64 limit)
{
    QByteArray bytes;
    const qint64 last = std::min(selection.lastRecord, log.records().count() - 1);
    for (qint64 record = selection.firstRecord; record <= last && bytes.size() < limit; ++record) {
        const RecordRow &row = log.records().at(record);
        if (!selection.isOf(row.connection, row.direction)) {
            continue;
        }
        for (const ByteSpan &span : selection.spans) {
            const qint64 begin = std::max(span.begin, row.span().begin);
            const qint64 length = std::min({span.end, row.span().end, begin + limit - bytes.size()}) - begin;
            if (length > 0) {
                bytes += log.bytes().read(row.fileOffset + begin - row.streamOffset, length);
            }
        }
    }
    return bytes;
}

QString toText(QByteArrayView bytes, CopyFormat format, qint64 firstOffset)
{
    switch (format) {
    case CopyFormat::Text:
        return QString::fromUtf8(bytes);
    case CopyFormat::Hex:
        return Hex::fromBytes(bytes);
    case CopyFormat::HexDump:
        return Hex::dump(bytes, firstOffset);
    case CopyFormat::Base64:
        return QString::fromLatin1(QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64());
    case CopyFormat::CArray:
        return Hex::toCArray(bytes);
    }
    return {};
}

qint64 CopyJob::limit() const
{
    constexpr qint64 MiB = 1024 * 1024;
    return format == CopyFormat::Text || format == CopyFormat::Base64 ? 64 * MiB
                                                                      : 16 * MiB; // Hex takes up to six times as much
}

CopyJob::Result CopyJob::run() const
{
    const qint64 wanted = limit() + 1; // One more tells that there is more
    QByteArray bytes = message
        ? MessageReader(*log).content(*message, wanted, MessageReader::Wait::Yes).value_or(QByteArray())
        : readSelection(*log, selection, wanted);
    const bool isCut = bytes.size() > limit();
    bytes.truncate(limit());
    const qint64 firstOffset = message || selection.isEmpty() ? 0 : selection.begin();
    return {toText(bytes, format, firstOffset), bytes.size(), isCut};
}

} // namespace Sidewire
