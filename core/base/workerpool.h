// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QThread>
#include <QThreadPool>

#include <functional>

namespace Sidewire {

/// Threads for one kind of work, so that long work of one kind keeps no other waiting. None of ours is done in Qt's global
/// pool (see backgroundPool()).
class WorkerPool final : public QThreadPool
{
    Q_DISABLE_COPY_MOVE(WorkerPool)

public:
    /// `name` is what its threads are called, by debuggers and profilers; 15 characters at most.
    explicit WorkerPool(const char *name, int threads = QThread::idealThreadCount());
};

/// For what is derived from logs and gives way to others. Beside a recording other threads are used, which take idle time
/// alone and never come back from that: see CurrentThread.
class DerivingPool
{
    Q_DISABLE_COPY_MOVE(DerivingPool)

public:
    DerivingPool(const char *name, const char *idleName, int threads = QThread::idealThreadCount());

    void start(bool isBesideRecording, std::function<void()> work);

private:
    WorkerPool m_pool;
    WorkerPool m_idle;
};

} // namespace Sidewire
