// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/export/exporter.h"
#include "core/export/jsonwriter.h"
#include "core/payload/escapes.h"

namespace Sidewire {

namespace {

constexpr auto In = indexOf(Direction::In);
constexpr auto Out = indexOf(Direction::Out);

QString toText(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

double milliseconds(const Phase &phase)
{
    return double(phase.end - phase.begin) / 1e6;
}

/// How the session went: that of its listening, or of its newest connection.
struct Outcome
{
    QString name = QStringLiteral("none");
    QString error;
};

Outcome outcomeOf(const SessionLog &log)
{
    if (log.header().target.contains(QLatin1String("-listen:"))) { // Whose clients fail on their own account
        switch (log.session().listenState) {
        case ListenState::Listening:
        case ListenState::AcceptPaused:
            return {QStringLiteral("open"), {}};
        case ListenState::Stopped:
            return {QStringLiteral("closed"), {}};
        case ListenState::NotYet:
        case ListenState::Failed:
            break;
        }
    }
    if (const qint64 count = log.connectionCount(); count != 0) {
        const ConnectionInfo newest = log.connection(ConnectionId(static_cast<quint32>(count - 1)));
        const QString error = newest.error.isEmpty() ? newest.unreachable : newest.error;
        return {newest.isOver() ? toText(toString(newest.state)) : QStringLiteral("open"), error};
    }
    for (qint64 row = log.events().count() - 1; row >= 0; --row) {
        if (log.events().at(row).type == EventType::ListenFailed) {
            const Event event = log.event(row);
            return {QStringLiteral("failed"), event.data.value(QLatin1String("error")).toString(event.message)};
        }
    }
    return {};
}

bool isWebSocket(const SessionLog &log, const ConnectionInfo &info)
{
    return info.httpStatus != 0 || log.header().target.startsWith(QLatin1String("ws"));
}

QString closedBy(ClosedBy by)
{
    return by == ClosedBy::Us  ? QStringLiteral("us")
        : by == ClosedBy::Peer ? QStringLiteral("peer")
                               : QStringLiteral("nobody");
}

/// What the peer said when it closed, or what we said.
std::size_t closingDirection(const ConnectionInfo &info)
{
    return info.closeCodes[In] ? In : Out;
}

void writeTextOrNull(JsonWriter &json, const char *key, const QString &text)
{
    json.key(key);
    if (text.isEmpty()) {
        json.null();
    } else {
        json.text(text);
    }
}

void writeWebSocket(JsonWriter &json, const ConnectionInfo &info)
{
    const std::size_t closing = closingDirection(info);
    json.beginObject();
    json.key("status").number(info.httpStatus);
    json.key("subprotocol").text(info.subprotocol);
    json.key("extensions").text(info.extensions);
    json.key("close_code");
    if (info.closeCodes[closing]) {
        json.number(*info.closeCodes[closing]);
    } else {
        json.null();
    }
    json.key("close_reason").text(info.closeReasons[closing]);
    json.endObject();
}

void writeTls(JsonWriter &json, const TlsFacts &tls)
{
    json.beginObject();
    json.key("protocol").text(tls.protocol);
    json.key("cipher").text(tls.cipher);
    json.key("alpn").text(tls.alpn);
    json.key("sni").text(tls.sni);
    json.key("ms").milliseconds(tls.milliseconds);
    json.key("verification").text(tls.verification);
    json.key("problems").beginArray();
    for (const TlsProblem &problem : tls.problems) {
        json.text(problem.what);
    }
    json.endArray();
    json.key("chain").beginArray(); // SHA-256 fingerprints, the peer's own certificate first
    for (const CertificateFacts &certificate : tls.chain) {
        json.text(certificate.sha256);
    }
    json.endArray().endObject();
}

/// Whether TLS was begun: after a failed verification there is no protocol, but what was wrong.
bool hasTls(const ConnectionInfo &info)
{
    return info.tls.isSecured || !info.tls.problems.empty() || !info.tls.chain.empty();
}

void writeConnection(JsonWriter &json, const SessionLog &log, const ConnectionInfo &info)
{
    json.beginObject();
    json.key("id").number(toNumber(info.id));
    json.key("local").text(info.local.toString());
    json.key("peer").text(info.peer.toString());
    json.key("resolved").beginArray();
    for (const QString &address : info.resolved) {
        json.text(address);
    }
    json.endArray();
    json.key("state").text(toText(toString(info.state)));
    json.key("closed_by");
    if (info.isOver()) {
        json.text(closedBy(info.closedBy));
    } else {
        json.null();
    }
    json.key("phases").beginArray();
    for (const Phase &phase : info.phases) {
        json.beginObject().key("name").text(phase.name).key("ms");
        if (phase.end != 0) {
            json.milliseconds(milliseconds(phase));
        } else {
            json.null(); // Still lasts
        }
        json.endObject();
    }
    json.endArray();
    json.key("bytes_in").number(info.bytes[In]);
    json.key("bytes_out").number(info.bytes[Out]);
    json.key("records_in").number(info.records[In]);
    json.key("records_out").number(info.records[Out]);
    json.key("messages_in").number(info.messages[In]);
    json.key("messages_out").number(info.messages[Out]);
    writeTextOrNull(json, "proxy", info.proxy);
    json.key("tls");
    if (hasTls(info)) {
        writeTls(json, info.tls);
    } else {
        json.null();
    }
    writeTextOrNull(json, "redirected_to", info.redirectedTo);
    json.key("websocket");
    if (isWebSocket(log, info)) {
        writeWebSocket(json, info);
    } else {
        json.null();
    }
    json.key("violations").number(info.violations);
    json.endObject();
}

/// UDP has no end of its own and is never "open": only what was heard counts.
QString udpState(const ConnectionInfo &info)
{
    if (!info.unreachable.isEmpty()) {
        return info.unreachable;
    }
    if (info.state == ConnectionState::Failed) {
        return QStringLiteral("failed (%1)").arg(info.error);
    }
    return info.hasHeardFromPeer ? QStringLiteral("heard from it") : QStringLiteral("nothing heard from it");
}

QString ending(const ConnectionInfo &info)
{
    if (info.transport == Transport::Udp) {
        return udpState(info);
    }
    QString text = toText(toString(info.state));
    if (info.isOver() && info.closedBy != ClosedBy::Nobody) {
        text += QStringLiteral(" by ") + closedBy(info.closedBy);
    }
    QStringList details;
    if (!info.how.isEmpty()) {
        details += info.how;
    }
    const std::size_t closing = closingDirection(info);
    if (info.closeCodes[closing]) {
        details += QStringLiteral("code %1").arg(*info.closeCodes[closing]);
        if (!info.closeReasons[closing].isEmpty()) {
            details += info.closeReasons[closing];
        }
    }
    if (!info.error.isEmpty()) {
        details += info.error;
    }
    return details.isEmpty() ? text : text + QStringLiteral(" (%1)").arg(details.join(QStringLiteral(", ")));
}

QString traffic(const ConnectionInfo &info, std::size_t direction, const QString &name)
{
    return QStringLiteral("%1 %2 B, %3 records, %4 messages")
        .arg(name)
        .arg(info.bytes[direction])
        .arg(info.records[direction])
        .arg(info.messages[direction]);
}

QString tlsText(const TlsFacts &tls)
{
    QStringList parts{tls.protocol, tls.cipher, tls.verification};
    for (const TlsProblem &problem : tls.problems) {
        parts += problem.what;
    }
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString connectionLine(const ConnectionInfo &info)
{
    QStringList parts;
    const QString peer = info.peer.isNull() ? info.host : info.peer.toString();
    parts += QStringLiteral("#%1 %2 %3 %4")
                 .arg(toNumber(info.id))
                 .arg(info.local.isNull() ? QStringLiteral("-") : info.local.toString(),
                      info.isServerSide ? QStringLiteral("<-") : QStringLiteral("->"), peer);
    parts += ending(info);
    for (const Phase &phase : info.phases) {
        parts += phase.end != 0 ? QStringLiteral("%1 %2 ms").arg(phase.name).arg(milliseconds(phase), 0, 'f', 1)
                                : phase.name + QStringLiteral(" (lasting)");
    }
    if (!info.proxy.isEmpty()) {
        parts += QStringLiteral("to %1 through the proxy %2").arg(info.host, info.proxy);
    }
    if (hasTls(info)) {
        parts += tlsText(info.tls);
    }
    if (!info.redirectedTo.isEmpty()) {
        parts += QStringLiteral("redirected to ") + info.redirectedTo;
    }
    parts += traffic(info, In, QStringLiteral("in"));
    parts += traffic(info, Out, QStringLiteral("out"));
    if (info.discarded != 0) {
        parts += QStringLiteral("%1 B never left").arg(info.discarded);
    }
    if (info.violations != 0) {
        parts += QStringLiteral("%1 violations").arg(info.violations);
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace

QStringList logWarnings(const SessionLog &log)
{
    constexpr int MaxNotes = 20; // a damaged log may hold any number
    QStringList warnings;
    qint64 missing = 0;
    qint64 cut = 0;
    qint64 retransmitted = 0;
    for (qint64 row = 0; row < log.events().count(); ++row) {
        const EventRow &entry = log.events().at(row);
        const auto bytes = [&] {
            return log.event(row).data.value(QLatin1String("bytes")).toInteger();
        };
        if (entry.type == EventType::Missing) {
            missing += bytes();
        } else if (entry.type == EventType::Cut) {
            cut += bytes();
        } else if (entry.type == EventType::Retransmitted) {
            retransmitted += bytes();
        } else if (entry.type == EventType::Note && entry.severity != Event::Severity::Info
                   && warnings.size() < MaxNotes) {
            warnings += log.event(row).message;
        }
    }
    if (const QString trouble = log.indexError(); !trouble.isEmpty()) {
        warnings += QStringLiteral("The log could not be read to its end: %1").arg(trouble);
    }
    if (missing != 0) {
        warnings += QStringLiteral("%1 B are missing from the capture").arg(missing);
    }
    if (cut != 0) {
        warnings += QStringLiteral("%1 B were cut by the snap length").arg(cut);
    }
    if (retransmitted != 0) {
        warnings += QStringLiteral("%1 B were retransmitted").arg(retransmitted);
    }
    return warnings;
}

QByteArray sessionSummaryAsJson(const SessionLog &log)
{
    const Outcome outcome = outcomeOf(log);
    JsonWriter json;
    json.beginObject();
    writeTextOrNull(json, "target", log.header().target);
    json.key("outcome").text(outcome.name);
    writeTextOrNull(json, "error", outcome.error);
    writeTextOrNull(json, "log", log.file()->path());
    json.key("connections").beginArray();
    for (qint64 number = 0; number < log.connectionCount(); ++number) {
        writeConnection(json, log, log.connection(ConnectionId(static_cast<quint32>(number))));
    }
    json.endArray();
    json.key("dropped").beginObject();
    json.key("kernel").number(log.dropped("kernel"));
    json.key("capture").number(log.dropped("capture"));
    json.endObject().endObject();
    return json.take();
}

QByteArray sessionSummaryAsText(const SessionLog &log)
{
    const Outcome outcome = outcomeOf(log);
    const QString target = log.header().target.isEmpty() ? log.file()->path() : log.header().target;
    QStringList lines{target + QStringLiteral(": ") + outcome.name};
    if (!outcome.error.isEmpty()) {
        lines.last() += QStringLiteral(", ") + outcome.error;
    }
    for (qint64 number = 0; number < log.connectionCount(); ++number) {
        lines += connectionLine(log.connection(ConnectionId(static_cast<quint32>(number))));
    }
    const qint64 kernel = log.dropped("kernel");
    const qint64 capture = log.dropped("capture");
    if (kernel != 0 || capture != 0) {
        lines += QStringLiteral("dropped: %1 by the kernel, %2 by the capture").arg(kernel).arg(capture);
    }
    lines += logWarnings(log);
    QByteArray text;
    for (const QString &line : std::as_const(lines)) {
        text += Escapes::fromBytes(line.toUtf8()).toUtf8() + '\n';
    }
    return text;
}

} // namespace Sidewire
