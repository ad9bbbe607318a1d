// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QtGlobal>

/// What the index asks of the operating system beyond what Qt gives. Linux is the measured one; elsewhere the tables lie in
/// ordinary memory.
namespace Sidewire::Platform {

/// Chunks start at multiples of this: the largest page size there is.
constexpr qint64 MapAlignment = 64 * 1024;

/// A file without a name in the cache folder (made with mode 0700 if missing), gone when it is closed. Never in /tmp,
/// which is often memory.
Result<int> openScratchFile();
void closeFile(int descriptor);

/// Makes sure that the disk holds bytes [offset, offset + size), then maps them for reading. A full disk is an Error here,
/// so that reading the memory later is safe.
Result<char *> growAndMap(int descriptor, qint64 offset, qint64 size);
void unmap(char *memory, qint64 size);

/// A place in a file that is mapped.
struct Place
{
    int descriptor;
    qint64 offset;
    char *memory; ///< Where a system without mappings keeps it
};
Result<void> write(const Place &place, const void *bytes, qint64 size);

} // namespace Sidewire::Platform
