// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/proxyhandshake.h"
#include "core/protocol/http/httphead.h"

#include <QUrl>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qsizetype MaxHead = 64 * 1024; // All of them together

class HttpConnect final : public ProxyHandshake
{
public:
    HttpConnect(const Target &target, const Login &login)
        : m_hasLogin(!login.user.isEmpty())
    {
        const QByteArray authority = asciiAuthority(target);
        QByteArray request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
        if (m_hasLogin) {
            const QByteArray pair = login.user.toUtf8() + ':' + login.password.toUtf8();
            request += "Proxy-Authorization: Basic " + pair.toBase64() + "\r\n";
        }
        say(request + "\r\n");
    }

    qsizetype feed(QByteArrayView bytes) override
    {
        if (state() != State::Asking) {
            return bytes.size(); // The body of a refusal
        }
        const qsizetype before = m_head.size();
        m_head += bytes.first(std::min(bytes.size(), MaxHead - before)).toByteArray();
        qsizetype searched = before;
        while (state() == State::Asking) {
            const QByteArrayView status("HTTP/");
            if (!status.startsWith(m_head.left(status.size())) && !m_head.startsWith(status)) {
                refuse(QStringLiteral("the proxy's answer is not HTTP"));
                break;
            }
            const std::optional<qint64> end = findHeadEnd(m_head, searched);
            if (!end) {
                if (m_skipped + m_head.size() >= MaxHead) {
                    refuse(QStringLiteral("the proxy's answer has no end"));
                }
                break;
            }
            judge(parseHttpHead(QByteArrayView(m_head).first(*end)));
            if (state() == State::Accepted) {
                return m_skipped + *end - m_taken;
            }
            m_head.remove(0, *end);
            m_skipped += *end;
            searched = 0;
        }
        m_taken += bytes.size();
        return bytes.size();
    }

private:
    static QByteArray asciiAuthority(const Target &target)
    {
        if (target.host.contains(u':')) {
            return target.toString().toLatin1();
        }
        const QByteArray name = QUrl::toAce(target.host);
        return (name.isEmpty() ? target.host.toUtf8() : name) + ':' + QByteArray::number(target.port);
    }

    void judge(const HttpHead &head)
    {
        if (head.isRequest || head.status == 0) {
            refuse(QStringLiteral("the proxy's answer is not HTTP"));
            return;
        }
        const QString answer =
            QStringLiteral("%1 %2").arg(head.status).arg(QString::fromLatin1(head.reason)).simplified();
        if (head.status >= 200 && head.status < 300) {
            accept(answer);
        } else if (head.status == 407) {
            const QString scheme = QString::fromLatin1(head.value("Proxy-Authenticate").split(' ').front());
            QString sentence = QStringLiteral("the proxy answered %1").arg(answer);
            sentence += m_hasLogin ? QStringLiteral("; user or password are not accepted")
                                   : QStringLiteral("; it wants a user and a password");
            refuse(scheme.isEmpty() ? sentence : sentence + QStringLiteral(" (%1)").arg(scheme), answer);
        } else if (head.status >= 200) {
            refuse(QStringLiteral("the proxy answered %1").arg(answer), answer);
        }
        // Of an interim answer (RFC 9110, 15.2) nothing follows.
    }

    bool m_hasLogin;
    QByteArray m_head; ///< What has come of the present one
    qsizetype m_skipped = 0; ///< Bytes of interim heads
    qsizetype m_taken = 0; ///< Bytes of earlier calls
};

} // namespace

std::unique_ptr<ProxyHandshake> ProxyHandshake::httpConnect(const Target &target, const Login &login)
{
    return std::make_unique<HttpConnect>(target, login);
}

} // namespace Sidewire
