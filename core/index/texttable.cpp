// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "texttable.h"

#include <algorithm>
#include <cstring>

namespace Sidewire {

Result<qint64> TextTable::append(QByteArrayView text)
{
    const qint64 offset = m_size;
    while (!text.isEmpty()) {
        auto place = m_file.place(m_size, 1);
        if (!place) {
            m_size = offset;
            return place.error();
        }
        const qint64 run = std::min<qint64>(text.size(), ChunkFile::rowsFrom(m_size, 1));
        std::memcpy(*place, text.data(), static_cast<size_t>(run));
        text = text.sliced(run);
        m_size += run;
    }
    return offset;
}

QByteArray TextTable::read(qint64 offset, qint64 length) const
{
    QByteArray text(length, Qt::Uninitialized);
    for (qint64 done = 0; done < length;) {
        const qint64 run = std::min(length - done, ChunkFile::rowsFrom(offset + done, 1));
        std::memcpy(text.data() + done, m_file.constAt(offset + done, 1), static_cast<size_t>(run));
        done += run;
    }
    return text;
}

} // namespace Sidewire
