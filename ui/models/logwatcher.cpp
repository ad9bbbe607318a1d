// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logwatcher.h"

#include "core/base/clock.h"

#include <algorithm>

#if defined(Q_OS_UNIX)
#include <time.h>
#endif

namespace Sidewire {

namespace {

constexpr qint64 Millisecond = 1'000'000; // ns
constexpr qint64 Share = 20; // One part work, the rest for the others; the display works about as much again
constexpr qint64 LongestPause = 100 * Millisecond; // Whatever it costs, the window is seen to move

/// Processor time of this thread in nanoseconds; 0 where the system does not tell.
qint64 timeWorked()
{
#if defined(Q_OS_UNIX)
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1000 * Millisecond + time.tv_nsec;
#else
    return 0;
#endif
}

} // namespace

LogWatcher::LogWatcher(std::shared_ptr<SessionLog> log, QObject *parent)
    : QObject(parent)
    , m_log(std::move(log))
{
    m_frame.setSingleShot(true);
    connect(&m_frame, &QTimer::timeout, this, &LogWatcher::onFrame);
    m_log->setDoorbell([this] { QMetaObject::invokeMethod(this, &LogWatcher::onRing, Qt::QueuedConnection); });
    // Whatever came before the doorbell hung.
    m_frame.start(FrameMilliseconds);
}

LogWatcher::~LogWatcher()
{
    m_log->setDoorbell({});
}

void LogWatcher::onRing()
{
    if (!m_frame.isActive()) {
        m_frame.start(FrameMilliseconds);
    }
}

std::chrono::milliseconds LogWatcher::rest(qint64 worked, qint64 elapsed)
{
    return std::chrono::milliseconds(std::max<qint64>(0, std::min(worked * Share, LongestPause) - elapsed)
                                     / Millisecond);
}

void LogWatcher::onFrame()
{
    // Only now: the last frame was painted after its onFrame().
    const qint64 now = Clock::now();
    const qint64 worked = timeWorked();
    if (const auto more = rest(worked - m_workedBefore, now - m_last); more.count() > 0) {
        m_frame.start(more);
        return;
    }
    m_last = now;
    m_workedBefore = worked;
    m_log->answerDoorbell();
    Q_EMIT changed();
}

} // namespace Sidewire
