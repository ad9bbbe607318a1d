// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "firstframes.h"

#include "core/base/clock.h"
#include "core/index/sessionlog.h"
#include "ui/views/messageview.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QPointer>

#if defined(Q_OS_LINUX)
#include <time.h>
#include <unistd.h>
#endif

namespace Sidewire {

namespace {

constexpr qint64 Millisecond = 1'000'000; // ns

/// On Clock's time.
qint64 startOfProcess()
{
#if defined(Q_OS_LINUX)
    QFile file(QStringLiteral("/proc/self/stat"));
    if (file.open(QIODevice::ReadOnly)) {
        constexpr qsizetype StartTime = 19; // proc(5): the 22nd field; the second one, in brackets, may have any bytes
        const QByteArray line = file.readAll();
        const QList<QByteArray> fields = line.sliced(line.lastIndexOf(')') + 2).split(' ');
        timespec boot{};
        if (fields.size() > StartTime && ::clock_gettime(CLOCK_BOOTTIME, &boot) == 0) {
            const qint64 start = fields[StartTime].toLongLong() * (1000 / ::sysconf(_SC_CLK_TCK)) * Millisecond;
            return Clock::now() - (boot.tv_sec * 1000 * Millisecond + boot.tv_nsec - start);
        }
    }
#endif
    return Clock::now();
}

} // namespace

FirstFrames::FirstFrames(QObject *parent)
    : QObject(parent)
    , m_start(startOfProcess())
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool FirstFrames::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Paint) {
        return false;
    }
    // A queued call runs after the whole frame was painted and flushed.
    if (!m_frame) {
        QMetaObject::invokeMethod(this, &FirstFrames::onFrame, Qt::QueuedConnection);
    }
    const auto *messages = qobject_cast<MessageView *>(watched->parent());
    if (!m_rows && messages && watched == messages->viewport() && messages->lineCount() > 0) {
        m_log = messages->log();
        const auto onRows = [this, view = QPointer(messages)] {
            if (!m_rows && view && !view->isWaitingForBytes()) {
                m_rows = sinceStart();
            }
        };
        QMetaObject::invokeMethod(this, onRows, Qt::QueuedConnection);
    }
    if (!m_indexed && m_log && m_log->progress().isCaughtUp) {
        m_indexed = sinceStart();
    }
    if (m_rows && m_indexed) {
        m_log.reset();
        QCoreApplication::instance()->removeEventFilter(this);
    }
    return false;
}

void FirstFrames::onFrame()
{
    if (!m_frame) { // A frame has many widgets
        m_frame = sinceStart();
        Q_EMIT shown();
    }
}

qint64 FirstFrames::sinceStart() const
{
    return (Clock::now() - m_start) / Millisecond;
}

} // namespace Sidewire
