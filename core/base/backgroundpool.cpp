// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "backgroundpool.h"

#include "core/base/workerpool.h"

#include <QCoreApplication>

#include <memory>

namespace Sidewire {

QThreadPool &backgroundPool()
{
    // Never destroyed: threads of others, which end later than the objects of this file, give it the tables they held.
    static QThreadPool *const pool = [] {
        qAddPostRoutine([] { backgroundPool().waitForDone(); });
        return std::make_unique<WorkerPool>("background").release();
    }();
    return *pool;
}

} // namespace Sidewire
