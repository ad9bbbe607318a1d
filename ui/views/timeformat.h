// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace Sidewire {

enum class TimeStyle {
    Absolute, ///< Local time of day
    Relative, ///< Seconds since the first record
    Delta, ///< Seconds since the row before
};

/// Time stamps of a log as the views write them.
struct TimeFormat
{
    TimeStyle style = TimeStyle::Absolute;
    qint64 origin = 0; ///< Time of the first record
    int decimals = 6; ///< Of a second: 3 or 6

    /// Characters that toString() takes at most, in a session of less than a day.
    int width() const { return (style == TimeStyle::Absolute ? 9 : 7) + decimals; }

    /// "14:03:22.120345", "12.345678", "+0.000123".
    QString toString(qint64 time, qint64 previous) const;

    /// "2026-01-31 14:03:22.120345678 +01:00", for tooltips: nothing is left out.
    static QString full(qint64 time);

    /// "11.2 ms", "340 µs", "2.04 s": three digits are enough to compare.
    static QString duration(qint64 nanoseconds);
};

} // namespace Sidewire
