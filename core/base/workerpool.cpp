// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "workerpool.h"

namespace Sidewire {

WorkerPool::WorkerPool(const char *name, int threads)
{
    setObjectName(QString::fromLatin1(name));
    setMaxThreadCount(threads);
}

} // namespace Sidewire
