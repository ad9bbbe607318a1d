// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "fieldparts.h"

#include "core/base/utf8.h"

namespace Sidewire::FieldParts {

namespace {

constexpr char16_t Ellipsis = 0x2026;

bool isContinuation(char byte)
{
    return (static_cast<quint8>(byte) & 0xc0) == 0x80;
}

} // namespace

QString fromName(std::string_view name)
{
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString text(QByteArrayView bytes, qsizetype limit)
{
    if (bytes.size() <= limit) {
        return QString::fromUtf8(bytes);
    }
    constexpr qsizetype LongestCharacter = 4; // RFC 3629
    qsizetype end = limit;
    while (end > limit - LongestCharacter && end > 0 && isContinuation(bytes[end])) {
        --end;
    }
    return QString::fromUtf8(bytes.first(end)) + Ellipsis;
}

QString hex(QByteArrayView bytes, qsizetype limit)
{
    const QString digits = QString::fromLatin1(bytes.first(qMin(limit, bytes.size())).toByteArray().toHex(' '));
    return bytes.size() <= limit ? digits : digits + u' ' + Ellipsis;
}

QString firstBytes(QByteArrayView bytes)
{
    Utf8Checker checker;
    checker.feed(bytes);
    const bool isText = checker.isValid() && !bytes.contains('\0');
    return isText ? u'"' + text(bytes, MaxTextBytes) + u'"' : hex(bytes, MaxHexBytes);
}

void remark(Field &field, const QString &words)
{
    field.remark += field.remark.isEmpty() ? words : QStringLiteral("; ") + words;
}

void breakRule(Field &field, Violation violation)
{
    field.isBroken = true;
    for (const ViolationText &rule : describeViolations(bit(violation))) {
        remark(field, QStringLiteral("%1 (%2)").arg(fromName(rule.sentence), fromName(rule.section)));
    }
}

} // namespace Sidewire::FieldParts
