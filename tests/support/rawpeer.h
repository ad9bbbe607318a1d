// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <memory>
#include <vector>

namespace Sidewire::TestSupport {

/// A TCP peer whose every byte, FIN and RST is decided by the test, on plain system calls and independent of the code under
/// test. It never blocks: each function first moves what can be moved, so wait with QTRY_COMPARE(peer.received(), ...).
class RawPeer
{
public:
    enum class Accepting { Yes, Never };

    /// Listens on 127.0.0.1 for one client. One that never accepts and has a full backlog does not answer a SYN either.
    explicit RawPeer(Accepting accepting = Accepting::Yes);
    ~RawPeer();
    Q_DISABLE_COPY_MOVE(RawPeer)

    /// A client of a listener on 127.0.0.1.
    static std::unique_ptr<RawPeer> connectTo(quint16 port);

    quint16 port() const { return m_port; }
    bool isConnected();

    void send(const QByteArray &bytes);
    qsizetype unsent(); ///< Bytes of send() that the kernel has not taken
    void finishSending(); ///< FIN, after what is unsent
    void reset(); ///< RST now
    void close();
    void setReading(bool isReading) { m_isReading = isReading; }

    const QByteArray &received();
    bool isFinReceived();
    bool isReset(); ///< By the other side

    /// A port of 127.0.0.1 that nobody listens on.
    static quint16 unusedPort();

private:
    struct Client
    {};
    explicit RawPeer(Client);
    void pump();

    int m_listener = -1;
    int m_socket = -1;
    quint16 m_port = 0;
    QByteArray m_unsent;
    QByteArray m_received;
    Accepting m_accepting = Accepting::Yes;
    bool m_isReading = true;
    bool m_wantsFin = false;
    bool m_isFinReceived = false;
    bool m_isReset = false;
    std::vector<int> m_fillers; ///< Connections that keep the backlog full
};

} // namespace Sidewire::TestSupport
