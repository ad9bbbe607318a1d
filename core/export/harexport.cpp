// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "harexport.h"

#include "core/export/jsonwriter.h"
#include "core/export/messagechains.h"
#include "core/export/messageselection.h"
#include "core/export/messagetext.h"
#include "core/export/timestamp.h"
#include "core/index/messagereader.h"
#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/violation.h"

#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

namespace Sidewire {

namespace {

/// Of a compressed message that breaks these, what is there is not all of it.
constexpr quint32 NotWhole = bit(Violation::CorruptDeflate) | bit(Violation::InflateLimit);

/// Heads are ASCII by rule and anything in fact.
QString headText(const QByteArray &bytes)
{
    return isTextContent(bytes) ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes);
}

void writePair(JsonWriter &json, const QString &name, const QString &value)
{
    json.beginObject().key("name").text(name).key("value").text(value).endObject();
}

void writeHeaders(JsonWriter &json, const HttpHead &head)
{
    json.key("headers").beginArray();
    for (const HttpField &field : head.fields) {
        writePair(json, headText(field.name), headText(field.value));
    }
    json.endArray();
    json.key("cookies").beginArray().endArray();
    json.key("headersSize").number(head.size);
}

double phaseOf(const ConnectionInfo &info, const QString &name)
{
    for (const Phase &phase : info.phases) {
        if (phase.name == name && phase.end >= phase.begin) {
            return double(phase.end - phase.begin) / 1e6;
        }
    }
    return -1; // HAR: does not apply
}

class HarEntry
{
public:
    HarEntry(const SessionLog &log, const MessageChains &chains, const ExportOptions &options, ConnectionId connection)
        : m_log(log)
        , m_chains(chains)
        , m_selection(log, options, chains.table())
        , m_info(log.connection(connection))
        , m_first(chains.first(connection))
    {
        for (qint64 row = m_first; row != -1; row = chains.next(row)) {
            const Message &message = chains.at(row);
            if (message.kind == MessageKind::Request && m_request.size == 0) {
                m_request = head(message);
            } else if (message.kind == MessageKind::Response && m_response.size == 0) {
                m_response = head(message);
            } else if (message.has(MessageFlag::WebSocket)) {
                m_isWebSocket = true;
                break;
            }
        }
        m_isWebSocket = m_isWebSocket || m_request.hasToken("upgrade", "websocket");
    }

    bool isWebSocket() const { return m_isWebSocket; }

    Result<void> write(JsonWriter &json, ExportSink &sink)
    {
        json.beginObject();
        json.key("startedDateTime").text(isoTime(m_info.openedAt));
        writeTimings(json);
        writeRequest(json);
        writeResponse(json);
        json.key("cache").beginObject().endObject();
        json.key("serverIPAddress").text((m_info.isServerSide ? m_info.local : m_info.peer).address.toString());
        json.key("connection").text(QByteArray::number(toNumber(m_info.id)));
        json.key("_resourceType").text("websocket");
        json.key("_webSocketMessages").beginArray();
        for (qint64 row = m_first; row != -1; row = m_chains.next(row)) {
            const Message &message = m_chains.at(row);
            const bool isData = message.kind == MessageKind::Text || message.kind == MessageKind::Binary;
            if (isData && m_selection.accepts(message, row)) {
                writeMessage(json, message);
                if (auto written = sink.write(json.take()); !written) {
                    return written;
                }
            }
            if (auto going = sink.advance(row + 1, m_chains.count()); !going) {
                return going;
            }
        }
        json.endArray().endObject();
        return {};
    }

private:
    HttpHead head(const Message &message) const
    {
        const MessageReader reader(m_log, m_chains.table());
        return parseHttpHead(reader.content(message, MaxHttpHead, MessageReader::Wait::Yes).value_or(QByteArray()));
    }

    void writeTimings(JsonWriter &json) const
    {
        const double dns = phaseOf(m_info, QStringLiteral("resolve"));
        const double connect = phaseOf(m_info, QStringLiteral("tcp"));
        const double wait = std::max(0.0, phaseOf(m_info, QStringLiteral("upgrade")));
        json.key("time").milliseconds(std::max(0.0, dns) + std::max(0.0, connect) + wait);
        json.key("timings").beginObject();
        json.key("dns").milliseconds(dns);
        json.key("connect").milliseconds(connect);
        json.key("send").milliseconds(0);
        json.key("wait").milliseconds(wait);
        json.key("receive").milliseconds(0);
        json.endObject();
    }

