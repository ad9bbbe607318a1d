// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "filtertime.h"

#include <QDate>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 Second = 1'000'000'000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;
constexpr qint64 FarthestDay = 100'000; // 273 years from 1970: nanoseconds do not reach much further

/// Reads from the front of a text.
class Scanner
{
public:
    explicit Scanner(QStringView text)
        : m_text(text)
    {}

    bool isEnd() const { return m_text.isEmpty(); }

    bool take(QChar c)
    {
        const bool isThere = m_text.startsWith(c);
        m_text = m_text.sliced(isThere ? 1 : 0);
        return isThere;
    }

    /// Two digits below `limit`; -1 if there are none.
    int takePair(int limit)
    {
        if (m_text.size() < 2 || !isDigit(m_text[0]) || !isDigit(m_text[1])) {
            return -1;
        }
        const int number = (m_text[0].unicode() - u'0') * 10 + (m_text[1].unicode() - u'0');
        m_text = m_text.sliced(2);
        return number < limit ? number : -1;
    }

    /// Digits behind the point: nanoseconds, and in `unit` what the last digit counts. False if there are none or too many.
    bool takeFraction(qint64 &nanoseconds, qint64 &unit)
    {
        unit = Second;
        while (!m_text.isEmpty() && isDigit(m_text[0]) && unit > 1) {
            unit /= 10;
            nanoseconds += (m_text[0].unicode() - u'0') * unit;
            m_text = m_text.sliced(1);
        }
        return unit < Second;
    }

private:
    static bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

    QStringView m_text;
};

/// "12:00", "12:00:01.5": since midnight.
std::optional<FilterTime> scanTime(Scanner &scanner)
{
    const int hour = scanner.takePair(24);
    if (hour < 0 || !scanner.take(u':')) {
        return {};
    }
    const int minute = scanner.takePair(60);
    if (minute < 0) {
        return {};
    }
    FilterTime time{true, hour * Hour + minute * Minute, Minute};
    if (!scanner.take(u':')) {
        return time;
    }
    const int second = scanner.takePair(60);
    if (second < 0) {
        return {};
    }
    time.begin += second * Second;
    time.length = Second;
    if (scanner.take(u'.') && !scanner.takeFraction(time.begin, time.length)) {
        return {};
    }
    return time;
}

/// "Z", "+01:00" or nothing, which is `fallback`.
std::optional<int> scanOffset(Scanner &scanner, int fallback)
{
    if (scanner.isEnd()) {
        return fallback;
    }
    if (scanner.take(u'Z')) {
        return 0;
    }
    const bool isWest = scanner.take(u'-');
    if (!isWest && !scanner.take(u'+')) {
        return {};
    }
    const int hours = scanner.takePair(24);
    const int minutes = scanner.take(u':') ? scanner.takePair(60) : -1;
    if (hours < 0 || minutes < 0) {
        return {};
    }
    return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60);
}

} // namespace

std::optional<FilterTime> FilterTime::parse(QStringView text, int utcOffsetSeconds)
{
    constexpr qsizetype DateLength = 10;
    const QDate date = QDate::fromString(text.left(DateLength).toString(), Qt::ISODate);
    if (!date.isValid()) {
        Scanner scanner(text);
        const std::optional<FilterTime> time = scanTime(scanner);
        return scanner.isEnd() ? time : std::nullopt;
    }
    FilterTime moment{false, 0, Day};
    int offset = utcOffsetSeconds;
    Scanner scanner(text.sliced(DateLength));
    if (scanner.take(u'T')) {
        const std::optional<FilterTime> time = scanTime(scanner);
        const std::optional<int> written = scanOffset(scanner, utcOffsetSeconds);
        if (!time || !written) {
            return {};
        }
        moment.begin = time->begin;
        moment.length = time->length;
        offset = *written;
    }
    if (!scanner.isEnd()) {
        return {};
    }
    const qint64 days = QDate(1970, 1, 1).daysTo(date);
    moment.begin += std::clamp(days, -FarthestDay, FarthestDay) * Day - offset * Second;
    return moment;
}

qint64 FilterTime::timeOfDay(qint64 time, int utcOffsetSeconds)
{
    const qint64 local = time % Day + utcOffsetSeconds * Second;
    return (local % Day + Day) % Day;
}

} // namespace Sidewire
