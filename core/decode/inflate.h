// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Sidewire::Inflate {

enum class Container { Gzip, Zlib, Raw };

struct Inflated
{
    QByteArray bytes;
    Container container = Container::Raw;
    qsizetype used = 0; ///< Compressed bytes; what stands behind them belongs to something else
    bool isCut = false; ///< There would be more than the limit
    bool isIncomplete = false; ///< The compressed data ends too early; the bytes are what came out until then

    friend bool operator==(const Inflated &, const Inflated &) = default;
};

/// What the first bytes announce: gzip (RFC 1952), zlib (RFC 1950), or neither, which is then taken as raw deflate (RFC 1951).
Container containerOf(QByteArrayView bytes);

/// Inflates to at most `limit` bytes: a bomb costs no more than that. All members of a gzip file. The error says where and
/// why it is not compressed that way; so does a checksum that does not fit.
Result<Inflated> inflate(QByteArrayView bytes, qsizetype limit);

} // namespace Sidewire::Inflate
