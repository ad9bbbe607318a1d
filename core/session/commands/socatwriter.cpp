// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/commands/commandwriter.h"

#include <array>
#include <utility>

namespace Sidewire {

namespace {

/// Our options and socat's where the value is the same.
constexpr std::array SameOptions = {
    std::pair{"interface", "interface"},
    std::pair{"sndbuf", "sndbuf"},
    std::pair{"rcvbuf", "rcvbuf"},
    std::pair{"tos", "tos"},
    std::pair{"ttl", "ttl"},
    std::pair{"backlog", "backlog"},
    std::pair{"linger", "linger"},
    std::pair{"ca", "cafile"},
    std::pair{"cert", "cert"},
    std::pair{"key", "key"},
    std::pair{"ciphers", "ciphers"},
    std::pair{"sni", "snihost"},
};

/// The address that stands for the session, in socat's words.
class SocatAddressWriter
{
public:
    explicit SocatAddressWriter(CommandWriter &socat)
        : m_socat(socat)
        , m_spec(socat.spec())
        , m_options(socat.spec().options)
    {}

    QString write();

private:
    QString type() const;
    QString begin();
    void add(const QString &option) { m_words += u',' + option; }
    void add(const char *name, const QString &value) { add(QLatin1String(name) + u'=' + escaped(value)); }
    void addSwitch(const char *name, const char *socatName);
    void addLocalEnd();
    void addFamily();
    void addSocketOptions();
    void addGroups();
    void addTls();

    /// What would end a value, or mean something in it.
    static QString escaped(const QString &value)
    {
        QString text;
        for (const QChar c : value) {
            if (QStringView(u",!\\\"'").contains(c)) {
                text += u'\\';
            }
            text += c;
        }
        return text;
    }

