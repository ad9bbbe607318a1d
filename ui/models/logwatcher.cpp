// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logwatcher.h"

namespace Sidewire {

LogWatcher::LogWatcher(std::shared_ptr<SessionLog> log, QObject *parent)
    : QObject(parent)
    , m_log(std::move(log))
{
    m_frame.setSingleShot(true);
    m_frame.setInterval(FrameMilliseconds);
    connect(&m_frame, &QTimer::timeout, this, &LogWatcher::onFrame);
    m_log->setDoorbell([this] { QMetaObject::invokeMethod(this, &LogWatcher::onRing, Qt::QueuedConnection); });
    // Whatever came before the doorbell hung.
    m_frame.start();
}

LogWatcher::~LogWatcher()
{
    m_log->setDoorbell({});
}

void LogWatcher::onRing()
{
    if (!m_frame.isActive()) {
        m_frame.start();
    }
}

void LogWatcher::onFrame()
{
    m_log->answerDoorbell();
    Q_EMIT changed();
}

} // namespace Sidewire
