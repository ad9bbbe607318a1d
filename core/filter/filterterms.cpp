// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "filterterms.h"

#include "core/base/utf8.h"
#include "core/payload/json.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <limits>
#include <re2/re2.h>

namespace Sidewire::FilterTerms {

namespace {

using FilterNodes::ContentTest;
using FilterNodes::RowTest;

constexpr qint64 NanosecondsPerMillisecond = 1'000'000;
constexpr qint64 MillisecondsPerDay = 86'400'000;
constexpr qint64 MaxRegexMemory = 8 * 1024 * 1024;

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

template<typename Test>
NodePointer onRow(Test test)
{
    return std::make_shared<RowTest>(std::move(test));
}

template<typename Test>
NodePointer onContent(Test test)
{
    return std::make_shared<ContentTest>(std::move(test));
}

bool compare(qint64 left, const QString &op, qint64 right)
{
    if (op == QLatin1String(">")) {
        return left > right;
    }
    if (op == QLatin1String(">=")) {
        return left >= right;
    }
    if (op == QLatin1String("<")) {
        return left < right;
    }
    if (op == QLatin1String("<=")) {
        return left <= right;
    }
    return left == right;
}

Result<qint64> parseNumber(const QString &text)
{
    qint64 unit = 1;
    QString digits = text;
    if (!digits.isEmpty()) {
        const qsizetype suffix = QStringView(u"kMG").indexOf(digits.back());
        if (suffix >= 0) {
            unit = qint64(1) << (10 * (suffix + 1));
            digits.chop(1);
        }
    }
    bool isNumber = false;
    const qint64 number = digits.toLongLong(&isNumber);
    if (!isNumber || number < 0 || number > std::numeric_limits<qint64>::max() / unit) {
        return usage(QStringLiteral("a number is expected, not \"%1\"").arg(text));
    }
    return number * unit;
}

/// "2", "2,5-7": a list of ranges.
Result<std::vector<std::pair<qint64, qint64>>> parseRanges(const QString &text)
{
    std::vector<std::pair<qint64, qint64>> ranges;
    for (const QString &part : text.split(u',')) {
        const Result<qint64> first = parseNumber(part.section(u'-', 0, 0));
        const Result<qint64> last = part.contains(u'-') ? parseNumber(part.section(u'-', 1)) : first;
        if (!first || !last) {
            return usage(QStringLiteral("numbers or ranges such as 2,5-7 are expected, not \"%1\"").arg(part));
        }
        ranges.emplace_back(*first, *last);
    }
    return ranges;
}

bool isIn(qint64 number, const std::vector<std::pair<qint64, qint64>> &ranges)
{
    return std::ranges::any_of(ranges,
                               [number](const auto &range) { return number >= range.first && number <= range.second; });
}

Result<NodePointer> numberTest(const QString &op, const QString &value, qint64 (*read)(const FilterSubject &))
{
    if (op == QLatin1String(":")) {
        const auto ranges = parseRanges(value);
        if (!ranges) {
            return ranges.error();
        }
        return onRow([read, list = *ranges](const FilterSubject &subject) { return isIn(read(subject), list); });
    }
    const Result<qint64> number = parseNumber(value);
    if (!number) {
        return number.error();
    }
    return onRow([=, right = *number](const FilterSubject &subject) { return compare(read(subject), op, right); });
}

Result<NodePointer> kindTest(const QString &value)
{
    quint32 kinds = 0;
    for (const QString &name : value.split(u',')) {
        const std::optional<MessageKind> kind = messageKindFromString(name.toStdString());
        if (!kind) {
            QStringList all;
            for (int each = 0; each <= static_cast<int>(MessageKind::Frame); ++each) {
                const std::string_view known = toString(static_cast<MessageKind>(each));
                all.append(QString::fromLatin1(known.data(), static_cast<qsizetype>(known.size())));
            }
            return usage(QStringLiteral("there is no kind \"%1\", but %2").arg(name, all.join(QStringLiteral(", "))));
        }
        kinds |= 1u << static_cast<int>(*kind);
    }
    return onRow([kinds](const FilterSubject &subject) {
        return (kinds >> static_cast<int>(subject.message().kind) & 1u) != 0;
    });
}

Result<NodePointer> timeTest(const QString &op, const QString &value, int utcOffset)
{
    const qint64 shift = qint64(utcOffset) * 1000;
    const QTime time = QTime::fromString(value, Qt::ISODateWithMs);
    if (time.isValid()) {
        // A time of day, on any day.
        const qint64 wanted = time.msecsSinceStartOfDay() * NanosecondsPerMillisecond;
        return onRow([=](const FilterSubject &subject) {
            constexpr qint64 Day = MillisecondsPerDay * NanosecondsPerMillisecond;
            const qint64 local = subject.message().time + shift * NanosecondsPerMillisecond;
            return compare((local % Day + Day) % Day, op, wanted);
        });
    }
    QDateTime moment = QDateTime::fromString(value, Qt::ISODateWithMs);
    if (!moment.isValid()) {
        return usage(
            QStringLiteral("a time such as 12:00:01.5 or 2026-11-22T12:00:01 is expected, not \"%1\"").arg(value));
    }
    if (moment.timeSpec() == Qt::LocalTime) {
        moment.setOffsetFromUtc(utcOffset);
    }
    constexpr qint64 Latest = std::numeric_limits<qint64>::max() / NanosecondsPerMillisecond;
    const qint64 wanted = std::clamp(moment.toMSecsSinceEpoch(), -Latest, Latest) * NanosecondsPerMillisecond;
    return onRow([=](const FilterSubject &subject) { return compare(subject.message().time, op, wanted); });
}

Result<NodePointer> validityTest(const QString &value, bool isValid)
{
    if (value == QLatin1String("json")) {
        return onContent([isValid](QByteArrayView content) { return Json::isValid(content) == isValid; });
    }
    if (value == QLatin1String("utf8")) {
        return onContent([isValid](QByteArrayView content) {
            Utf8Checker checker;
            checker.feed(content);
            return (checker.isValid() && checker.isComplete()) == isValid;
        });
    }
    return usage(QStringLiteral("json or utf8 is expected, not \"%1\"").arg(value));
}

Result<NodePointer> hexTest(const QString &value)
{
    const QByteArray digits = value.toLatin1();
    const bool isHex = std::all_of(digits.begin(), digits.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (digits.isEmpty() || digits.size() % 2 != 0 || !isHex) {
        return usage(QStringLiteral("bytes in hex are expected, not \"%1\"").arg(value));
    }
    return text(QByteArray::fromHex(digits), false);
}

} // namespace

NodePointer word(const QString &name)
{
    if (name == QLatin1String("in") || name == QLatin1String("out")) {
        const Direction direction = name == QLatin1String("in") ? Direction::In : Direction::Out;
        return onRow([direction](const FilterSubject &subject) { return subject.message().direction == direction; });
    }
    if (name == QLatin1String("violation")) {
        return onRow([](const FilterSubject &subject) { return subject.message().violations != 0; });
    }
    if (name == QLatin1String("unfinished")) {
        return onRow([](const FilterSubject &subject) { return subject.message().has(MessageFlag::Unterminated); });
    }
    return {};
}

Result<NodePointer> comparison(const QString &name, const QString &op, const QString &value, int utcOffsetSeconds)
{
    if (name == QLatin1String("len")) {
        return numberTest(op, value, [](const FilterSubject &subject) { return subject.message().contentLength; });
    }
    if (name == QLatin1String("conn")) {
        return numberTest(op, value,
                          [](const FilterSubject &subject) { return qint64(toNumber(subject.message().connection)); });
    }
    if (name == QLatin1String("n")) {
        return numberTest(op, value, [](const FilterSubject &subject) { return subject.number(); });
    }
    if (name == QLatin1String("code")) {
        return numberTest(op, value,
                          [](const FilterSubject &subject) { return qint64(subject.closeCode().value_or(0)); });
    }
    if (name == QLatin1String("time")) {
        return timeTest(op, value, utcOffsetSeconds);
    }
    const bool isValid = name == QLatin1String("valid");
    const bool isEqual = op == QLatin1String(":") || op == QLatin1String("=");
    const bool isNamed =
        name == QLatin1String("kind") || name == QLatin1String("hex") || isValid || name == QLatin1String("invalid");
    if (isNamed && !isEqual) {
        return usage(QStringLiteral("%1 is followed by \":\", not by \"%2\"").arg(name, op));
    }
    if (name == QLatin1String("kind")) {
        return kindTest(value);
    }
    if (name == QLatin1String("hex")) {
        return hexTest(value);
    }
    if (isNamed) {
        return validityTest(value, isValid);
    }
    return usage(QStringLiteral("there is no condition \"%1\"; there are %2").arg(name, overview()));
}

NodePointer text(const QByteArray &pattern, bool ignoresCase)
{
    if (ignoresCase) {
        return regex(QByteArray::fromStdString(re2::RE2::QuoteMeta(pattern.toStdString())), true).value();
    }
    return onContent([pattern](QByteArrayView content) { return content.contains(pattern); });
}

Result<NodePointer> regex(const QByteArray &pattern, bool ignoresCase)
{
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1); // Bytes are bytes, whatever they mean
    options.set_log_errors(false);
    options.set_case_sensitive(!ignoresCase);
    options.set_max_mem(MaxRegexMemory);
    const auto compiled =
        std::make_shared<re2::RE2>(re2::StringPiece(pattern.data(), static_cast<size_t>(pattern.size())), options);
    if (!compiled->ok()) {
        return usage(
            QStringLiteral("the regular expression is wrong: %1").arg(QString::fromStdString(compiled->error())));
    }
    return onContent([compiled](QByteArrayView content) {
        return re2::RE2::PartialMatch(re2::StringPiece(content.data(), static_cast<size_t>(content.size())), *compiled);
    });
}

QString overview()
{
    return QStringLiteral("in, out, kind:, len, conn:, n, code:, time, violation, unfinished, valid:, invalid:, hex:, "
                          "\"text\" and /regex/");
}

} // namespace Sidewire::FilterTerms