    CommandWriter &m_socat;
    const SessionSpec &m_spec;
    const SessionOptions &m_options;
    QString m_words;
};

QString SocatAddressWriter::type() const
{
    using Family = SocketSettings::Family;
    const Family family = m_options.socket.family;
    const bool isV6Bind = m_socat.isListener() && m_spec.host.contains(u':');
    const bool isAnyHost = m_socat.isListener() && m_spec.host.isEmpty();
    // A listener without an address is dual stack: to socat that is an IPv6 socket that takes IPv4 too.
    const bool isSix = family == Family::IPv6 || isV6Bind || (isAnyHost && family == Family::Any);
    const QString digit = isSix ? QStringLiteral("6") : family == Family::IPv4 ? QStringLiteral("4") : QString();
    if (m_spec.isTls()) {
        return m_socat.isListener() ? QStringLiteral("OPENSSL-LISTEN") : QStringLiteral("OPENSSL");
    }
    const QString base = m_spec.isUdp() ? QStringLiteral("UDP") : QStringLiteral("TCP");
    if (m_socat.isListener()) {
        return base + digit + (m_spec.isUdp() ? QStringLiteral("-RECVFROM") : QStringLiteral("-LISTEN"));
    }
    const QHostAddress host(m_spec.host);
    const bool isToMany = m_spec.isUdp() && (host.isMulticast() || host.isBroadcast() || m_options.socket.broadcast);
    return isToMany ? base + digit + QStringLiteral("-DATAGRAM") : base + digit;
}

QString SocatAddressWriter::begin()
{
    if (m_socat.isListener()) {
        return QStringLiteral("%1:%2").arg(type()).arg(m_spec.port);
    }
    const QString target = QStringLiteral("%1:%2").arg(bracketed(m_spec.host)).arg(m_spec.port);
    const ProxySettings &proxy = m_options.proxy;
    if (proxy.kind != ProxySettings::Kind::HttpConnect || m_spec.isTls()) {
        return type() + u':' + target;
    }
    m_socat.take("proxy");
    QString text = QStringLiteral("PROXY:%1:%2,proxyport=%3").arg(bracketed(proxy.host), target).arg(proxy.port);
    if (!proxy.user.isEmpty()) {
        text += QStringLiteral(",proxyauth=") + escaped(proxy.user + u':' + proxy.password);
    }
    return text;
}

void SocatAddressWriter::addSwitch(const char *name, const char *socatName)
{
    const QString value = m_socat.takeOne(name);
    if (!value.isEmpty()) {
        add(socatName, value == u"on" ? QStringLiteral("1") : QStringLiteral("0"));
    }
}

void SocatAddressWriter::addLocalEnd()
{
    if (m_socat.isListener()) {
        if (!m_spec.host.isEmpty()) {
            add("bind", bracketed(m_spec.host));
        }
        return;
    }
    const Endpoint &bind = m_options.socket.bind;
    m_socat.take("bind");
    if (!bind.address.isNull()) {
        const QString port = bind.port == 0 ? QString() : u':' + QString::number(bind.port);
        add("bind", bracketed(bind.address.toString()) + port);
    } else if (bind.port != 0) {
        add("sourceport", QString::number(bind.port));
    }
}

void SocatAddressWriter::addFamily()
{
    const QString family = m_socat.takeOne("family");
    const bool isAnyListener = m_socat.isListener() && m_spec.host.isEmpty() && family.isEmpty();
    if (m_spec.isTls() && (!family.isEmpty() || isAnyListener)) {
        add("pf", family == u"4" ? QStringLiteral("ip4") : QStringLiteral("ip6"));
    }
    if (isAnyListener) {
        add("ipv6only", QStringLiteral("0"));
    }
}

void SocatAddressWriter::addSocketOptions()
{
    for (const auto &[name, socatName] : SameOptions) {
        for (const QString &value : m_socat.take(name)) {
            add(socatName, value);
        }
    }
    if (m_socat.isListener() && !m_spec.isUdp()) {
        add(QStringLiteral("fork"));
    }
    addSwitch("reuse-address", "reuseaddr");
    if (m_options.socket.reuseAddress) {
        add("reuseport", QStringLiteral("1"));
    }
    if (!m_spec.isUdp()) {
        // socat leaves the kernel's default, which is off.
        m_socat.take("nodelay");
        add("nodelay", m_options.socket.noDelay ? QStringLiteral("1") : QStringLiteral("0"));
    }
    addSwitch("broadcast", "broadcast");
    addSwitch("multicast-loop", "ip-multicast-loop");
    for (const QString &value : m_socat.take("multicast-ttl")) {
        add("ip-multicast-ttl", value);
    }
    m_socat.take("keepalive");
    if (const std::optional<KeepAlive> &keepAlive = m_options.socket.keepAlive) {
        add(QStringLiteral("keepalive,keepidle=%1,keepintvl=%2,keepcnt=%3")
                .arg(keepAlive->idle)
                .arg(keepAlive->interval)
                .arg(keepAlive->count));
    }
    if (!m_socat.isListener() && !m_spec.isUdp() && !m_socat.take("connect-timeout").isEmpty()) {
        add("connect-timeout", toSeconds(m_options.connectTimeout));
    }
}

void SocatAddressWriter::addGroups()
{
    m_socat.take("multicast");
    for (const MulticastGroup &group : m_options.socket.groups) {
        const bool isV6 = group.group.protocol() == QAbstractSocket::IPv6Protocol;
        const QString any = isV6 ? QStringLiteral("0") : QStringLiteral("0.0.0.0");
        add(isV6 ? "ipv6-join-group" : "ip-add-membership",
            bracketed(group.group.toString()) + u':' + (group.interface.isEmpty() ? any : group.interface));
    }
}

void SocatAddressWriter::addTls()
{
    for (const auto &[name, socatName] :
         {std::pair{"tls-min", "openssl-min-proto-version"}, std::pair{"tls-max", "openssl-max-proto-version"}}) {
        for (const QString &version : m_socat.take(name)) {
            add(socatName, QStringLiteral("TLS") + version);
        }
    }
    if (m_socat.isListener()) {
        const auto wanted = m_options.tls.clientCertificate;
        if (wanted != TlsSettings::ClientCertificate::Ask) {
            m_socat.take("client-cert");
        }
        add("verify", wanted == TlsSettings::ClientCertificate::Require ? QStringLiteral("1") : QStringLiteral("0"));
        if (m_options.tls.certificateFile.isEmpty()) {
            m_socat.note(QStringLiteral("socat makes no certificate of its own: add cert=FILE"));
        }
        return;
    }
    if (m_socat.take("verify").isEmpty()) {
        return;
    }
    if (m_options.tls.verify == TlsSettings::Verify::Off) {
        add("verify", QStringLiteral("0"));
    } else {
        m_socat.note(QStringLiteral("socat cannot pin a certificate; it verifies it as usual"));
    }
}

QString SocatAddressWriter::write()
{
    m_words = begin();
    addLocalEnd();
    addFamily();
    addSocketOptions();
    addGroups();
    if (m_spec.isTls()) {
        addTls();
    }
    return m_words;
}

} // namespace

Result<ExportedCommand> writeSocat(const SessionSpec &spec)
{
    if (spec.isWebSocket()) {
        return Error{Error::Code::Unsupported, QStringLiteral("socat does not speak WebSocket")};
    }
    CommandWriter socat(QStringLiteral("socat"), spec);
    const QString address = SocatAddressWriter(socat).write();
    QString other = QStringLiteral("-");
    if (socat.isListener() && spec.options.answer.kind == AnswerOptions::Kind::Echo) {
        socat.take("answer");
        other = QStringLiteral("PIPE");
    }
    socat.add(socat.isListener() ? QStringList{address, other} : QStringList{other, address});
    return socat.finish();
}

} // namespace Sidewire
