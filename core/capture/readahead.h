// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturefile.h"

#include <memory>
#include <vector>

namespace Sidewire {

/// Reads the next part of a file while the one before it is still being looked at: on another core where one is free at once,
/// or else when it is taken.
class ReadAhead
{
public:
    static constexpr qsizetype Size = 256 * 1024; ///< Of a part
    static constexpr qsizetype Headroom = 128 * 1024; ///< Before the part, for what the owner puts there

    explicit ReadAhead(const CaptureFile &file);
    ~ReadAhead(); ///< Waits for a read that is under way
    Q_DISABLE_COPY_MOVE(ReadAhead)

    /// Asks for the bytes [offset, offset + Size), in this memory. What was asked for before is dropped.
    void begin(qint64 offset, std::vector<char> memory);

    /// Whether these are asked for and not yet taken.
    bool isFor(qint64 offset) const;

    /// Gives the memory, with what was read from Headroom on. Returns how many bytes were, or -1, as CaptureFile::read() does.
    qint64 take(std::vector<char> &bytes);

private:
    struct Part;
    void finish();

    std::shared_ptr<Part> m_part; ///< With the worker that has not looked at it yet
    bool m_isAsked = false;
};

} // namespace Sidewire
