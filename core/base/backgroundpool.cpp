// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "backgroundpool.h"

#include <QCoreApplication>
#include <QThreadPool>

#include <memory>

namespace Sidewire {

QThreadPool &backgroundPool()
{
    // Never destroyed: threads of others, which end later than the objects of this file, give it the tables they held.
    static QThreadPool *const pool = [] {
        qAddPostRoutine([] { backgroundPool().waitForDone(); });
        return std::make_unique<QThreadPool>().release();
    }();
    return *pool;
}

} // namespace Sidewire
