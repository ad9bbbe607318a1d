// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace Sidewire {

/// Says when what a change entails may be done: in a later turn after a single change; where changes follow each other, as
/// those of a key that is held, once they pause. So no step of many waits for what nobody has the time to read.
class PauseTimer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PauseTimer)

public:
    explicit PauseTimer(QObject *parent = nullptr);

    void start(); ///< With each change
    void stop() { m_timer.stop(); }
    bool isActive() const { return m_timer.isActive(); }

Q_SIGNALS:
    void paused();

private:
    QTimer m_timer;
    QElapsedTimer m_sinceLast;
};

} // namespace Sidewire
