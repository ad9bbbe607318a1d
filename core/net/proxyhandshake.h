// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>

namespace Sidewire {

/// Asks a proxy for the way to a target: a pure state machine, bytes in and bytes out.
///
/// What it takes belongs to the proxy; what follows is the target's. How the proxy's bytes were split changes nothing.
class ProxyHandshake
{
    Q_DISABLE_COPY_MOVE(ProxyHandshake)

public:
    /// Where to. A name is sent as a name, so that the proxy resolves it.
    struct Target
    {
        QString host;
        quint16 port = 0;

        QString toString() const; ///< "example.test:80", "[::1]:80"
    };
    struct Login
    {
        QString user; ///< Empty: none is offered
        QString password;
    };
    enum class State {
        Asking, ///< The proxy has something to say
        Accepted,
        Refused, ///< Or not understood: see error()
    };

    /// CONNECT (RFC 9110, 9.3.6), with Basic authentication (RFC 7617) when there is a login.
    static std::unique_ptr<ProxyHandshake> httpConnect(const Target &target, const Login &login);

    /// SOCKS5 (RFC 1928), with user and password (RFC 1929) when there is a login.
    static std::unique_ptr<ProxyHandshake> socks5(const Target &target, const Login &login);

    virtual ~ProxyHandshake();

    /// Takes what belongs to the proxy and returns how much that was: all of it until the proxy has accepted.
    virtual qsizetype feed(QByteArrayView bytes) = 0;

    QByteArray takeOutput(); ///< What is to be sent now; empty for nothing
    State state() const { return m_state; }
    QString answer() const { return m_answer; } ///< What the proxy said in the end, in words
    Error error() const { return m_error; } ///< A sentence that names the proxy as who refuses

protected:
    ProxyHandshake() = default;

    void say(const QByteArray &bytes) { m_output += bytes; }
    void accept(const QString &answer);
    void refuse(const QString &sentence, const QString &answer = {});

private:
    State m_state = State::Asking;
    QByteArray m_output;
    QString m_answer;
    Error m_error;
};

} // namespace Sidewire
