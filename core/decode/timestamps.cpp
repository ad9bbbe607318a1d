// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "timestamps.h"

#include <QDateTime>

#include <optional>

namespace Sidewire::Timestamp {

namespace {

constexpr quint64 Nanoseconds = 1'000'000'000; // of a second
constexpr quint64 Year1990 = 631'152'000; // in seconds since 1970
constexpr quint64 Year2100 = 4'102'444'800;

struct Moment
{
    quint64 seconds = 0; ///< Since 1970
    quint64 nanoseconds = 0;
    int decimals = 0;
};

std::optional<Moment> momentOf(quint64 value, Format format)
{
    const auto unixTime = [value](quint64 unit, int decimals) {
        return Moment{value / unit, value % unit * (Nanoseconds / unit), decimals};
    };
    switch (format) {
    case Format::UnixSeconds:
        return unixTime(1, 0);
    case Format::UnixMilliseconds:
        return unixTime(1'000, 3);
    case Format::UnixMicroseconds:
        return unixTime(1'000'000, 6);
    case Format::UnixNanoseconds:
        return unixTime(Nanoseconds, 9);
    case Format::Ntp: {
        constexpr quint64 From1900 = 2'208'988'800;
        // The highest bit tells the era (RFC 4330, 3).
        const quint64 seconds = (value >> 32) + ((value >> 63) == 0 ? quint64(1) << 32 : 0);
        if (seconds < From1900) {
            return {};
        }
        return Moment{seconds - From1900, (value & 0xffff'ffff) * Nanoseconds >> 32, 6};
    }
    case Format::FileTime: {
        constexpr quint64 From1601 = 11'644'473'600;
        constexpr quint64 Ticks = 10'000'000;
        if (value / Ticks < From1601) {
            return {};
        }
        return Moment{value / Ticks - From1601, value % Ticks * 100, 7};
    }
    }
    return {};
}

} // namespace

QString name(Format format)
{
    switch (format) {
    case Format::UnixSeconds:
        return QStringLiteral("Unix s");
    case Format::UnixMilliseconds:
        return QStringLiteral("Unix ms");
    case Format::UnixMicroseconds:
        return QStringLiteral("Unix \u00b5s");
    case Format::UnixNanoseconds:
        return QStringLiteral("Unix ns");
    case Format::Ntp:
        return QStringLiteral("NTP");
    case Format::FileTime:
        return QStringLiteral("FILETIME");
    }
    return {};
}

int sizeOf(Format format)
{
    return format == Format::UnixSeconds ? 4 : 8;
}

QString toText(quint64 value, Format format)
{
    const std::optional<Moment> moment = momentOf(value, format);
    if (!moment || moment->seconds < Year1990 || moment->seconds >= Year2100) {
        return {};
    }
    const QDateTime time = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(moment->seconds), Qt::UTC);
    QString text = time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    if (moment->decimals > 0) {
        text += u'.' + QStringLiteral("%1").arg(moment->nanoseconds, 9, 10, QLatin1Char('0')).first(moment->decimals);
    }
    return text + QStringLiteral(" UTC");
}

} // namespace Sidewire::Timestamp
