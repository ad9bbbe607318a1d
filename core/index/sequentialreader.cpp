// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sequentialreader.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 WindowSize = 1024 * 1024;

/// What the file has of that stretch, into `bytes` from `at` on; how much that is.
qint64 readInto(const CaptureFile &file, QByteArray &bytes, qsizetype at, qint64 offset, qint64 length)
{
    const qint64 there = std::clamp<qint64>(file.committed() - offset, 0, length);
    bytes.resize(at + there);
    const qint64 size = file.read(offset, {bytes.data() + at, static_cast<std::size_t>(there)});
    bytes.truncate(at + std::max<qint64>(size, 0));
    return bytes.size() - at;
}

} // namespace

void SequentialReader::append(QByteArray &bytes, qint64 offset, qint64 length)
{
    const bool isInWindow = offset >= m_begin && offset + length <= m_begin + m_window.size();
    if (!isInWindow) {
        if (offset < m_begin || length >= WindowSize) {
            readInto(*m_file, bytes, bytes.size(), offset, length);
            return;
        }
        m_begin = offset;
        readInto(*m_file, m_window, 0, offset, WindowSize);
    }
    const qint64 there = std::min<qint64>(length, m_begin + m_window.size() - offset);
    bytes.append(m_window.constData() + (offset - m_begin), there);
}

} // namespace Sidewire
