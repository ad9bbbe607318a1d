// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

namespace Sidewire {

/// Tells on the window's thread that a log has something new, at most once a frame however much comes.
///
/// Nothing runs while nothing moves: the log's doorbell posts one call, that arms a single-shot timer, and only when it
/// fires is the doorbell answered, so the next ring is a frame later at the earliest. Frames that cost much, painting included,
/// come less often: while a flood is recorded, the window takes no more than a twentieth of a core.
class LogWatcher final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogWatcher)

public:
    explicit LogWatcher(std::shared_ptr<SessionLog> log, QObject *parent = nullptr);
    ~LogWatcher() override;

    static constexpr int FrameMilliseconds = 16;

    /// How much longer to wait when `worked` nanoseconds of processor time went into the last frame, `elapsed` ago.
    static std::chrono::milliseconds rest(qint64 worked, qint64 elapsed);

Q_SIGNALS:
    void changed();

private:
    void onRing();
    void onFrame();

    std::shared_ptr<SessionLog> m_log;
    QTimer m_frame{this};
    qint64 m_last = 0; ///< When the last frame began
    qint64 m_workedBefore = 0; ///< By this thread, until then
};

} // namespace Sidewire
