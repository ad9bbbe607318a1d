// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "dissectheader.h"

#include "core/protocol/fieldparts.h"
#include "core/protocol/websocket/frame.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace Sidewire {

namespace {

using FieldParts::fromName;

constexpr Violation OpcodeRules[] = {Violation::ReservedOpcode, Violation::StrayContinuation,
                                     Violation::DataInsideFragmented, Violation::DataAfterClose};
constexpr Violation LengthRules[] = {Violation::ControlTooLong, Violation::LengthNotMinimal, Violation::LengthTopBit};
constexpr Violation MaskRules[] = {Violation::UnmaskedClient, Violation::MaskedServer};
constexpr Violation ReservedRules[] = {Violation::ReservedBit, Violation::MisplacedCompressedBit};
constexpr Violation FinRules[] = {Violation::FragmentedControl};

template<typename Rules>
void judge(Field &field, quint32 violations, const Rules &rules)
{
    for (const Violation rule : rules) {
        if ((violations & bit(rule)) != 0) {
            FieldParts::breakRule(field, rule);
        }
    }
}

/// Takes a header apart, from its first bit on, until the bytes end.
class HeaderWalk
{
public:
    HeaderWalk(QByteArrayView bytes, qint64 offset, quint32 violations, quint8 allowedReserved)
        : m_bytes(bytes)
        , m_at(8 * offset)
        , m_violations(violations)
        , m_allowedReserved(allowedReserved)
    {}

    std::vector<Field> fields() &&
    {
        if (!m_bytes.isEmpty()) {
            takeFirstByte(static_cast<quint8>(m_bytes[0]));
        }
        if (m_bytes.size() > 1) {
            const auto second = static_cast<quint8>(m_bytes[1]);
            const bool isMasked = (second & 0x80) != 0;
            Field &mask = add("MASK", 1, isMasked ? "1, masked" : "0, not masked");
            judge(mask, m_violations, MaskRules);
            const bool isWhole = takeLength(second & 0x7f);
            if (isMasked && isWhole) {
                takeKey();
            }
        }
        return std::move(m_fields);
    }

private:
    Field &add(const char *name, int bits, const QString &value)
    {
        m_fields.push_back({QString::fromLatin1(name), value, {}, false, {m_at, m_at + bits}, {}});
        m_at += bits;
        return m_fields.back();
    }

    Field &add(const char *name, int bits, const char *value) { return add(name, bits, QString::fromLatin1(value)); }

    void takeFirstByte(quint8 byte)
    {
        Field &fin = add("FIN", 1, (byte & 0x80) != 0 ? "1, the last frame of its message" : "0, more frames follow");
        judge(fin, m_violations, FinRules);

        const char *const names[] = {"RSV1", "RSV2", "RSV3"};
        for (int i = 0; i < 3; ++i) {
            const bool isSet = (byte & (0x40 >> i)) != 0;
            const bool isAllowed = (m_allowedReserved & (4 >> i)) != 0;
            Field &reserved = add(names[i], 1, !isSet ? "0" : isAllowed ? "1, the message is compressed" : "1");
            if (isSet && !isAllowed) {
                judge(reserved, m_violations, std::array{ruleOfReserved(i)});
            }
        }

        const int opcode = byte & 15;
        Field &field =
            add("Opcode", 4, QStringLiteral("%1 %2").arg(opcode).arg(fromName(toString(static_cast<Opcode>(opcode)))));
        judge(field, m_violations, OpcodeRules);
    }

    /// RSV1 has a meaning with permessage-deflate, the others have none.
    Violation ruleOfReserved(int number) const
    {
        const bool isMisplaced = number == 0 && (m_violations & bit(Violation::MisplacedCompressedBit)) != 0;
        return isMisplaced ? Violation::MisplacedCompressedBit : Violation::ReservedBit;
    }

    /// False when it is cut off.
    bool takeLength(int code)
    {
        const int more = code == 126 ? 2 : code == 127 ? 8 : 0;
        const int there = static_cast<int>(std::min<qsizetype>(more, m_bytes.size() - 2));
        quint64 length = 0;
        for (int i = 0; i < there; ++i) {
            length = length << 8 | static_cast<quint8>(m_bytes[2 + i]);
        }
        const qint64 begin = m_at;
        if (more == 0) {
            judge(add("Payload length", 7, QStringLiteral("%1 (7 bits)").arg(code)), m_violations, LengthRules);
            return true;
        }
        QString value = QStringLiteral("%1 (%2 bits after %3)").arg(length).arg(8 * more).arg(code);
        if (there < more) {
            value = QStringLiteral("not complete: %1 of %2 bytes").arg(there).arg(more);
        }
        Field &field = add("Payload length", 7 + 8 * there, value);
        judge(field, m_violations, LengthRules);
        field.children.push_back({QStringLiteral("Length code"),
                                  QStringLiteral("%1: %2 bits follow").arg(code).arg(8 * more),
                                  {},
                                  false,
                                  {begin, begin + 7},
                                  {}});
        if (there == more) {
            field.children.push_back(
                {QStringLiteral("Extended length"),
                 QStringLiteral("%1 (0x%2)").arg(length).arg(length, 2 * more, 16, QLatin1Char('0')),
                 {},
                 false,
                 {begin + 7, m_at},
                 {}});
        }
        return there == more;
    }

    void takeKey()
    {
        constexpr qint64 Size = 4;
        const QByteArrayView rest = m_bytes.sliced(m_at / 8 - m_fields.front().bits.begin / 8);
        const QByteArrayView key = rest.first(std::min<qsizetype>(Size, rest.size()));
        if (key.isEmpty()) {
            return;
        }
        QString value = FieldParts::hex(key, Size);
        if (key.size() < Size) {
            value += QStringLiteral(", not complete: %1 of 4 bytes").arg(key.size());
        }
        add("Masking key", static_cast<int>(8 * key.size()), value);
    }

    QByteArrayView m_bytes;
    qint64 m_at; ///< The bit that comes next
    quint32 m_violations;
    quint8 m_allowedReserved;
    std::vector<Field> m_fields;
};

} // namespace

std::vector<Field> dissectFrameHeader(QByteArrayView bytes, qint64 offset, quint32 violations, quint8 allowedReserved)
{
    return HeaderWalk(bytes, offset, violations, allowedReserved).fields();
}

quint32 headerViolations()
{
    quint32 set = 0;
    const auto add = [&set](const auto &rules) {
        for (const Violation rule : rules) {
            set |= bit(rule);
        }
    };
    add(OpcodeRules);
    add(LengthRules);
    add(MaskRules);
    add(FinRules);
    add(ReservedRules);
    return set;
}

} // namespace Sidewire
