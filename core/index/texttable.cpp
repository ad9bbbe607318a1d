// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "texttable.h"

#include <algorithm>
#include <cstring>

namespace Sidewire {

Result<qint64> TextTable::append(QByteArrayView text)
{
    const qint64 offset = m_bytes.written();
    if (auto added = m_bytes.append(std::span(text.data(), static_cast<std::size_t>(text.size()))); !added) {
        return added.error();
    }
    return offset;
}

QByteArray TextTable::read(qint64 offset, qint64 length) const
{
    QByteArray text(length, Qt::Uninitialized);
    for (qint64 done = 0; done < length;) {
        const qint64 run = std::min(length - done, AppendTable<char>::runFrom(offset + done));
        std::memcpy(text.data() + done, &m_bytes.at(offset + done), static_cast<std::size_t>(run));
        done += run;
    }
    return text;
}

} // namespace Sidewire
