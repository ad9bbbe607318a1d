// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QtGlobal>

#include <array>

namespace Sidewire::Timestamp {

enum class Format {
    UnixSeconds, ///< 32 bits; in 64 bits it looks the same with the zeros before or behind it
    UnixMilliseconds,
    UnixMicroseconds,
    UnixNanoseconds,
    Ntp, ///< RFC 5905: seconds since 1900 (from 2036 on since then), and a binary fraction
    FileTime, ///< Windows: 100 ns since 1601
};
inline constexpr std::array Formats{
    Format::UnixSeconds, Format::UnixMilliseconds, Format::UnixMicroseconds, Format::UnixNanoseconds,
    Format::Ntp,         Format::FileTime};

QString name(Format format); ///< "Unix ms"
int sizeOf(Format format); ///< 4 or 8 bytes

/// "2026-01-31 12:00:00.123 UTC", with as many digits as the format has; empty when it is not plausible: outside of 1990
/// to 2100.
QString toText(quint64 value, Format format);

} // namespace Sidewire::Timestamp
