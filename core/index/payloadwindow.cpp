// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "payloadwindow.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 WindowSize = 1024 * 1024;

} // namespace

Result<QByteArrayView> PayloadWindow::bytes(qint64 offset, qint64 length)
{
    if (offset < m_begin || offset + length > m_end) {
        m_buffer.resize(static_cast<std::size_t>(std::max(WindowSize, length)));
        m_begin = m_end = offset;
        const qint64 size = m_file.read(offset, m_buffer);
        if (size < length) {
            return Error{
                Error::Code::Io,
                QStringLiteral("The log could not be read at byte %1").arg(offset + std::max<qint64>(size, 0))};
        }
        m_end = offset + size;
    }
    return QByteArrayView(m_buffer.data() + (offset - m_begin), length);
}

} // namespace Sidewire
