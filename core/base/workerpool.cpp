// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "workerpool.h"

#include "core/base/currentthread.h"

#include <utility>

namespace Sidewire {

WorkerPool::WorkerPool(const char *name, int threads)
{
    setObjectName(QString::fromLatin1(name));
    setMaxThreadCount(threads);
}

DerivingPool::DerivingPool(const char *name, const char *idleName, int threads)
    : m_pool(name, threads)
    , m_idle(idleName, threads)
{}

void DerivingPool::start(bool isBesideRecording, std::function<void()> work)
{
    WorkerPool &pool = isBesideRecording ? m_idle : m_pool;
    pool.start([isBesideRecording, work = std::move(work)] {
        isBesideRecording ? CurrentThread::takeIdleTime() : CurrentThread::giveWay();
        work();
    });
}

} // namespace Sidewire
