// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "layerevents.h"

#include <QJsonDocument>

#include <algorithm>

namespace Sidewire::LayerEvents {

namespace {

QString verificationOf(const TlsFacts &facts)
{
    if (facts.verification == QLatin1String("off")) {
        return QStringLiteral("not verified");
    }
    if (facts.verification == QLatin1String("pinned")) {
        return QStringLiteral("the pinned certificate");
    }
    if (facts.verification == QLatin1String("none")) {
        return QStringLiteral("no certificate asked for");
    }
    return facts.verification;
}

QString problemsOf(const TlsFacts &facts)
{
    QStringList problems;
    for (const TlsProblem &problem : facts.problems) {
        problems.append(problem.what);
    }
    return problems.join(QStringLiteral("; "));
}

/// An event that is too long loses all of its data, and the peer chooses how long its chain is.
TlsFacts bounded(TlsFacts facts)
{
    constexpr qsizetype MaxFacts = 100 * 1024;
    constexpr qsizetype FewNames = 10;
    const auto isTooLong = [&facts] {
        return QJsonDocument(facts.toJson()).toJson(QJsonDocument::Compact).size() > MaxFacts;
    };
    if (isTooLong()) {
        for (CertificateFacts &certificate : facts.chain) {
            certificate.names = certificate.names.mid(0, FewNames);
        }
    }
    while (isTooLong() && facts.chain.size() > 1) {
        facts.chain.pop_back();
    }
    return facts;
}

} // namespace

void streamBegins(ConnectionRecorder &recorder, Layer layer)
{
    const bool isTls = layer == Layer::Tls;
    recorder.append(EventType::StreamBegins,
                    isTls ? QStringLiteral("TLS begins: from here on the recorded bytes are its plaintext")
                          : QStringLiteral("The tunnel begins: from here on the bytes are those of the target"),
                    {{QStringLiteral("layer"), isTls ? QStringLiteral("tls") : QStringLiteral("tunnel")}});
}

void proxied(ConnectionRecorder &recorder, const QString &proxy, const QString &target, const ProxyHandshake &handshake)
{
    const bool isAccepted = handshake.state() == ProxyHandshake::State::Accepted;
    const QString message = isAccepted
        ? QStringLiteral("The proxy %1 has connected to %2: %3").arg(proxy, target, handshake.answer())
        : QStringLiteral("The proxy %1 has not connected to %2: %3").arg(proxy, target, handshake.error().detail);
    recorder.append(EventType::Proxied, message,
                    {{QStringLiteral("proxy"), proxy},
                     {QStringLiteral("target"), target},
                     {QStringLiteral("accepted"), isAccepted},
                     {QStringLiteral("answer"), handshake.answer()}},
                    isAccepted ? Event::Severity::Info : Event::Severity::Warning);
}

void redirected(ConnectionRecorder &recorder, int status, const QString &location, const Result<void> &followed)
{
    recorder.append(EventType::Redirected,
                    followed ? QStringLiteral("Redirected (%1) to %2").arg(status).arg(location)
                             : QStringLiteral("Redirected (%1) to %2, not followed: %3")
                                   .arg(QString::number(status), location, followed.error().detail),
                    {{QStringLiteral("status"), status},
                     {QStringLiteral("location"), location},
                     {QStringLiteral("followed"), followed.has_value()}},
                    followed ? Event::Severity::Info : Event::Severity::Warning);
}

void secured(ConnectionRecorder &recorder, const TlsFacts &facts)
{
    QStringList parts{facts.protocol, facts.cipher, verificationOf(facts)};
    if (!facts.alpn.isEmpty()) {
        parts.append(QStringLiteral("ALPN ") + facts.alpn);
    }
    parts.removeAll(QString());
    recorder.append(EventType::Secured, parts.join(QStringLiteral(", ")), bounded(facts).toJson());
}

void verifyFailed(ConnectionRecorder &recorder, const TlsFacts &facts, bool isFatal)
{
    QJsonObject data = bounded(facts).toJson();
    data.insert(QStringLiteral("fatal"), isFatal);
    recorder.append(EventType::VerifyFailed,
                    (isFatal ? QStringLiteral("The peer's certificate was not accepted: %1")
                             : QStringLiteral("The peer's certificate was accepted all the same: %1"))
                        .arg(problemsOf(facts)),
                    data, isFatal ? Event::Severity::Error : Event::Severity::Warning);
}

} // namespace Sidewire::LayerEvents
