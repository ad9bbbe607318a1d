// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/answer.h"
#include "core/session/streamconnection.h"

#include <QTimer>

namespace Sidewire {

/// Plain TCP: bytes verbatim, with the answers that a listener may give.
class TcpConnection final : public StreamConnection
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TcpConnection)

public:
    TcpConnection(std::unique_ptr<ConnectionRecorder> recorder, std::unique_ptr<QAbstractSocket> socket, Answer answer,
                  QObject *parent);

    Result<void> send(const SendRequest &request) override;

Q_SIGNALS:
    void finReceived(); ///< The peer has ended its direction; ours may go on

private:
    void begin() override;
    void onFinReceived() override;
    void reply(const QByteArray &received);
    void sendTime();

    Answer m_answer;
    QTimer m_clock;
};

} // namespace Sidewire
