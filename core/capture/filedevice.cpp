// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "filedevice.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#if defined(Q_OS_UNIX)
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <io.h>
#include <mutex>
#include <share.h>
#include <sys/stat.h>
#endif

namespace Sidewire::FileDevice {

namespace {

Error errorOf(int number, const QString &what)
{
    Error::Code code = Error::Code::Io;
    switch (number) {
    case ENOENT:
        code = Error::Code::NotFound;
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        code = Error::Code::PermissionDenied;
        break;
    case ENOSPC:
    case EFBIG:
#if defined(EDQUOT)
    case EDQUOT:
#endif
        code = Error::Code::NoSpace;
        break;
    default:
        break;
    }
    return {code, QStringLiteral("%1: %2").arg(what, QString::fromLocal8Bit(std::strerror(number)))};
}

QString cannotOpen(const QString &path)
{
    return QStringLiteral("cannot open %1").arg(path);
}

QString cannotCreate(const QString &path)
{
    return QStringLiteral("cannot create %1").arg(path);
}

/// Logs can outgrow a /tmp that is kept in memory, so the cache folder comes first.
QStringList temporaryFolders()
{
    return {QStandardPaths::writableLocation(QStandardPaths::CacheLocation), QStringLiteral("/var/tmp"),
            QDir::tempPath()};
}

} // namespace

#if defined(Q_OS_UNIX)

Result<Opened> openForReading(const QString &path)
{
    // O_NONBLOCK: opening a named pipe must not wait for its writer. It means nothing for regular files.
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return errorOf(errno, cannotOpen(path));
    }
    struct stat status
    {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        const char *what = S_ISDIR(status.st_mode) ? "it is a folder" : "it is not a regular file";
        return Error{Error::Code::Unsupported,
                     QStringLiteral("%1: %2").arg(cannotOpen(path), QString::fromLatin1(what))};
    }
    return Opened{descriptor, status.st_size};
}

Result<Opened> createLocked(const QString &path)
{
    const QFileInfo existing(path);
    if (existing.exists()) {
        if (!existing.isFile()) {
            return Error{Error::Code::Usage, QStringLiteral("%1: it is not a regular file").arg(cannotCreate(path))};
        }
        if (isLocked(path)) {
            return Error{Error::Code::PermissionDenied,
                         QStringLiteral("%1: another session is writing it").arg(cannotCreate(path))};
        }
        if (::unlink(QFile::encodeName(existing.canonicalFilePath()).constData()) != 0) {
            return errorOf(errno, cannotCreate(path));
        }
    }
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return errorOf(errno, cannotCreate(path));
    }
    // A file system without locks is no reason not to record; the file is only less protected.
    ::flock(descriptor, LOCK_EX | LOCK_NB);
    return Opened{descriptor, 0};
}

Result<Opened> createUnnamed()
{
    int lastError = ENOENT;
    for (const QString &folder : temporaryFolders()) {
        if (folder.isEmpty() || !QDir().mkpath(folder)) {
            continue;
        }
        QByteArray name = QFile::encodeName(folder) + "/sidewire-XXXXXX";
        const int descriptor = ::mkstemp(name.data()); // Mode 0600
        if (descriptor >= 0) {
            ::unlink(name.constData());
            ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
            return Opened{descriptor, 0};
        }
        lastError = errno;
    }
    return errorOf(lastError, QStringLiteral("cannot create a temporary log"));
}

void close(int descriptor)
{
    ::close(descriptor);
}

bool isLocked(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return false;
    }
    // A lock belongs to the open file, not to the process: one of our own is seen as well.
    const bool isTaken = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return isTaken;
}

qint64 readAt(int descriptor, qint64 offset, std::span<char> target)
{
    std::size_t done = 0;
    while (done < target.size()) {
        const ssize_t count = ::pread(descriptor, target.data() + done, target.size() - done,
                                      static_cast<off_t>(offset + static_cast<qint64>(done)));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return -1;
        }
        if (count == 0) {
            break;
        }
        done += static_cast<std::size_t>(count);
    }
    return static_cast<qint64>(done);
}

