// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/commands/commandwriter.h"

namespace Sidewire {

namespace {

QString literal(const QString &text)
{
    QString quoted;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\') {
            quoted += u'\\' + QString(c);
        } else if (c < u' ' || c == u'\x7f') {
            quoted += QStringLiteral("\\x%1").arg(uint(c.unicode()), 2, 16, QLatin1Char('0'));
        } else {
            quoted += c;
        }
    }
    return u'"' + quoted + u'"';
}

QString literals(const QStringList &list)
{
    QStringList quoted;
    for (const QString &text : list) {
        quoted << literal(text);
    }
    return u'[' + quoted.join(QStringLiteral(", ")) + u']';
}

/// A small program of the standard library's socket, or of the websockets package.
class PythonProgram
{
public:
    explicit PythonProgram(const SessionSpec &spec)
        : m_python(QStringLiteral("python"), spec)
        , m_spec(spec)
        , m_options(spec.options)
    {}

    ExportedCommand write();

private:
    void line(const QString &text = {}) { m_text += text + u'\n'; }
    QString end() const { return QStringLiteral("(%1, %2)").arg(literal(m_spec.host)).arg(m_spec.port); }
    void writeTls();
    void writeStreamClient();
    void writeStreamListener();
    void writeDatagrams();
    void writeWebSocketClient();
    void writeWebSocketListener();
    QStringList connectArguments();

    CommandWriter m_python;
    const SessionSpec &m_spec;
    const SessionOptions &m_options;
    QString m_text;
};

void PythonProgram::writeTls()
{
    const bool isServer = m_spec.role == Role::Listener;
    line(isServer ? QStringLiteral("tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)")
                  : QStringLiteral("tls = ssl.create_default_context()"));
    if (const QString file = m_python.takeOne("ca"); !file.isEmpty()) {
        line(QStringLiteral("tls.load_verify_locations(%1)").arg(literal(file)));
    }
    const QString key = m_python.takeOne("key");
    if (const QString file = m_python.takeOne("cert"); !file.isEmpty()) {
        line(QStringLiteral("tls.load_cert_chain(%1%2)")
                 .arg(literal(file), key.isEmpty() ? QString() : QStringLiteral(", ") + literal(key)));
    }
    if (m_options.tls.verify == TlsSettings::Verify::Off) {
        m_python.take("verify");
        line(QStringLiteral("tls.check_hostname = False"));
        line(QStringLiteral("tls.verify_mode = ssl.CERT_NONE"));
    }
    if (!m_python.take("alpn").isEmpty()) {
        line(QStringLiteral("tls.set_alpn_protocols(%1)").arg(literals(m_options.tls.alpn)));
    }
    if (const QString ciphers = m_python.takeOne("ciphers"); !ciphers.isEmpty()) {
        line(QStringLiteral("tls.set_ciphers(%1)").arg(literal(ciphers)));
    }
    line();
}

QStringList PythonProgram::connectArguments()
{
    QStringList arguments;
    m_python.take("connect-timeout");
    arguments << QStringLiteral("timeout=") + toSeconds(m_options.connectTimeout);
    const Endpoint &bind = m_options.socket.bind;
    if (!m_python.take("bind").isEmpty()) {
        arguments << QStringLiteral("source_address=(%1, %2)").arg(literal(bind.address.toString())).arg(bind.port);
    }
    return arguments;
}

void PythonProgram::writeStreamClient()
{
    line(QStringLiteral("with socket.create_connection(%1, %2) as connection:")
             .arg(end(), connectArguments().join(QStringLiteral(", "))));
    line(QStringLiteral("    connection.settimeout(None)"));
    if (m_python.take("nodelay").isEmpty()) {
        line(QStringLiteral("    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)"));
    }
    if (m_spec.isTls()) {
        const QString name = m_python.takeOne("sni");
        line(QStringLiteral("    connection = tls.wrap_socket(connection, server_hostname=%1)")
                 .arg(literal(name.isEmpty() ? m_spec.host : name)));
    }
    line(QStringLiteral("    while data := connection.recv(65536):"));
    line(QStringLiteral("        print(data)"));
}

void PythonProgram::writeStreamListener()
{
    const bool isEcho = m_options.answer.kind == AnswerOptions::Kind::Echo;
    if (isEcho) {
        m_python.take("answer");
    }
    line(QStringLiteral("with socket.create_server(%1) as server:").arg(end()));
    line(QStringLiteral("    print(\"listening on\", server.getsockname(), flush=True)"));
    line(QStringLiteral("    while True:"));
    line(QStringLiteral("        connection, peer = server.accept()"));
    if (m_spec.isTls()) {
        line(QStringLiteral("        connection = tls.wrap_socket(connection, server_side=True)"));
    }
    line(QStringLiteral("        with connection:"));
    line(QStringLiteral("            while data := connection.recv(65536):"));
    line(isEcho ? QStringLiteral("                connection.sendall(data)")
                : QStringLiteral("                print(peer, data)"));
}

