// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturefile.h"

#include <QByteArray>

#include <functional>
#include <memory>
#include <optional>

namespace Sidewire {

/// Bytes of a log through a least-recently-used cache of blocks, for readers that cannot wait. Thread-safe.
class ByteSource
{
public:
    explicit ByteSource(std::shared_ptr<const CaptureFile> file);
    ~ByteSource();
    Q_DISABLE_COPY_MOVE(ByteSource)

    /// Bytes [offset, offset + length) if they are in memory. Otherwise nothing, and they are fetched in the
    /// background; `ready` (see setReadyCallback) is called when they are there. For painting: gives no more than
    /// MaxTryLength bytes.
    std::optional<QByteArray> tryRead(qint64 offset, qint64 length) const;

    /// The same, but waits for the disk. Not for the window's thread. Shorter only at the committed end or after a disk error.
    QByteArray read(qint64 offset, qint64 length) const;

    /// Called on a worker thread, at most once for all fetches that are finished until the next tryRead() that fails.
    void setReadyCallback(std::function<void()> callback);

    static constexpr qint64 BlockSize = 64 * 1024;
    static constexpr qint64 CacheSize = 32 * 1024 * 1024; ///< Bytes of memory at most
    static constexpr qint64 MaxTryLength = 8 * 1024 * 1024; ///< So that what was fetched cannot push itself out

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace Sidewire
