// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "readwindow.h"

#include <algorithm>
#include <cstring>

namespace Sidewire {

namespace {

constexpr qsizetype MinAhead = 4 * 1024;
constexpr qsizetype MaxAhead = 256 * 1024;

} // namespace

const char *ReadWindow::load(qint64 offset, qsizetype size)
{
    const bool isNear = offset >= m_begin && offset <= m_end + MinAhead;
    m_ahead = isNear ? std::clamp(2 * m_ahead, MinAhead, MaxAhead) : MinAhead;

    // What is there already moves to the front.
    const qint64 kept = offset >= m_begin && offset < m_end ? m_end - offset : 0;
    const qsizetype wanted = std::max(size, m_ahead);
    if (static_cast<qsizetype>(m_bytes.size()) < wanted) {
        m_bytes.resize(static_cast<std::size_t>(wanted));
    }
    if (kept > 0) {
        std::memmove(m_bytes.data(), m_bytes.data() + (offset - m_begin), static_cast<std::size_t>(kept));
    }
    const std::span<char> target(m_bytes.data() + kept, static_cast<std::size_t>(wanted - kept));
    const qint64 count = m_file.read(offset + kept, target);
    m_hasFailed = count < 0;
    m_begin = offset;
    m_end = offset + kept + std::max<qint64>(count, 0);
    return offset + size <= m_end ? m_bytes.data() : nullptr;
}

} // namespace Sidewire
