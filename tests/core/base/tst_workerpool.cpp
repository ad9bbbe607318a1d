// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/base/currentthread.h"
#include "core/base/workerpool.h"
#include "tests/support/testsupport.h"

#include <QFile>
#include <QTest>

#include <thread>

#if defined(Q_OS_LINUX)
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

using namespace Sidewire;

namespace {

QByteArray nameOfThread()
{
    QFile file(QStringLiteral("/proc/thread-self/comm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

} // namespace

class tst_WorkerPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void itsThreadsBearItsName();
    void aThreadThatTakesIdleTimeIsAlone();
};

void tst_WorkerPool::itsThreadsBearItsName()
{
#if defined(Q_OS_LINUX)
    WorkerPool pool("some-work", 1);
    QByteArray name;
    pool.start([&name] { name = nameOfThread(); });
    QVERIFY(pool.waitForDone());
    QCOMPARE(name, "some-work");
#else
    QSKIP("only Linux tells");
#endif
}

void tst_WorkerPool::aThreadThatTakesIdleTimeIsAlone()
{
#if defined(Q_OS_LINUX)
    int idle = -1;
    int derived = -1;
    std::thread([&] {
        CurrentThread::takeIdleTime();
        idle = ::sched_getscheduler(0);
    }).join();
    std::thread([&] {
        CurrentThread::giveWay();
        derived = ::getpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)));
    }).join();
    QCOMPARE(idle, SCHED_IDLE);
    QCOMPARE(::sched_getscheduler(0), SCHED_OTHER);
    QVERIFY(derived > ::getpriority(PRIO_PROCESS, 0) || derived == 19);
#else
    QSKIP("only Linux has such threads");
#endif
}

QTEST_GUILESS_MAIN(tst_WorkerPool)
#include "tst_workerpool.moc"
