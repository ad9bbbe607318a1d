// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lensspec.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace Sidewire {

/// A read or write of a connection, with its bytes.
struct LensSample
{
    Direction direction = Direction::In;
    QByteArray bytes;
};

/// How much of a connection is looked at.
constexpr qsizetype MaxLensSamples = 256;
constexpr qint64 MaxLensSampleBytes = 64 * 1024; ///< Of both directions

/// A lens that the bytes speak for, and the evidence in words: "all 12 reads and writes end where a message ends".
struct LensSuggestion
{
    LensSpec lens;
    QByteArray evidence;

    friend bool operator==(const LensSuggestion &, const LensSuggestion &) = default;
};

/// What cuts the first records of a connection, oldest first, so that they fit: length prefixes, delimiters, SLIP, JSON, lines,
/// a fixed size, HTTP. Records are what gives a lens away: a peer that sends message by message ends them where a message ends.
/// Nothing where the evidence is weak; bytes by chance suggest nothing.
///
/// Takes some milliseconds, some hundred with hostile bytes: not for the window's thread.
std::optional<LensSuggestion> suggestLens(const std::vector<LensSample> &samples, const LensContext &context);

} // namespace Sidewire
