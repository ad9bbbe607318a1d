// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <span>

namespace Sidewire {

/// The bytes of a log file, shared by the one who writes it and all who read it.
///
/// Readers may read [0, committed()), which never changes again. Thread-safe. The file stays readable while an object
/// of this class exists, even when its name is removed.
class CaptureFile
{
public:
    /// Opens an existing file for reading; it does not grow. Takes what is there as committed.
    static Result<std::shared_ptr<CaptureFile>> open(const QString &path);

    /// Creates a new file, mode 0600, locked against other programs (see isLockedByOther()). An empty path makes an
    /// unlinked temporary file. An existing file of that name is replaced unless it is locked. It grows until finish().
    static Result<std::shared_ptr<CaptureFile>> create(const QString &path);

    ~CaptureFile();
    Q_DISABLE_COPY_MOVE(CaptureFile)

    QString path() const { return m_path; } ///< Empty for a temporary file

    /// Where the file is: at its path (a temporary file always), elsewhere after a rename, nowhere after a removal. Looks
    /// at the disk, so not for the window's thread.
    enum class Place { Here, Elsewhere, Nowhere };
    Place place() const;

    /// Bytes that can be read; whole blocks only.
    qint64 committed() const { return m_committed.load(std::memory_order_acquire); }

    /// True until the writer is done.
    bool isGrowing() const { return m_isGrowing.load(std::memory_order_acquire); }

    /// Reads up to target.size() bytes at `offset`. Blocks on the disk: not for the window's thread. Returns how many were
    /// read (fewer only at the committed end), or -1 with a disk error.
    qint64 read(qint64 offset, std::span<char> target) const;

    /// Called after each growth and after finish(), on the thread that writes. One listener; empty to remove it, and
    /// once this has returned the old one is not running any more.
    void setGrowthListener(std::function<void()> listener);

    /// Whether a running program holds the lock of this log (one of our own sessions counts as well), so that recovery and clean-up leave it alone.
    static bool isLockedByOther(const QString &path);

    // For the writer.
    int descriptor() const { return m_descriptor; }
    void commit(qint64 length);
    void finish();

private:
    CaptureFile(QString path, int descriptor, qint64 committed, bool isGrowing);
    void notify();

    QString m_path;
    int m_descriptor = -1;
    std::atomic<qint64> m_committed;
    std::atomic<bool> m_isGrowing;
    std::mutex m_listenerMutex;
    std::function<void()> m_listener;
};

} // namespace Sidewire
