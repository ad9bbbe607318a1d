// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringView>

#include <optional>

namespace Sidewire {

/// A time as a person writes it into a filter: an instant, and how long the stretch is that it names.
struct FilterTime
{
    bool isOfAnyDay = false; ///< No date was written: `begin` counts from midnight
    qint64 begin = 0; ///< Nanoseconds, since 1970 UTC unless isOfAnyDay
    qint64 length = 0; ///< "12:00" names a minute, "12:00:01.5" a tenth of a second

    /// "12:00", "12:00:01.5" (up to nine digits), "2026-11-22", "2026-11-22T12:00:01", and with a date "Z" or "+01:00"
    /// at the end. Nothing for any other text. A date that nanoseconds do not reach is as far away as they do.
    static std::optional<FilterTime> parse(QStringView text, int utcOffsetSeconds);

    /// The time of day of `time`, nanoseconds since 1970 UTC, in that offset.
    static qint64 timeOfDay(qint64 time, int utcOffsetSeconds);
};

} // namespace Sidewire
