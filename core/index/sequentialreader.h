// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturefile.h"

#include <QByteArray>

#include <memory>

namespace Sidewire {

/// Reads a log for somebody who goes through all of it: with few large reads, and past the cache of ByteSource, which
/// holds what is on the screen.
///
/// What lies behind is read by itself, so that the way ahead is read once however connections are interleaved.
class SequentialReader
{
public:
    explicit SequentialReader(std::shared_ptr<const CaptureFile> file)
        : m_file(std::move(file))
    {}

    /// Adds bytes [offset, offset + length) of the file; fewer at the committed end or after a disk error.
    void append(QByteArray &bytes, qint64 offset, qint64 length);

private:
    std::shared_ptr<const CaptureFile> m_file;
    QByteArray m_window;
    qint64 m_begin = 0;
};

} // namespace Sidewire
