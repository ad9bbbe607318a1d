// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "units.h"

#include <algorithm>
#include <array>

namespace Sidewire::Units {

namespace {

constexpr double Millisecond = 1e6;
constexpr double Second = 1e9;

} // namespace

QString duration(qint64 nanoseconds)
{
    const auto ns = static_cast<double>(std::max<qint64>(nanoseconds, 0));
    if (ns < 99.95 * Millisecond) {
        return QStringLiteral("%1 ms").arg(ns / Millisecond, 0, 'f', 1);
    }
    if (ns < 999.5 * Millisecond) {
        return QStringLiteral("%1 ms").arg(ns / Millisecond, 0, 'f', 0);
    }
    if (ns < 99.95 * Second) {
        return QStringLiteral("%1 s").arg(ns / Second, 0, 'f', 1);
    }
    return clock(nanoseconds) + (ns < 3600 * Second ? QStringLiteral(" min") : QStringLiteral(" h"));
}

QString clock(qint64 nanoseconds)
{
    const qint64 seconds = std::max<qint64>(nanoseconds, 0) / 1'000'000'000;
    const auto twoDigits = [](qint64 number) {
        return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
    };
    if (seconds < 3600) {
        return QStringLiteral("%1:%2").arg(QString::number(seconds / 60), twoDigits(seconds % 60));
    }
    return QStringLiteral("%1:%2:%3")
        .arg(QString::number(seconds / 3600), twoDigits(seconds / 60 % 60), twoDigits(seconds % 60));
}

QString bytes(qint64 count)
{
    if (count < 1000) {
        return QStringLiteral("%1 B").arg(count);
    }
    constexpr std::array units{"kB", "MB", "GB", "TB", "PB", "EB"};
    auto value = static_cast<double>(count) / 1000;
    std::size_t unit = 0;
    while (value >= 999.95 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    return QStringLiteral("%1 %2").arg(value, 0, 'f', 1).arg(QLatin1String(units.at(unit)));
}

} // namespace Sidewire::Units
