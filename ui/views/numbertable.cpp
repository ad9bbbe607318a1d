// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "numbertable.h"

#include "core/decode/numbers.h"
#include "ui/views/copytable.h"

#include <QCoreApplication>

namespace Sidewire {

CopyTable *newNumberTable(QWidget *parent)
{
    auto *table = new CopyTable({QCoreApplication::translate("NumberTable", "at the cursor"),
                                 QCoreApplication::translate("NumberTable", "little-endian"),
                                 QCoreApplication::translate("NumberTable", "big-endian")},
                                parent);
    table->setAccessibleName(QCoreApplication::translate("NumberTable", "Numbers at the cursor"));
    return table;
}

void showNumbers(CopyTable &table, QByteArrayView bytes)
{
    QList<QStringList> rows;
    for (const NumberRow &row : numbersAt(bytes)) {
        // What is the same with a sign and without it takes one line: there are few where the detail is low.
        const bool isSame =
            row.name.startsWith(u'i') && !rows.isEmpty() && rows.last()[1] == row.little && rows.last()[2] == row.big;
        if (isSame) {
            rows.last()[0] += QStringLiteral(", ") + row.name;
        } else {
            rows += QStringList{row.name, row.little, row.big};
        }
    }
    table.setRows(rows);
}

} // namespace Sidewire
