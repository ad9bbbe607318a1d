// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "backgroundpool.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace Sidewire {

QThreadPool &backgroundPool()
{
    static QThreadPool pool;
    static const bool isWaitedFor = [] {
        qAddPostRoutine([] { pool.waitForDone(); });
        return true;
    }();
    Q_UNUSED(isWaitedFor);
    return pool;
}

} // namespace Sidewire
