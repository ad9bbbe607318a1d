// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "timeformat.h"

#include <QDateTime>

#include <cmath>

namespace Sidewire {

namespace {

constexpr qint64 Second = 1'000'000'000;
constexpr qint64 Millisecond = 1'000'000;

QDateTime local(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time / Millisecond);
}

QString fraction(qint64 nanoseconds, int decimals)
{
    return QStringLiteral(".%1").arg(nanoseconds % Second, 9, 10, QLatin1Char('0')).left(1 + decimals);
}

QString seconds(qint64 nanoseconds, int decimals)
{
    const qint64 magnitude = std::abs(nanoseconds);
    return (nanoseconds < 0 ? QStringLiteral("-") : QString()) + QString::number(magnitude / Second)
        + fraction(magnitude, decimals);
}

} // namespace

QString TimeFormat::toString(qint64 time, qint64 previous) const
{
    switch (style) {
    case TimeStyle::Absolute:
        return local(time).time().toString(u"HH:mm:ss") + fraction(time, decimals);
    case TimeStyle::Relative:
        return seconds(time - origin, decimals);
    case TimeStyle::Delta:
        return (time >= previous ? QStringLiteral("+") : QString()) + seconds(time - previous, decimals);
    }
    return {};
}

QString TimeFormat::full(qint64 time)
{
    const QDateTime moment = local(time);
    const QDateTime withZone = moment.toOffsetFromUtc(moment.offsetFromUtc());
    const QString iso = withZone.toString(Qt::ISODate); // 2026-01-31T14:03:22+01:00, or Z
    constexpr int DateAndTime = 19;
    return iso.left(10) + u' ' + iso.mid(11, 8) + fraction(time, 9) + u' ' + iso.mid(DateAndTime);
}

QString TimeFormat::duration(qint64 nanoseconds)
{
    const double value = static_cast<double>(nanoseconds);
    const double magnitude = std::abs(value);
    const auto rounded = [](double number) {
        const int decimals = std::abs(number) >= 100 ? 0 : std::abs(number) >= 10 ? 1 : 2;
        return QString::number(number, 'f', decimals);
    };
    if (magnitude < 999.5e3) {
        return QStringLiteral("%1 µs").arg(QString::number(value / 1e3, 'f', 0));
    }
    if (magnitude < 999.5e6) {
        return QStringLiteral("%1 ms").arg(rounded(value / 1e6));
    }
    return QStringLiteral("%1 s").arg(rounded(value / 1e9));
}

} // namespace Sidewire
