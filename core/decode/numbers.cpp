// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "numbers.h"

#include "core/decode/timestamps.h"

#include <QUuid>
#include <QtEndian>
#include <QtNumeric>
#include <qfloat16.h>

#include <bit>
#include <limits>
#include <optional>

namespace Sidewire {

namespace {

template<typename T>
T little(QByteArrayView bytes)
{
    return qFromLittleEndian<T>(bytes.data());
}

template<typename T>
T big(QByteArrayView bytes)
{
    return qFromBigEndian<T>(bytes.data());
}

template<typename T>
void addInteger(std::vector<NumberRow> &rows, const char *name, QByteArrayView bytes)
{
    if (bytes.size() >= qsizetype(sizeof(T))) {
        const QString one = QString::number(little<T>(bytes));
        rows.push_back({QLatin1String(name), one, sizeof(T) == 1 ? one : QString::number(big<T>(bytes))});
    }
}

/// As few digits as give back the same number.
template<typename T>
QString shortest(T value)
{
    if (qIsNaN(static_cast<double>(value))) {
        return QStringLiteral("NaN");
    }
    for (int digits = 1; digits < std::numeric_limits<T>::max_digits10; ++digits) {
        const QString text = QString::number(static_cast<double>(value), 'g', digits);
        if (static_cast<T>(text.toDouble()) == value) {
            return text;
        }
    }
    return QString::number(static_cast<double>(value), 'g', std::numeric_limits<T>::max_digits10);
}

template<typename Bits, typename Float>
void addFloat(std::vector<NumberRow> &rows, const char *name, QByteArrayView bytes)
{
    if (bytes.size() >= qsizetype(sizeof(Bits))) {
        rows.push_back({QLatin1String(name), shortest(std::bit_cast<Float>(little<Bits>(bytes))),
                        shortest(std::bit_cast<Float>(big<Bits>(bytes)))});
    }
}

void addHalfFloat(std::vector<NumberRow> &rows, QByteArrayView bytes)
{
    const auto text = [](quint16 bits) {
        const auto value = static_cast<float>(std::bit_cast<qfloat16>(bits));
        return qIsNaN(value) ? QStringLiteral("NaN") : QString::number(static_cast<double>(value), 'g', 5);
    };
    if (bytes.size() >= 2) {
        rows.push_back({QStringLiteral("f16"), text(little<quint16>(bytes)), text(big<quint16>(bytes))});
    }
}

/// LEB128, as Protocol Buffers and WebAssembly write integers: seven bits a byte, the lowest first.
void addVarint(std::vector<NumberRow> &rows, QByteArrayView bytes)
{
    constexpr int MaxSize = 10; // Of 64 bits
    quint64 value = 0;
    for (int i = 0; i < MaxSize && i < bytes.size(); ++i) {
        const auto byte = static_cast<quint8>(bytes[i]);
        if (i == MaxSize - 1 && byte > 1) {
            return;
        }
        value |= static_cast<quint64>(byte & 0x7f) << (7 * i);
        if ((byte & 0x80) == 0) {
            const auto zigzag = static_cast<qint64>((value >> 1) ^ (~(value & 1) + 1));
            rows.push_back({QStringLiteral("LEB128 (%1 B)").arg(i + 1), QString::number(value), {}});
            rows.push_back({QStringLiteral("zigzag (%1 B)").arg(i + 1), QString::number(zigzag), {}});
            return;
        }
    }
}

void addTimes(std::vector<NumberRow> &rows, QByteArrayView bytes)
{
    if (bytes.size() < 4) {
        return;
    }
    const bool isLong = bytes.size() >= 8;
    for (const Timestamp::Format format : Timestamp::Formats) {
        const auto text = [&](bool isBig) -> QString {
            if (Timestamp::sizeOf(format) == 4) {
                return Timestamp::toText(isBig ? big<quint32>(bytes) : little<quint32>(bytes), format);
            }
            return isLong ? Timestamp::toText(isBig ? big<quint64>(bytes) : little<quint64>(bytes), format) : QString();
        };
        const NumberRow row{Timestamp::name(format), text(false), text(true)};
        if (!row.little.isEmpty() || !row.big.isEmpty()) {
            rows.push_back(row);
        }
    }
}

/// A UUID of a known version (RFC 9562), or with its first three parts turned round, as Windows stores a GUID.
void addUuid(std::vector<NumberRow> &rows, QByteArrayView bytes)
{
    if (bytes.size() < 16) {
        return;
    }
    const auto text = [](QByteArray raw) -> QString {
        const int version = static_cast<quint8>(raw[6]) >> 4;
        const bool isKnown = version >= 1 && version <= 8 && (static_cast<quint8>(raw[8]) & 0xc0) == 0x80;
        return isKnown ? QUuid::fromRfc4122(raw).toString(QUuid::WithoutBraces) : QString();
    };
    const QByteArray raw = bytes.first(16).toByteArray();
    QByteArray turned = raw;
    std::reverse(turned.begin(), turned.begin() + 4);
    std::reverse(turned.begin() + 4, turned.begin() + 6);
    std::reverse(turned.begin() + 6, turned.begin() + 8);
    const NumberRow row{QStringLiteral("UUID"), text(turned), text(raw)};
    if (!row.little.isEmpty() || !row.big.isEmpty()) {
        rows.push_back(row);
    }
}

} // namespace

std::vector<NumberRow> numbersAt(QByteArrayView bytes)
{
    std::vector<NumberRow> rows;
    addInteger<quint8>(rows, "u8", bytes);
    addInteger<qint8>(rows, "i8", bytes);
    addInteger<quint16>(rows, "u16", bytes);
    addInteger<qint16>(rows, "i16", bytes);
    addInteger<quint32>(rows, "u32", bytes);
    addInteger<qint32>(rows, "i32", bytes);
    addInteger<quint64>(rows, "u64", bytes);
    addInteger<qint64>(rows, "i64", bytes);
    addHalfFloat(rows, bytes);
    addFloat<quint32, float>(rows, "f32", bytes);
    addFloat<quint64, double>(rows, "f64", bytes);
    addVarint(rows, bytes);
    addTimes(rows, bytes);
    addUuid(rows, bytes);
    return rows;
}

} // namespace Sidewire
