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

ReadWindow::ReadWindow(const CaptureFile &file, Cores cores)
    : m_file(file)
{
    if (cores == Cores::Two && !file.isGrowing()) {
        m_next.emplace(file);
    }
}

const char *ReadWindow::load(qint64 offset, qsizetype size)
{
    const bool isNear = offset >= m_begin && offset <= m_end + MinAhead;
    m_ahead = isNear ? std::clamp(2 * m_ahead, MinAhead, MaxAhead) : MinAhead;
    const qsizetype wanted = std::max(size, m_ahead);
    const bool isAhead = m_next && isNear && m_next->isFor(m_end) && m_end - offset <= ReadAhead::Headroom
        && offset + size <= m_end + ReadAhead::Size;

    const qint64 count = isAhead ? takeAhead(offset) : read(offset, wanted);
    m_hasFailed = count < 0;
    m_begin = offset;
    m_end = offset + std::max<qint64>(count, 0);
    if (m_next && m_ahead == MaxAhead && m_end < m_file.committed()) {
        m_next->begin(m_end, std::move(m_spare));
    }
    return offset + size <= m_end ? m_data : nullptr;
}

/// How many bytes are there at `offset` then; what is there already moves to the front.
qint64 ReadWindow::read(qint64 offset, qsizetype wanted)
{
    const qint64 kept = offset >= m_begin && offset < m_end ? m_end - offset : 0;
    const qint64 place = m_data ? m_data - m_bytes.data() + offset - m_begin : 0;
    if (static_cast<qsizetype>(m_bytes.size()) < wanted) {
        m_bytes.resize(static_cast<std::size_t>(wanted));
    }
    m_data = m_bytes.data();
    if (kept > 0) {
        std::memmove(m_data, m_data + place, static_cast<std::size_t>(kept));
    }
    const qint64 count = m_file.read(offset + kept, {m_data + kept, static_cast<std::size_t>(wanted - kept)});
    return count < 0 ? count : kept + count;
}

/// The same from what was read ahead, which begins at m_end. `offset` may lie before it or behind.
qint64 ReadWindow::takeAhead(qint64 offset)
{
    const qint64 kept = m_end - offset; // Below 0: passed over
    m_spare.swap(m_bytes);
    const char *old = m_data;
    const qint64 count = m_next->take(m_bytes);
    m_data = m_bytes.data() + ReadAhead::Headroom - kept;
    if (kept > 0) {
        std::memcpy(m_data, old + (offset - m_begin), static_cast<std::size_t>(kept));
    }
    return count < 0 ? count : kept + count;
}

} // namespace Sidewire