    void writeRequest(JsonWriter &json) const
    {
        const bool isSecure = m_log.header().isPlaintextOfTls;
        const QByteArray host = m_request.value("host");
        const QString authority =
            host.isNull() ? (m_info.isServerSide ? m_info.local : m_info.peer).toString() : headText(host);
        const QString url =
            (isSecure ? QStringLiteral("wss://") : QStringLiteral("ws://")) + authority + headText(m_request.target);
        json.key("request").beginObject();
        json.key("method").text(headText(m_request.method));
        json.key("url").text(url);
        json.key("httpVersion").text(headText(m_request.version));
        writeHeaders(json, m_request);
        json.key("queryString").beginArray();
        const QUrlQuery query{QUrl(url)};
        for (const auto &[name, value] : query.queryItems(QUrl::FullyDecoded)) {
            writePair(json, name, value);
        }
        json.endArray();
        json.key("bodySize").number(0).endObject();
    }

    void writeResponse(JsonWriter &json) const
    {
        json.key("response").beginObject();
        json.key("status").number(m_response.status);
        json.key("statusText").text(headText(m_response.reason));
        json.key("httpVersion").text(headText(m_response.version));
        writeHeaders(json, m_response);
        json.key("content").beginObject().key("size").number(0).key("mimeType").text("x-unknown").endObject();
        json.key("redirectURL").text("");
        json.key("bodySize").number(-1).endObject();
    }

    void writeMessage(JsonWriter &json, const Message &message) const
    {
        // As the browser on the client's side saw it.
        const bool isSent = (message.direction == Direction::Out) != m_info.isServerSide;
        const bool isText = message.kind == MessageKind::Text;
        const bool isCompressed = message.has(MessageFlag::Compressed);
        const QByteArray content = messageContent(m_log, message, m_chains.table());
        const bool isReadable = isText && isTextContent(content);
        json.beginObject();
        json.key("type").text(isSent ? "send" : "receive");
        json.key("time").raw(secondsText(message.time));
        json.key("opcode").number(isText ? 1 : 2);
        json.key("data").text(isReadable ? content : content.toBase64());
        if (isText && !isReadable) {
            json.key("_encoding").text("base64");
        }
        if (isCompressed) {
            json.key("_compressed").raw("true");
            json.key("_wireLength").number(message.end - message.begin);
        }
        if (message.has(MessageFlag::Gap) || (message.violations & NotWhole) != 0) {
            json.key("_incomplete").raw("true");
        }
        if (message.has(MessageFlag::Unterminated)) {
            json.key("_unfinished").raw("true");
        }
        json.endObject();
    }

    const SessionLog &m_log;
    const MessageChains &m_chains;
    MessageSelection m_selection;
    ConnectionInfo m_info;
    qint64 m_first;
    HttpHead m_request;
    HttpHead m_response;
    bool m_isWebSocket = false;
};

} // namespace

Result<void> exportHar(const SessionLog &log, const ExportOptions &options, ExportSink &sink)
{
    const auto chains = MessageChains::create(log.messages());
    if (!chains) {
        return chains.error();
    }

    JsonWriter json;
    json.beginObject().key("log").beginObject();
    json.key("version").text("1.2");
    json.key("creator").beginObject();
    json.key("name").text("Sidewire");
    json.key("version").text(QCoreApplication::applicationVersion()).endObject();
    json.key("entries").beginArray();
    bool isEmpty = true;
    for (qint64 number = 0; number < log.connectionCount(); ++number) {
        const ConnectionId connection{static_cast<quint32>(number)};
        if (connection != options.connection.value_or(connection)) {
            continue;
        }
        HarEntry entry(log, **chains, options, connection);
        if (!entry.isWebSocket()) {
            continue;
        }
        isEmpty = false;
        if (auto written = entry.write(json, sink); !written) {
            return written;
        }
    }
    if (isEmpty) {
        return Error{Error::Code::Unsupported,
                     QStringLiteral("HAR holds WebSocket connections only, and the lens \"%1\" found none in this log")
                         .arg(log.messages()->lens().toString())};
    }
    json.endArray().endObject().endObject();
    return sink.write(json.take() + '\n');
}

} // namespace Sidewire
