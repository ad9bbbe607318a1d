// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "fieldtext.h"

#include "core/payload/text.h"

#include <QStringList>

namespace Sidewire {

namespace {

constexpr int MaxChars = 4200; // More than a dissector gives for one line

QString visible(const QString &text)
{
    return Text::preview(text.toUtf8(), MaxChars);
}

QString hex(qint64 offset)
{
    return QStringLiteral("0x%1").arg(offset, 0, 16);
}

void addTree(QStringList &lines, const Field &field, int depth)
{
    QString line = QString(2 * depth, u' ') + FieldText::name(field);
    if (!field.value.isEmpty()) {
        line += QStringLiteral(": ") + FieldText::value(field);
    }
    if (!field.bits.isEmpty()) {
        line += QStringLiteral("  [%1]").arg(FieldText::place(field.bits));
    }
    if (!field.remark.isEmpty()) {
        line += QStringLiteral("  ") + (field.isBroken ? u'!' : u'#') + u' ' + FieldText::remark(field);
    }
    lines += line;
    for (const Field &child : field.children) {
        addTree(lines, child, depth + 1);
    }
}

} // namespace

QString FieldText::name(const Field &field)
{
    return visible(field.name);
}

QString FieldText::value(const Field &field)
{
    return visible(field.value);
}

QString FieldText::remark(const Field &field)
{
    return visible(field.remark);
}

QString FieldText::place(const BitSpan &bits)
{
    if (bits.isEmpty()) {
        return {};
    }
    const qint64 first = bits.firstByte();
    const qint64 last = bits.endByte() - 1;
    if (bits.isWholeBytes()) {
        return first == last ? hex(first) : QStringLiteral("%1..%2").arg(hex(first), hex(last));
    }
    const qint64 firstBit = bits.begin % 8;
    const qint64 lastBit = (bits.end - 1) % 8;
    if (first == last) {
        return firstBit == lastBit ? tr("%1 bit %2").arg(hex(first)).arg(firstBit)
                                   : tr("%1 bits %2..%3").arg(hex(first)).arg(firstBit).arg(lastBit);
    }
    const QString begin = firstBit == 0 ? hex(first) : tr("%1 bit %2").arg(hex(first)).arg(firstBit);
    const QString end = lastBit == 7 ? hex(last) : tr("%1 bit %2").arg(hex(last)).arg(lastBit);
    //: Where a field lies that does not begin or end with a byte: "0x82 bit 1 to 0x84"
    return tr("%1 to %2").arg(begin, end);
}

QString FieldText::facts(const Field &field)
{
    const QString what = field.value.isEmpty() ? name(field) : name(field) + u' ' + value(field);
    if (field.bits.isEmpty()) {
        return what;
    }
    const qint64 first = field.bits.firstByte();
    const bool isOneByte = first == field.bits.endByte() - 1;
    if (isOneByte && !field.bits.isWholeBytes()) {
        const qint64 firstBit = field.bits.begin % 8;
        const qint64 lastBit = (field.bits.end - 1) % 8;
        return firstBit == lastBit
            ? tr("bit %1 of %2: %3").arg(QString::number(firstBit), hex(first), what)
            : tr("bits %1..%2 of %3: %4").arg(QString::number(firstBit), QString::number(lastBit), hex(first), what);
    }
    return QStringLiteral("%1: %2").arg(place(field.bits), what);
}

QString FieldText::lines(const std::vector<const Field *> &fields)
{
    QStringList lines;
    for (const Field *field : fields) {
        lines += name(*field) + u' ' + value(*field);
    }
    return lines.join(u'\n');
}

QString FieldText::tree(const Field &field)
{
    QStringList lines;
    addTree(lines, field, 0);
    return lines.join(u'\n');
}

} // namespace Sidewire
