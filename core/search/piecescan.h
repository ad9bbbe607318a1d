// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"
#include "core/search/bytepattern.h"

#include <QByteArray>

#include <functional>
#include <vector>

namespace Sidewire {

/// A stretch of a stream as the scan sees it. Pure: bytes in, spans out.
struct ScanText
{
    QByteArrayView bytes;
    qint64 begin = 0; ///< Stream offset of the first byte
    qint64 from = 0; ///< Matches begin here or later
    /// Up to `size` bytes that follow in the stream, as far as they are there; asked for at most once.
    std::function<QByteArray(qsizetype size)> ahead;
    std::function<bool()> isCancelled; ///< May be empty
};

/// All matches that end in the text, none overlapping the one before. A match that may go on behind the text is left to the
/// text that follows, where it is found because that begins with the end of this one.
std::vector<ByteSpan> scan(const BytePattern &pattern, const ScanText &text);

} // namespace Sidewire