void PythonProgram::writeDatagrams()
{
    const bool isListener = m_spec.role == Role::Listener;
    const bool isEcho = m_options.answer.kind == AnswerOptions::Kind::Echo;
    const bool isV6 = m_spec.host.contains(u':');
    line(QStringLiteral("with socket.socket(socket.%1, socket.SOCK_DGRAM) as port:")
             .arg(isV6 ? QStringLiteral("AF_INET6") : QStringLiteral("AF_INET")));
    if (!m_python.take("broadcast").isEmpty()) {
        line(QStringLiteral("    port.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)"));
    }
    if (!m_python.take("reuse-address").isEmpty()) {
        line(QStringLiteral("    port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)"));
    }
    if (isListener) {
        line(QStringLiteral("    port.bind(%1)").arg(end()));
        line(QStringLiteral("    print(\"bound to\", port.getsockname(), flush=True)"));
    } else {
        const Endpoint &bind = m_options.socket.bind;
        if (!m_python.take("bind").isEmpty()) {
            line(QStringLiteral("    port.bind((%1, %2))").arg(literal(bind.address.toString())).arg(bind.port));
        }
        line(QStringLiteral("    port.sendto(b\"hello\", %1)").arg(end()));
    }
    line(QStringLiteral("    while True:"));
    line(QStringLiteral("        data, peer = port.recvfrom(65536)"));
    if (isListener && isEcho) {
        m_python.take("answer");
        line(QStringLiteral("        port.sendto(data, peer)"));
    } else {
        line(QStringLiteral("        print(peer, data)"));
    }
}

void PythonProgram::writeWebSocketClient()
{
    QStringList arguments{literal(m_spec.target())};
    QStringList headers;
    for (const QString &header : m_python.take("header")) {
        headers << QStringLiteral("(%1, %2)")
                       .arg(literal(header.section(QStringLiteral(": "), 0, 0)),
                            literal(header.section(QStringLiteral(": "), 1)));
    }
    if (const QStringList cookies = m_python.take("cookie"); !cookies.isEmpty()) {
        headers << QStringLiteral("(\"Cookie\", %1)").arg(literal(cookies.join(QStringLiteral("; "))));
    }
    if (const QString auth = m_python.takeOne("auth"); !auth.isEmpty()) {
        const bool isBearer = auth.startsWith(QLatin1String("bearer "), Qt::CaseInsensitive);
        const QString value = isBearer ? QStringLiteral("Bearer ") + auth.section(u' ', 1)
                                       : QStringLiteral("Basic ") + QString::fromLatin1(auth.toUtf8().toBase64());
        headers << QStringLiteral("(\"Authorization\", %1)").arg(literal(value));
    }
    if (!headers.isEmpty()) { // additional_headers from websockets 14 on
        arguments << QStringLiteral("extra_headers=[%1]").arg(headers.join(QStringLiteral(", ")));
    }
    if (const QString origin = m_python.takeOne("origin"); !origin.isEmpty()) {
        arguments << QStringLiteral("origin=") + literal(origin);
    }
    if (!m_python.take("subprotocol").isEmpty()) {
        arguments << QStringLiteral("subprotocols=") + literals(m_options.subprotocols);
    }
    m_python.take("connect-timeout");
    arguments << QStringLiteral("open_timeout=") + toSeconds(m_options.connectTimeout);
    if (m_spec.isTls()) {
        arguments << QStringLiteral("ssl=tls");
        if (const QString name = m_python.takeOne("sni"); !name.isEmpty()) {
            arguments << QStringLiteral("server_hostname=") + literal(name);
        }
    }
    line(QStringLiteral("async def main():"));
    line(QStringLiteral("    async with websockets.connect(%1) as connection:")
             .arg(arguments.join(QStringLiteral(",\n                                  "))));
    line(QStringLiteral("        async for message in connection:"));
    line(QStringLiteral("            print(message)"));
}

void PythonProgram::writeWebSocketListener()
{
    const bool isEcho = m_options.answer.kind == AnswerOptions::Kind::Echo;
    if (isEcho) {
        m_python.take("answer");
    }
    QStringList arguments{QStringLiteral("serve"),
                          m_spec.host.isEmpty() ? QStringLiteral("None") : literal(m_spec.host),
                          QString::number(m_spec.port)};
    if (!m_python.take("subprotocol").isEmpty()) {
        arguments << QStringLiteral("subprotocols=") + literals(m_options.subprotocols);
    }
    if (m_spec.isTls()) {
        arguments << QStringLiteral("ssl=tls");
    }
    line(QStringLiteral("async def serve(connection):"));
    line(QStringLiteral("    async for message in connection:"));
    line(isEcho ? QStringLiteral("        await connection.send(message)") : QStringLiteral("        print(message)"));
    line();
    line();
    line(QStringLiteral("async def main():"));
    line(QStringLiteral("    async with websockets.serve(%1):").arg(arguments.join(QStringLiteral(", "))));
    line(QStringLiteral("        await asyncio.Future()"));
}

ExportedCommand PythonProgram::write()
{
    if (m_spec.isWebSocket()) {
        line(QStringLiteral("import asyncio"));
    } else {
        line(QStringLiteral("import socket"));
    }
    if (m_spec.isTls()) {
        line(QStringLiteral("import ssl"));
    }
    line();
    if (m_spec.isWebSocket()) {
        line(QStringLiteral("import websockets"));
        line();
    }
    if (m_spec.isTls()) {
        writeTls();
    }
    const bool isListener = m_spec.role == Role::Listener;
    if (m_spec.isWebSocket()) {
        line();
        isListener ? writeWebSocketListener() : writeWebSocketClient();
        line();
        line();
        line(QStringLiteral("asyncio.run(main())"));
    } else if (m_spec.isUdp()) {
        writeDatagrams();
    } else {
        isListener ? writeStreamListener() : writeStreamClient();
    }
    return m_python.finishWith(m_text);
}

} // namespace

Result<ExportedCommand> writePython(const SessionSpec &spec)
{
    return PythonProgram(spec).write();
}

} // namespace Sidewire
