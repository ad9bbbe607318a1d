// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "timestamp.h"

#include <QDateTime>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 NanosecondsPerSecond = 1'000'000'000;

QByteArray fraction(qint64 time)
{
    return '.' + QByteArray::number(time % NanosecondsPerSecond).rightJustified(9, '0');
}

} // namespace

QByteArray isoTime(qint64 time)
{
    time = std::max<qint64>(time, 0); // A foreign file can say anything; no packet was captured before 1970
    const QDateTime second = QDateTime::fromSecsSinceEpoch(time / NanosecondsPerSecond, Qt::UTC);
    return second.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")).toLatin1() + fraction(time) + 'Z';
}

QByteArray secondsText(qint64 time)
{
    time = std::max<qint64>(time, 0);
    return QByteArray::number(time / NanosecondsPerSecond) + fraction(time);
}

} // namespace Sidewire
