// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "platform.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>
#include <cstring>

#if defined(Q_OS_LINUX)
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <cstdlib>
#endif

namespace Sidewire::Platform {

#if defined(Q_OS_LINUX)

namespace {

Error diskError(int code, const QString &what)
{
    const bool isFull = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return {isFull ? Error::Code::NoSpace : Error::Code::Io,
            what + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(code))};
}

} // namespace

Result<int> openScratchFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
    const QByteArray path = QFile::encodeName(folder);
    if (!QDir(folder).exists()) {
        const QString parent = QDir(folder).filePath(QStringLiteral(".."));
        if (!QDir().mkpath(QDir::cleanPath(parent)) || (::mkdir(path.constData(), 0700) == -1 && errno != EEXIST)) {
            return diskError(errno, QStringLiteral("Cannot make the cache folder ") + folder);
        }
    }

#if defined(O_TMPFILE)
    const int descriptor = ::open(path.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor != -1) {
        return descriptor;
    }
#endif
    // Not all file systems make files without a name (NFS, older overlays).
    QByteArray name = path + "/index-XXXXXX";
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named == -1) {
        return diskError(errno, QStringLiteral("Cannot write to the cache folder ") + folder);
    }
    ::unlink(name.constData());
    return named;
}

void closeFile(int descriptor)
{
    ::close(descriptor);
}

Result<char *> growAndMap(int descriptor, qint64 offset, qint64 size)
{
    if (const int code = ::posix_fallocate(descriptor, offset, size); code != 0) {
        return diskError(code, QStringLiteral("Cannot grow the index"));
    }
    void *memory = ::mmap(nullptr, static_cast<size_t>(size), PROT_READ, MAP_SHARED, descriptor, offset);
    if (memory == MAP_FAILED) {
        return diskError(errno, QStringLiteral("Cannot map the index"));
    }
    return static_cast<char *>(memory);
}

void unmap(char *memory, qint64 size)
{
    ::munmap(memory, static_cast<size_t>(size));
}

Result<void> write(const Place &place, const void *bytes, qint64 size)
{
    for (qint64 done = 0; done < size;) {
        const ssize_t written = ::pwrite(place.descriptor, static_cast<const char *>(bytes) + done,
                                         static_cast<size_t>(size - done), place.offset + done);
        if (written < 0 && errno != EINTR) {
            return diskError(errno, QStringLiteral("Cannot write the index"));
        }
        done += std::max<qint64>(written, 0);
    }
    return {};
}

#else

Result<int> openScratchFile()
{
    return 0;
}

void closeFile(int)
{}

Result<char *> growAndMap(int, qint64, qint64 size)
{
    auto *memory = static_cast<char *>(std::calloc(1, static_cast<size_t>(size)));
    if (!memory) {
        return Error{Error::Code::NoSpace, QStringLiteral("Out of memory for the index")};
    }
    return memory;
}

void unmap(char *memory, qint64)
{
    std::free(memory);
}

Result<void> write(const Place &place, const void *bytes, qint64 size)
{
    std::memcpy(place.memory, bytes, static_cast<size_t>(size));
    return {};
}

#endif

} // namespace Sidewire::Platform
