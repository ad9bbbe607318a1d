// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "filterterms.h"

#include "core/base/utf8.h"
#include "core/filter/filtertime.h"
#include "core/payload/json.h"

#include <QByteArrayMatcher>
#include <QStringList>

#include <algorithm>
#include <limits>
#include <re2/re2.h>
#include <vector>

namespace Sidewire::FilterTerms {

namespace {

using FilterNodes::CloseTest;
using FilterNodes::ContentTest;
using FilterNodes::RowTest;

constexpr qint64 MaxRegexMemory = 8 * 1024 * 1024;

enum class Comparison : quint8 { Equal, Less, LessOrEqual, Greater, GreaterOrEqual };

Comparison comparisonOf(const QString &op)
{
    const bool hasEquals = op.endsWith(u'=');
    return op.startsWith(u'>') ? (hasEquals ? Comparison::GreaterOrEqual : Comparison::Greater)
        : op.startsWith(u'<')  ? (hasEquals ? Comparison::LessOrEqual : Comparison::Less)
                               : Comparison::Equal;
}

bool isEquality(const QString &op)
{
    return comparisonOf(op) == Comparison::Equal;
}

bool compare(qint64 left, Comparison comparison, qint64 right)
{
    switch (comparison) {
    case Comparison::Less:
        return left < right;
    case Comparison::LessOrEqual:
        return left <= right;
    case Comparison::Greater:
        return left > right;
    case Comparison::GreaterOrEqual:
        return left >= right;
    case Comparison::Equal:
        break;
    }
    return left == right;
}

Problem problemIn(qsizetype offset, const QString &detail)
{
    return {Problem::Part::Value, offset, detail};
}

std::optional<qint64> parseNumber(const QString &text)
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
        return {};
    }
    return number * unit;
}

/// Which numbers a condition lets through: "2,5-7" is a list of ranges.
class NumberTest
{
public:
    using Parsed = std::variant<NumberTest, Problem>;
    static Parsed parse(const QString &op, const QString &value);

    bool accepts(std::optional<qint64> number) const
    {
        return number && std::ranges::any_of(m_ranges, [&](const Range &range) {
                   return *number >= range.first && *number <= range.last;
               });
    }

private:
    struct Range
    {
        qint64 first;
        qint64 last;
    };

    std::vector<Range> m_ranges;
};

NumberTest::Parsed NumberTest::parse(const QString &op, const QString &value)
{
    constexpr qint64 Highest = std::numeric_limits<qint64>::max();
    NumberTest test;
    if (op != QLatin1String(":")) {
        const std::optional<qint64> number = parseNumber(value);
        if (!number) {
            return problemIn(0, QStringLiteral("a number is expected, not \"%1\"").arg(value));
        }
        switch (comparisonOf(op)) {
        case Comparison::Equal:
            test.m_ranges = {{*number, *number}};
            break;
        case Comparison::Less:
            test.m_ranges = {{0, *number - 1}};
            break;
        case Comparison::LessOrEqual:
            test.m_ranges = {{0, *number}};
            break;
        case Comparison::Greater:
            if (*number < Highest) {
                test.m_ranges = {{*number + 1, Highest}};
            }
            break;
        case Comparison::GreaterOrEqual:
            test.m_ranges = {{*number, Highest}};
            break;
        }
        return test;
    }
    qsizetype offset = 0;
    for (const QString &part : value.split(u',')) {
        const std::optional<qint64> first = parseNumber(part.section(u'-', 0, 0));
        const std::optional<qint64> last = part.contains(u'-') ? parseNumber(part.section(u'-', 1)) : first;
        if (!first || !last) {
            return problemIn(offset,
                             QStringLiteral("numbers or ranges such as 2,5-7 are expected, not \"%1\"").arg(part));
        }
        if (*first > *last) {
            return problemIn(offset, QStringLiteral("a range goes from low to high, not \"%1\"").arg(part));
        }
        test.m_ranges.push_back({*first, *last});
        offset += part.size() + 1;
    }
    return test;
}

