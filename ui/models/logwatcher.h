// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace Sidewire {

/// Tells on the window's thread that a log has something new, at most once a frame however much comes.
///
/// Nothing runs while nothing moves: the log's doorbell posts one call, that arms a single-shot timer, and only when it
/// fires is the doorbell answered, so the next ring is a frame later at the earliest.
class LogWatcher final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogWatcher)

public:
    explicit LogWatcher(std::shared_ptr<SessionLog> log, QObject *parent = nullptr);
    ~LogWatcher() override;

    static constexpr int FrameMilliseconds = 16;

Q_SIGNALS:
    void changed();

private:
    void onRing();
    void onFrame();

    std::shared_ptr<SessionLog> m_log;
    QTimer m_frame{this};
};

} // namespace Sidewire
