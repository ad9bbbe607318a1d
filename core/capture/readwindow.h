// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturefile.h"
#include "core/capture/readahead.h"

#include <optional>
#include <vector>

namespace Sidewire {

/// The part of a log that is in memory while it is read from front to back.
///
/// Reads ahead the further the longer it goes on without a jump, and only a little after one, so that neither small nor
/// big blocks cost more than they must.
class ReadWindow
{
public:
    enum class Cores {
        One,
        Two, ///< What comes next is read on another one meanwhile, unless the file grows: there the one who writes wants it
    };
    explicit ReadWindow(const CaptureFile &file, Cores cores = Cores::One);

    /// Bytes [offset, offset + size), valid until the next call; null when they cannot be read.
    const char *at(qint64 offset, qsizetype size);

    /// Whether the disk failed, as opposed to the file being too short.
    bool hasFailed() const { return m_hasFailed; }

private:
    const char *load(qint64 offset, qsizetype size);
    qint64 read(qint64 offset, qsizetype wanted);
    qint64 takeAhead(qint64 offset);

    const CaptureFile &m_file;
    std::optional<ReadAhead> m_next;
    std::vector<char> m_bytes;
    std::vector<char> m_spare;
    char *m_data = nullptr; ///< In them, of m_begin
    qint64 m_begin = 0;
    qint64 m_end = 0;
    qsizetype m_ahead = 0;
    bool m_hasFailed = false;
};

inline const char *ReadWindow::at(qint64 offset, qsizetype size)
{
    if (offset >= m_begin && offset + size <= m_end) [[likely]] {
        return m_data + (offset - m_begin);
    }
    return load(offset, size);
}

} // namespace Sidewire
