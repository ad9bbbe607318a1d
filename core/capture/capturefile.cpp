// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "capturefile.h"

#include "core/capture/filedevice.h"

#include <algorithm>

namespace Sidewire {

Result<std::shared_ptr<CaptureFile>> CaptureFile::open(const QString &path)
{
    const Result<FileDevice::Opened> opened = FileDevice::openForReading(path);
    if (!opened) {
        return opened.error();
    }
    return std::shared_ptr<CaptureFile>(new CaptureFile(path, opened->descriptor, opened->size, false));
}

Result<std::shared_ptr<CaptureFile>> CaptureFile::create(const QString &path)
{
    const Result<FileDevice::Opened> opened =
        path.isEmpty() ? FileDevice::createUnnamed() : FileDevice::createLocked(path);
    if (!opened) {
        return opened.error();
    }
    return std::shared_ptr<CaptureFile>(new CaptureFile(path, opened->descriptor, 0, true));
}

CaptureFile::CaptureFile(QString path, int descriptor, qint64 committed, bool isGrowing)
    : m_path(std::move(path))
    , m_descriptor(descriptor)
    , m_committed(committed)
    , m_isGrowing(isGrowing)
{}

CaptureFile::~CaptureFile()
{
    FileDevice::close(m_descriptor);
}

qint64 CaptureFile::read(qint64 offset, std::span<char> target) const
{
    const qint64 left = committed() - offset;
    if (offset < 0 || left <= 0 || target.empty()) {
        return 0;
    }
    const auto size = static_cast<std::size_t>(std::min<qint64>(left, std::ssize(target)));
    return FileDevice::readAt(m_descriptor, offset, target.first(size));
}

void CaptureFile::setGrowthListener(std::function<void()> listener)
{
    const std::scoped_lock lock(m_listenerMutex);
    m_listener = std::move(listener);
}

CaptureFile::Place CaptureFile::place() const
{
    if (m_path.isEmpty() || FileDevice::isAt(m_descriptor, m_path)) {
        return Place::Here;
    }
    return FileDevice::hasName(m_descriptor) ? Place::Elsewhere : Place::Nowhere;
}

bool CaptureFile::isLockedByOther(const QString &path)
{
    return FileDevice::isLocked(path);
}

void CaptureFile::commit(qint64 length)
{
    Q_ASSERT(length >= m_committed.load(std::memory_order_relaxed));
    m_committed.store(length, std::memory_order_release);
    notify();
}

void CaptureFile::finish()
{
    m_isGrowing.store(false, std::memory_order_release);
    notify();
}

void CaptureFile::notify()
{
    // Called under the lock, so that setGrowthListener() returns only when the old listener does not run.
    const std::scoped_lock lock(m_listenerMutex);
    if (m_listener) {
        m_listener();
    }
}

} // namespace Sidewire
