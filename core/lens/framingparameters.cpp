// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "framingparameters.h"

#include "core/lens/betweenframing.h"
#include "core/lens/delimiterframing.h"
#include "core/lens/fixedframing.h"
#include "core/lens/lengthframing.h"

#include <algorithm>

namespace Sidewire::FramingParameters {

namespace {

constexpr qsizetype MaxPattern = 64;
constexpr qint64 MaxFixed = qint64(1) << 30;
constexpr qint64 MaxOffset = 1024 * 1024;
constexpr qint64 MaxSilence = 86'400'000; // One day

using Field = LengthFraming::Field;

struct FieldType
{
    const char *name;
    Field::Order order;
    int width;
};

constexpr FieldType FieldTypes[] = {
    {"u8", Field::Order::Big, 1},         {"u16be", Field::Order::Big, 2},    {"u16le", Field::Order::Little, 2},
    {"u24be", Field::Order::Big, 3},      {"u24le", Field::Order::Little, 3}, {"u32be", Field::Order::Big, 4},
    {"u32le", Field::Order::Little, 4},   {"u64be", Field::Order::Big, 8},    {"u64le", Field::Order::Little, 8},
    {"varint", Field::Order::Varint, 10},
};

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

Result<QByteArray> parseHex(const QString &text)
{
    const QByteArray digits = text.trimmed().toLatin1();
    const bool isHex = std::all_of(digits.begin(), digits.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (!isHex || digits.isEmpty() || digits.size() % 2 != 0 || digits.size() / 2 > MaxPattern) {
        return usage(QStringLiteral("1 to %1 bytes in hex are expected, not \"%2\"").arg(MaxPattern).arg(text));
    }
    return QByteArray::fromHex(digits);
}

Result<qint64> parseNumber(const QString &text, qint64 least, qint64 most)
{
    bool isNumber = false;
    const qint64 number = text.trimmed().toLongLong(&isNumber);
    if (!isNumber || number < least || number > most) {
        return usage(QStringLiteral("a number from %1 to %2 is expected, not \"%3\"").arg(least).arg(most).arg(text));
    }
    return number;
}

Result<void> setPart(Field &field, const QString &part)
{
    const QString name = part.section(u'=', 0, 0).trimmed();
    const bool isAdjust = name == QLatin1String("adjust");
    if (!isAdjust && name != QLatin1String("offset") && name != QLatin1String("trailer")) {
        return usage(QStringLiteral("\"%1\" is unknown; there are offset, adjust, trailer").arg(name));
    }
    const Result<qint64> number = parseNumber(part.section(u'=', 1), isAdjust ? -MaxOffset : 0, MaxOffset);
    if (!number) {
        return usage(QStringLiteral("%1: %2").arg(name, number.error().detail));
    }
    if (isAdjust) {
        field.adjust = *number;
    } else {
        (name == QLatin1String("offset") ? field.offset : field.trailer) = *number;
    }
    return {};
}

} // namespace

Result<std::unique_ptr<Framing>> delimiter(const QString &text)
{
    const Result<QByteArray> pattern = parseHex(text);
    if (!pattern) {
        return pattern.error();
    }
    return std::unique_ptr<Framing>(std::make_unique<DelimiterFraming>(*pattern));
}

Result<std::unique_ptr<Framing>> between(const QString &text)
{
    const QStringList parts = text.split(u',');
    if (parts.size() < 2 || parts.size() > 3) {
        return usage(QStringLiteral("a beginning and an end are expected, not \"%1\"").arg(text));
    }
    const Result<QByteArray> begin = parseHex(parts[0]);
    const Result<QByteArray> end = parseHex(parts[1]);
    const Result<QByteArray> escape = parts.size() == 3 ? parseHex(parts[2]) : Result<QByteArray>(QByteArray());
    for (const Result<QByteArray> *part : {&begin, &end, &escape}) {
        if (!*part) {
            return part->error();
        }
    }
    if (escape->size() > 1) {
        return usage(QStringLiteral("the escape is one byte, not \"%1\"").arg(parts[2]));
    }
    return std::unique_ptr<Framing>(std::make_unique<BetweenFraming>(
        *begin, *end, escape->isEmpty() ? std::nullopt : std::optional(escape->front())));
}

Result<std::unique_ptr<Framing>> fixed(const QString &text)
{
    const Result<qint64> size = parseNumber(text, 1, MaxFixed);
    if (!size) {
        return size.error();
    }
    return std::unique_ptr<Framing>(std::make_unique<FixedFraming>(*size));
}

Result<std::unique_ptr<Framing>> length(const QString &text)
{
    const QStringList parts = text.split(u',');
    const QString typeName = parts.front().trimmed();
    const auto *type = std::find_if(std::begin(FieldTypes), std::end(FieldTypes), [&typeName](const FieldType &each) {
        return typeName == QLatin1String(each.name);
    });
    if (type == std::end(FieldTypes)) {
        QStringList names;
        for (const FieldType &each : FieldTypes) {
            names.append(QLatin1String(each.name));
        }
        return usage(
            QStringLiteral("the type \"%1\" is unknown; there are %2").arg(typeName, names.join(QStringLiteral(", "))));
    }
    Field field;
    field.order = type->order;
    field.width = type->width;
    for (const QString &part : parts.mid(1)) {
        if (const Result<void> set = setPart(field, part); !set) {
            return set.error();
        }
    }
    return std::unique_ptr<Framing>(std::make_unique<LengthFraming>(field));
}

Result<qint64> milliseconds(const QString &text)
{
    return parseNumber(text, 1, MaxSilence);
}

} // namespace Sidewire::FramingParameters