Written writeAt(int descriptor, qint64 offset, std::span<const char> bytes)
{
    Written written;
    while (written.bytes < std::ssize(bytes)) {
        const std::span<const char> rest = bytes.subspan(static_cast<std::size_t>(written.bytes));
        const ssize_t count =
            ::pwrite(descriptor, rest.data(), rest.size(), static_cast<off_t>(offset + written.bytes));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            written.error = errorOf(count < 0 ? errno : ENOSPC, QStringLiteral("cannot write the log"));
            break;
        }
        written.bytes += count;
    }
    return written;
}

void truncate(int descriptor, qint64 size)
{
    // Where it fails the torn end stays, which readers leave out.
    [[maybe_unused]] const int failed = ::ftruncate(descriptor, static_cast<off_t>(size));
}

bool isAt(int descriptor, const QString &path)
{
    struct stat own
    {};
    struct stat named
    {};
    if (::stat(QFile::encodeName(path).constData(), &named) != 0) {
        return errno != ENOENT && errno != ENOTDIR; // Otherwise it may well be there
    }
    return ::fstat(descriptor, &own) == 0 && own.st_ino == named.st_ino && own.st_dev == named.st_dev;
}

bool hasName(int descriptor)
{
    struct stat status
    {};
    return ::fstat(descriptor, &status) == 0 && status.st_nlink > 0;
}

#else // The C run-time of Windows: no pread, so the position of a descriptor is guarded; sharing rules are the lock.

namespace {

std::mutex &positionMutex()
{
    static std::mutex mutex;
    return mutex;
}

Result<Opened> openShared(const QString &path, int flags, int sharing)
{
    int descriptor = -1;
    const errno_t failed = ::_wsopen_s(&descriptor, reinterpret_cast<const wchar_t *>(path.utf16()),
                                       flags | _O_BINARY | _O_NOINHERIT, sharing, _S_IREAD | _S_IWRITE);
    if (failed != 0) {
        return errorOf(failed, cannotOpen(path));
    }
    return Opened{descriptor, ::_filelengthi64(descriptor)};
}

} // namespace

Result<Opened> openForReading(const QString &path)
{
    if (QFileInfo(path).isDir()) {
        return Error{Error::Code::Unsupported, QStringLiteral("%1: it is a folder").arg(cannotOpen(path))};
    }
    return openShared(path, _O_RDONLY, _SH_DENYNO);
}

Result<Opened> createLocked(const QString &path)
{
    return openShared(path, _O_RDWR | _O_CREAT | _O_TRUNC, _SH_DENYWR);
}

Result<Opened> createUnnamed()
{
    const QString name =
        QStringLiteral("%1/sidewire-%2.tmp").arg(QDir::tempPath()).arg(QRandomGenerator::system()->generate64());
    return openShared(name, _O_RDWR | _O_CREAT | _O_EXCL | _O_TEMPORARY, _SH_DENYNO);
}

void close(int descriptor)
{
    ::_close(descriptor);
}

bool isLocked(const QString &path)
{
    const Result<Opened> opened = openShared(path, _O_RDWR, _SH_DENYNO);
    if (opened) {
        ::_close(opened->descriptor);
    }
    return !opened && QFileInfo::exists(path);
}

qint64 readAt(int descriptor, qint64 offset, std::span<char> target)
{
    const std::scoped_lock lock(positionMutex());
    if (::_lseeki64(descriptor, offset, SEEK_SET) < 0) {
        return -1;
    }
    return ::_read(descriptor, target.data(), static_cast<unsigned>(target.size()));
}

Written writeAt(int descriptor, qint64 offset, std::span<const char> bytes)
{
    const std::scoped_lock lock(positionMutex());
    Written written;
    if (::_lseeki64(descriptor, offset, SEEK_SET) >= 0) {
        const int count = ::_write(descriptor, bytes.data(), static_cast<unsigned>(bytes.size()));
        written.bytes = std::max(count, 0);
    }
    if (written.bytes < std::ssize(bytes)) {
        written.error = errorOf(errno, QStringLiteral("cannot write the log"));
    }
    return written;
}

void truncate(int descriptor, qint64 size)
{
    ::_chsize_s(descriptor, size);
}

bool isAt(int, const QString &)
{
    return true; // An open file can be neither renamed nor removed
}

bool hasName(int)
{
    return true;
}

#endif

} // namespace Sidewire::FileDevice
