// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QString>

#include <span>

/// What log files need of the operating system: descriptors, locks, reads and writes at a place. The one file of
/// core/capture that differs between platforms.
namespace Sidewire::FileDevice {

struct Opened
{
    int descriptor = -1;
    qint64 size = 0;
};

/// An existing regular file, for reading.
Result<Opened> openForReading(const QString &path);

/// A new file that only this user can read, with its lock held. An existing regular file of this name is replaced (its
/// readers keep the old one) unless it is locked.
Result<Opened> createLocked(const QString &path);

/// A new file without a name, on a disk rather than in memory where there is a choice.
Result<Opened> createUnnamed();

void close(int descriptor);

/// Whether somebody holds the lock that createLocked() took.
bool isLocked(const QString &path);

/// How many bytes were read at `offset`, fewer only at the end; -1 for an error.
qint64 readAt(int descriptor, qint64 offset, std::span<char> target);

/// How many bytes were written at `offset` before an error came, if one did.
struct Written
{
    qint64 bytes = 0;
    std::optional<Error> error;
};
Written writeAt(int descriptor, qint64 offset, std::span<const char> bytes);

void truncate(int descriptor, qint64 size);

/// Whether `path` names this very file.
bool isAt(int descriptor, const QString &path);

/// Whether it has any name, or was removed.
bool hasName(int descriptor);

} // namespace Sidewire::FileDevice