template<typename Read>
Term numberTerm(const QString &op, const QString &value, Read read)
{
    NumberTest::Parsed parsed = NumberTest::parse(op, value);
    if (Problem *problem = std::get_if<Problem>(&parsed)) {
        return *problem;
    }
    return std::make_shared<RowTest>([read, test = std::get<NumberTest>(parsed)](const FilterSubject &subject) {
        return test.accepts(read(subject));
    });
}

Term codeTerm(const QString &op, const QString &value)
{
    NumberTest::Parsed parsed = NumberTest::parse(op, value);
    if (Problem *problem = std::get_if<Problem>(&parsed)) {
        return *problem;
    }
    return std::make_shared<CloseTest>(
        [test = std::get<NumberTest>(parsed)](std::optional<quint16> code) { return test.accepts(code); });
}

QString kindNames()
{
    QStringList all;
    for (int each = 0; each <= static_cast<int>(MessageKind::Frame); ++each) {
        const std::string_view known = toString(static_cast<MessageKind>(each));
        all.append(QString::fromLatin1(known.data(), static_cast<qsizetype>(known.size())));
    }
    return all.join(QStringLiteral(", "));
}

Term kindTerm(const QString &value)
{
    quint32 kinds = 0;
    qsizetype offset = 0;
    for (const QString &name : value.split(u',')) {
        const std::optional<MessageKind> kind = messageKindFromString(name.toStdString());
        if (!kind) {
            return problemIn(offset,
                             QStringLiteral("there is no kind \"%1\", but there are %2").arg(name, kindNames()));
        }
        kinds |= 1u << static_cast<int>(*kind);
        offset += name.size() + 1;
    }
    return std::make_shared<RowTest>([kinds](const FilterSubject &subject) {
        return (kinds >> static_cast<int>(subject.message().kind) & 1u) != 0;
    });
}

Term timeTerm(const QString &op, const QString &value, int utcOffset)
{
    const std::optional<FilterTime> time = FilterTime::parse(value, utcOffset);
    if (!time) {
        return problemIn(
            0, QStringLiteral("a time such as 12:00:01.5 or 2026-11-22T12:00:01 is expected, not \"%1\"").arg(value));
    }
    return std::make_shared<RowTest>([=, wanted = *time, how = comparisonOf(op)](const FilterSubject &subject) {
        const qint64 moment = subject.message().time;
        const qint64 left = wanted.isOfAnyDay ? FilterTime::timeOfDay(moment, utcOffset) : moment;
        return how == Comparison::Equal ? left >= wanted.begin && left < wanted.begin + wanted.length
                                        : compare(left, how, wanted.begin);
    });
}

Term validityTerm(const QString &value, bool isValid)
{
    if (value == QLatin1String("json")) {
        return std::make_shared<ContentTest>(
            ContentTest::Of::Whole, [isValid](QByteArrayView content) { return Json::isValid(content) == isValid; });
    }
    if (value == QLatin1String("utf8")) {
        return std::make_shared<ContentTest>(ContentTest::Of::Whole, [isValid](QByteArrayView content) {
            Utf8Checker checker;
            checker.feed(content);
            return (checker.isValid() && checker.isComplete()) == isValid;
        });
    }
    return problemIn(0, QStringLiteral("json or utf8 is expected, not \"%1\"").arg(value));
}

Term hexTerm(const QString &value)
{
    const QByteArray digits = value.toLatin1();
    const bool isHex = std::all_of(digits.begin(), digits.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (!isHex) {
        return problemIn(0, QStringLiteral("bytes in hex are expected, not \"%1\"").arg(value));
    }
    if (digits.size() % 2 != 0) {
        return problemIn(digits.size() - 1, QStringLiteral("a byte has two hex digits, here one is missing"));
    }
    return text(QByteArray::fromHex(digits), false);
}

NodePointer contentTest(const std::shared_ptr<const re2::RE2> &regex)
{
    return std::make_shared<ContentTest>(ContentTest::Of::Begin, [regex](QByteArrayView content) {
        return re2::RE2::PartialMatch(re2::StringPiece(content.data(), static_cast<size_t>(content.size())), *regex);
    });
}

std::shared_ptr<const re2::RE2> compile(const QByteArray &pattern, bool ignoresCase,
                                        re2::RE2::Options::Encoding encoding)
{
    re2::RE2::Options options;
    options.set_encoding(encoding);
    options.set_log_errors(false);
    options.set_case_sensitive(!ignoresCase);
    options.set_max_mem(MaxRegexMemory);
    return std::make_shared<re2::RE2>(re2::StringPiece(pattern.data(), static_cast<size_t>(pattern.size())), options);
}

} // namespace

