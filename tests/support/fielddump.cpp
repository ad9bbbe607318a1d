// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "fielddump.h"

namespace Sidewire::TestSupport {

namespace {

QString placeOf(const BitSpan &bits)
{
    if (bits.isEmpty()) {
        return QStringLiteral("-");
    }
    const qint64 size = bits.end - bits.begin;
    return bits.isWholeBytes() ? QStringLiteral("%1+%2").arg(bits.begin / 8).arg(size / 8)
                               : QStringLiteral("%1.%2+%3").arg(bits.begin / 8).arg(bits.begin % 8).arg(size);
}

void add(QStringList &lines, const Field &field, int depth)
{
    lines += QString(2 * depth, u' ') + (field.isBroken ? QStringLiteral("! ") : QString())
        + QStringLiteral("%1 %2: %3").arg(placeOf(field.bits), field.name, field.value)
        + (field.remark.isEmpty() ? QString() : QStringLiteral(" // ") + field.remark);
    for (const Field &child : field.children) {
        add(lines, child, depth + 1);
    }
}

} // namespace

QStringList dump(const Field &field)
{
    QStringList lines;
    add(lines, field, 0);
    return lines;
}

QStringList dump(const std::vector<Field> &fields)
{
    QStringList lines;
    for (const Field &field : fields) {
        lines += dump(field);
    }
    return lines;
}

QString misplaced(const Field &field, const BitSpan &around)
{
    if (field.bits.end < field.bits.begin || (!field.bits.isEmpty() && !around.contains(field.bits))) {
        return dump(field).constFirst();
    }
    for (const Field &child : field.children) {
        const QString wrong = misplaced(child, field.bits.isEmpty() ? around : field.bits);
        if (!wrong.isEmpty()) {
            return wrong;
        }
    }
    return {};
}

QString notCovered(const std::vector<Field> &parts, const BitSpan &whole)
{
    qint64 at = whole.begin;
    for (const Field &part : parts) {
        if (part.bits.isEmpty()) {
            continue;
        }
        if (part.bits.begin != at) {
            return QStringLiteral("%1 begins at bit %2, not at %3").arg(part.name).arg(part.bits.begin).arg(at);
        }
        at = part.bits.end;
    }
    return at == whole.end ? QString() : QStringLiteral("ends at bit %1, not at %2").arg(at).arg(whole.end);
}

} // namespace Sidewire::TestSupport