NodePointer word(const QString &name)
{
    const auto onRow = [](auto test) {
        return std::make_shared<RowTest>([test](const FilterSubject &subject) { return test(subject.message()); });
    };
    if (name == QLatin1String("in")) {
        return onRow([](const Message &message) { return message.direction == Direction::In; });
    }
    if (name == QLatin1String("out")) {
        return onRow([](const Message &message) { return message.direction == Direction::Out; });
    }
    if (name == QLatin1String("violation")) {
        return onRow([](const Message &message) { return message.violations != 0; });
    }
    if (name == QLatin1String("unfinished")) {
        return onRow([](const Message &message) { return message.has(MessageFlag::Unterminated); });
    }
    return {};
}

Term comparison(const QString &name, const QString &op, const QString &value, int utcOffsetSeconds)
{
    if (name == QLatin1String("len")) {
        return numberTerm(op, value,
                          [](const FilterSubject &subject) { return std::optional(subject.message().contentLength); });
    }
    if (name == QLatin1String("conn")) {
        return numberTerm(op, value, [](const FilterSubject &subject) {
            return std::optional(qint64(toNumber(subject.message().connection)));
        });
    }
    if (name == QLatin1String("n")) {
        return numberTerm(op, value, [](const FilterSubject &subject) { return subject.number(); });
    }
    if (name == QLatin1String("code")) {
        return codeTerm(op, value);
    }
    if (name == QLatin1String("time")) {
        return timeTerm(op, value, utcOffsetSeconds);
    }
    const bool isValid = name == QLatin1String("valid");
    const bool isNamed =
        isValid || name == QLatin1String("kind") || name == QLatin1String("hex") || name == QLatin1String("invalid");
    if (!isNamed) {
        return Problem{Problem::Part::Name, 0,
                       QStringLiteral("there is no condition \"%1\"; there are %2").arg(name, overview())};
    }
    if (!isEquality(op)) {
        return Problem{Problem::Part::Operator, 0,
                       QStringLiteral("%1 is followed by \":\", not by \"%2\"").arg(name, op)};
    }
    return name == QLatin1String("kind") ? kindTerm(value)
        : name == QLatin1String("hex")   ? hexTerm(value)
                                         : validityTerm(value, isValid);
}

NodePointer text(const QByteArray &pattern, bool ignoresCase)
{
    if (ignoresCase) {
        // Letters beyond ASCII have cases too. What is not UTF-8 in a content only does not match.
        return contentTest(compile(QByteArray::fromStdString(re2::RE2::QuoteMeta(pattern.toStdString())), true,
                                   re2::RE2::Options::EncodingUTF8));
    }
    return std::make_shared<ContentTest>(
        ContentTest::Of::Begin,
        [matcher = QByteArrayMatcher(pattern)](QByteArrayView content) { return matcher.indexIn(content) >= 0; });
}

Term regex(const QByteArray &pattern, bool ignoresCase)
{
    // Bytes are bytes, whatever they mean: "\xff" and "." are one of them. Only where somebody writes a letter beyond
    // ASCII that stands for its UTF-8 bytes, also in a class and before a "+".
    const bool isAscii = std::ranges::all_of(pattern, [](char c) { return static_cast<quint8>(c) < 0x80; });
    const auto compiled =
        compile(pattern, ignoresCase, isAscii ? re2::RE2::Options::EncodingLatin1 : re2::RE2::Options::EncodingUTF8);
    if (!compiled->ok()) {
        return problemIn(
            0, QStringLiteral("the regular expression is wrong: %1").arg(QString::fromStdString(compiled->error())));
    }
    return contentTest(compiled);
}

QString overview()
{
    return QStringLiteral("in, out, kind:, len, conn:, n, code:, time, violation, unfinished, valid:, invalid:, hex:, "
                          "\"text\" and /regex/");
}

} // namespace Sidewire::FilterTerms
