// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/sessionspec.h"
#include "tests/support/testsupport.h"

#include <QFile>
#include <QJsonDocument>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Sidewire;

namespace {

const QString Fingerprint = QStringLiteral("AB:CD:EF:01:23:45:67:89:ab:cd:ef:01:23:45:67:89:"
                                           "AB:CD:EF:01:23:45:67:89:ab:cd:ef:01:23:45:67:89");

struct Value
{
    const char *name;
    QString value;
    QStringList normal; ///< What values() gives back where it is not the same
};

/// One or more good values of every option.
std::vector<Value> goodValues(const QString &passphraseFile)
{
    const auto u = [](const char *text) {
        return QString::fromUtf8(text);
    };
    return {
        {"bind", u("127.0.0.1"), {}},
        {"bind", u(":4000"), {}},
        {"bind", u("127.0.0.1:4000"), {}},
        {"bind", u("[::1]:4000"), {}},
        {"bind", u("[::1]"), {u("::1")}},
        {"interface", u("eth0"), {}},
        {"family", u("4"), {}},
        {"family", u("6"), {}},
        {"reuse-address", u("on"), {}},
        {"connect-timeout", u("250"), {}},
        {"reconnect", u("1500"), {}},
        {"log-limit", u("1048576"), {u("1M")}},
        {"log-limit", u("2g"), {u("2G")}},
        {"log-limit", u("1025k"), {}},
        {"log-limit", u("1048577"), {}},
        {"proxy", u("http://proxy.test:3128"), {}},
        {"proxy", u("socks5://[::1]:9050"), {}},
        {"proxy", u("SOCKS5H://proxy.test/"), {u("socks5://proxy.test:1080")}},
        {"proxy", u("http://me:p%40ss%3A@proxy.test:1"), {}},
        {"proxy", u("http://me:p@ss@proxy.test:1"), {u("http://me:p%40ss@proxy.test:1")}},
        {"proxy", u("http://me@proxy.test:1"), {}},
        {"nodelay", u("off"), {}},
        {"keepalive", u("on"), {u("60,10,6")}},
        {"keepalive", u("30"), {u("30,10,6")}},
        {"keepalive", u("30, 5"), {u("30,5,6")}},
        {"keepalive", u("30,5,2"), {}},
        {"linger", u("0"), {}},
        {"linger", u("12"), {}},
        {"sndbuf", u("4096"), {}},
        {"rcvbuf", u("1073741823"), {}},
        {"tos", u("0"), {}},
        {"tos", u("255"), {}},
        {"ttl", u("1"), {}},
        {"backlog", u("5"), {}},
        {"broadcast", u("on"), {}},
        {"multicast", u("239.1.2.3"), {}},
        {"multicast", u("239.1.2.3,eth0"), {}},
        {"multicast", u("ff02::1234%eth0"), {u("ff02::1234,eth0")}},
        {"multicast-ttl", u("0"), {}},
        {"multicast-loop", u("on"), {}},
        {"multicast-loop", u("off"), {}},
        {"verify", u("off"), {}},
        {"verify", Fingerprint, {Fingerprint.toLower().remove(u':')}},
        {"ca", u("/etc/ca.pem"), {}},
        {"cert", u("a b.pem"), {}},
        {"key", u("key.pem"), {}},
        {"passphrase-file", passphraseFile, {}},
        {"sni", u("other.test"), {}},
        {"alpn", u("h2, http/1.1"), {u("h2,http/1.1")}},
        {"tls-min", u("1.0"), {}},
        {"tls-max", u("1.2"), {}},
        {"ciphers", u("ECDHE-RSA-AES128-GCM-SHA256:!aNULL"), {}},
        {"client-cert", u("ask"), {}},
        {"client-cert", u("require"), {}},
        {"subprotocol", u("chat.v2, chat.v1"), {u("chat.v2,chat.v1")}},
        {"origin", u("https://example.test"), {}},
        {"header", u("X-One:  two"), {u("X-One: two")}},
        {"cookie", u("a=b=c"), {}},
        {"auth", u("me:secret"), {}},
        {"auth", u("bearer abc"), {}},
        {"inflate-limit", u("1073741824"), {}},
        {"redirects", u("20"), {}},
        {"upgrade", u("ask"), {}},
        {"upgrade", u("refuse"), {}},
        {"accept-path", u("/chat"), {}},
        {"accept-origin", u("https://example.test"), {}},
        {"refuse-status", u("503"), {}},
        {"deflate", u("on"), {}},
        {"deflate", u("permessage-deflate"), {}},
        {"deflate", u("client_max_window_bits"), {u("on")}},
        {"deflate", u("server_max_window_bits=10"), {}},
        {"deflate", u("permessage-deflate; server_no_context_takeover"), {u("server_no_context_takeover")}},
        {"autopong", u("off"), {}},
        {"autopong", u("2500"), {}},
        {"answer", u("echo"), {}},
        {"answer", u("discard"), {}},
        {"answer", u("text:a: b"), {}},
        {"answer", u("greet:hi"), {}},
        {"answer", u("clock"), {u("clock:1000")}},
        {"answer", u("clock:20"), {}},
        {"answer", u("unruly:7"), {}},
        {"answer", u("file:/tmp/a:b"), {}},
    };
}

SessionOptions with(const QString &name, const QString &value)
{
    SessionOptions options;
    const Result<void> set = options.set(name, value);
    if (!set) {
        qFatal("%s=%s: %s", qPrintable(name), qPrintable(value), qPrintable(set.error().detail));
    }
    return options;
}

QByteArray json(const SessionOptions &options, SessionOptions::Secrets secrets)
{
    return QJsonDocument(options.toJson(secrets)).toJson();
}

} // namespace

class tst_SessionOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { TestSupport::failOnWarnings(); }
    void hasAGoodValueOfEveryOption();
    void readsBackWhatWasSet_data() { values(); }
    void readsBackWhatWasSet();
    void isTheDefaultAgainWithAnEmptyValue_data() { values(); }
    void isTheDefaultAgainWithAnEmptyValue();
    void survivesJson_data() { values(); }
    void survivesJson();
    void survivesJsonAllTogether();
    void saysNothingOfDefaults();
    void namesWrongValues_data();
    void namesWrongValues();
    void addsToRepeatableOptions();
    void leavesSecretsOut();
    void neverWritesAPassphrase();
    void neverQuotesASecretInAnError();
    void describesEveryOption();
    void knowsWhereAnOptionApplies_data();
    void knowsWhereAnOptionApplies();
    void refusesWhatDoesNotFitTogether();

private:
    void values();

    QTemporaryDir m_folder;
    QString m_passphraseFile;
    std::vector<Value> m_values;
};

void tst_SessionOptions::initTestCase()
{
    m_passphraseFile = m_folder.filePath(QStringLiteral("passphrase"));
    QFile file(m_passphraseFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("open sesame\r\nand nothing of this line");
    file.close();
    m_values = goodValues(m_passphraseFile);
}

void tst_SessionOptions::values()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QStringList>("normal");
    for (const Value &each : m_values) {
        QTest::addRow("%s=%s", each.name, qPrintable(each.value))
            << QString::fromLatin1(each.name) << each.value
            << (each.normal.isEmpty() ? QStringList{each.value} : each.normal);
    }
}

void tst_SessionOptions::hasAGoodValueOfEveryOption()
{
    for (const QString &name : SessionOptions::names()) {
        QVERIFY2(std::any_of(m_values.begin(), m_values.end(),
                             [&name](const Value &each) { return name == QLatin1String(each.name); }),
                 qPrintable(name));
    }
}

void tst_SessionOptions::readsBackWhatWasSet()
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    QFETCH(const QStringList, normal);

    const SessionOptions options = with(name, value);
    QCOMPARE(options.values(name), normal);
    QVERIFY(options != SessionOptions());
    for (const QString &other : SessionOptions::names()) {
        if (other != name) {
            QVERIFY2(options.values(other).isEmpty(), qPrintable(other));
        }
    }
    SessionOptions again;
    for (const QString &each : options.values(name)) {
        QVERIFY(again.set(name, each));
    }
    QVERIFY(again == options);
}

void tst_SessionOptions::isTheDefaultAgainWithAnEmptyValue()
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);

    SessionOptions options = with(name, value);
    QVERIFY(options.set(name, QString()));
    QVERIFY(options == SessionOptions());
}

void tst_SessionOptions::survivesJson()
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);

    const SessionOptions options = with(name, value);
    const auto again = SessionOptions::fromJson(options.toJson(SessionOptions::Secrets::Include));
    QVERIFY(again);
    QVERIFY(*again == options);
}

void tst_SessionOptions::survivesJsonAllTogether()
{
    SessionOptions options;
    for (const Value &each : m_values) {
        QVERIFY(options.set(QLatin1String(each.name), each.value));
    }
    const auto again = SessionOptions::fromJson(options.toJson(SessionOptions::Secrets::Include));
    QVERIFY(again);
    QVERIFY(*again == options);
}

void tst_SessionOptions::saysNothingOfDefaults()
{
    QVERIFY(SessionOptions().toJson(SessionOptions::Secrets::Include).isEmpty());
    for (const auto &[name, value] :
         std::vector<std::pair<QString, QString>>{{QStringLiteral("nodelay"), QStringLiteral("on")},
                                                  {QStringLiteral("keepalive"), QStringLiteral("off")},
                                                  {QStringLiteral("linger"), QStringLiteral("off")},
                                                  {QStringLiteral("reconnect"), QStringLiteral("off")},
                                                  {QStringLiteral("proxy"), QStringLiteral("off")},
                                                  {QStringLiteral("family"), QStringLiteral("any")},
                                                  {QStringLiteral("verify"), QStringLiteral("on")},
                                                  {QStringLiteral("tls-min"), QStringLiteral("any")},
                                                  {QStringLiteral("answer"), QStringLiteral("none")}}) {
        QVERIFY(with(name, value) == SessionOptions());
    }
}

void tst_SessionOptions::namesWrongValues_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *value, const char *words) {
        QTest::addRow("%s=%s", name, value) << QString::fromUtf8(value) << QString::fromUtf8(words);
    };
    row("bind", "eth0", "bind takes ADDRESS|:PORT");
    row("bind", "127.0.0.1:70000", "not \"127.0.0.1:70000\"");
    row("interface", "eth 0", "interface takes NAME");
    row("family", "5", "any|4|6");
    row("reuse-address", "yes", "on|off");
    row("connect-timeout", "0", "1 to 86400000");
    row("reconnect", "-1", "off|MS");
    row("log-limit", "1023k", "at least 1M");
    row("log-limit", "9000000000G", "at least 1M");
    row("proxy", "proxy.test:80", "http://");
    row("proxy", "ftp://proxy.test:80", "socks5://");
    row("proxy", "http://proxy.test", "needs a port");
    row("proxy", "http://proxy.test:0", "needs a port");
    row("proxy", "http://:80", "host of the proxy is missing");
    row("proxy", "http://:secret@proxy.test:80", "user");
    row("proxy", "http://me:a%0d%0aX: y@proxy.test:80", "control characters");
    row("keepalive", "0", "IDLE[,INTERVAL[,COUNT]]");
    row("keepalive", "1,2,128", "IDLE[,INTERVAL[,COUNT]]");
    row("keepalive", "1,2,3,4", "IDLE[,INTERVAL[,COUNT]]");
    row("linger", "4000", "0 to 3600");
    row("sndbuf", "0", "1 to 1073741823");
    row("rcvbuf", "1073741824", "1 to 1073741823");
    row("tos", "300", "tos takes 0 to 255, not \"300\"");
    row("ttl", "0", "1 to 255");
    row("backlog", "65536", "1 to 65535");
    row("broadcast", "ON", "on|off");
    row("multicast", "10.0.0.1", "not a multicast group");
    row("multicast", "239.1.2.3,a/b", "GROUP[,INTERFACE]");
    row("multicast-ttl", "256", "0 to 255");
    row("verify", "maybe", "SHA256");
    row("verify", "AB:CD", "64 hex digits");
    row("passphrase-file", "/nonexistent", "cannot read /nonexistent");
    row("tls-min", "1.4", "1.0|1.1|1.2|1.3");
    row("client-cert", "yes", "none|ask|require");
    row("subprotocol", "a b", "cannot be a subprotocol");
    row("subprotocol", "a,b,a", "named twice");
    row("origin", "a\r\nb", "control character");
    row("header", "X-One", "Name: value");
    row("header", "X One: 1", "Name: value");
    row("header", "X-One: a\r\nX-Two: b", "control character");
    row("cookie", "a", "NAME=VALUE");
    row("cookie", "a=b; c=d", "NAME=VALUE");
    row("auth", "me", "USER:PASSWORD");
    row("inflate-limit", "0", "1 to 1073741824");
    row("redirects", "21", "0 to 20");
    row("deflate", "yes", "deflate takes off, on or parameters");
    row("deflate", "server_max_window_bits=7", "deflate takes off, on or parameters");
    row("deflate", "permessage-deflate, permessage-deflate", "off|on|PARAMETERS");
    row("autopong", "0", "on|off|MS (1 to 86400000)");
    row("autopong", "later", "on|off|MS (1 to 86400000)");
    row("upgrade", "maybe", "accept|ask|refuse");
    row("accept-path", "chat", "/PATH");
    row("refuse-status", "200", "400 to 599");
    row("answer", "shout", "file:PATH");
    row("answer", "file", "needs a path");
    row("answer", "clock:0", "1 to 86400000");
    row("colour", "red", "unknown option \"colour\"; there are bind, ");
}

void tst_SessionOptions::namesWrongValues()
{
    QFETCH(const QString, value);
    QFETCH(const QString, words);
    const QString name = QString::fromUtf8(QTest::currentDataTag()).section(u'=', 0, 0);

    SessionOptions options;
    const Result<void> result = options.set(name, value);
    QVERIFY(!result);
    QVERIFY2(result.error().detail.contains(words), qPrintable(result.error().detail));
    QVERIFY(options == SessionOptions());
}

void tst_SessionOptions::addsToRepeatableOptions()
{
    SessionOptions options;
    for (const char *path : {"/a", "/b", "/a"}) {
        QVERIFY(options.set(QStringLiteral("accept-path"), QLatin1String(path)));
    }
    QCOMPARE(options.values(QStringLiteral("accept-path")), (QStringList{"/a", "/b", "/a"}));
    const auto again = SessionOptions::fromJson(options.toJson(SessionOptions::Secrets::LeaveOut));
    QVERIFY(again);
    QVERIFY(*again == options);
}

void tst_SessionOptions::leavesSecretsOut()
{
    SessionOptions options;
    int count = 0;
    const auto secret = [&count] {
        return QStringLiteral("hush-%1-hush").arg(++count);
    };
    const auto set = [&options](const char *name, const QString &value) {
        const Result<void> result = options.set(QLatin1String(name), value);
        QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    };
    set("auth", QStringLiteral("me:") + secret());
    set("proxy", QStringLiteral("http://somebody:%1@proxy.test:80").arg(secret()));
    set("cookie", QStringLiteral("session=") + secret());
    for (const char *name : {"Authorization", "cookie", "PROXY-Authorization", "X-Auth-Token", "X-Api-Key", "Cookie2",
                             "X-Amz-Security-Token", "X-Client-Secret", "X-Password"}) {
        set("header", QLatin1String(name) + QStringLiteral(": ") + secret());
    }
    set("header", QStringLiteral("X-Shown: yes"));
    options.tls.passphrase = secret();

    const QByteArray shown = json(options, SessionOptions::Secrets::LeaveOut);
    QVERIFY2(!shown.contains("hush"), shown.constData());
    QVERIFY(shown.contains("X-Shown: yes"));
    QVERIFY(shown.contains("http://somebody@proxy.test:80"));
    QCOMPARE(json(options, SessionOptions::Secrets::Include).count("hush-"), count - 1); // Not the passphrase
}

void tst_SessionOptions::neverWritesAPassphrase()
{
    const SessionOptions options = with(QStringLiteral("passphrase-file"), m_passphraseFile);
    QCOMPARE(options.tls.passphrase, QStringLiteral("open sesame"));
    const QByteArray all = json(options, SessionOptions::Secrets::Include);
    QVERIFY(!all.contains("sesame"));
    QVERIFY(all.contains("passphrase-file"));
}

void tst_SessionOptions::neverQuotesASecretInAnError()
{
    for (const auto &[name, value] :
         std::vector<std::pair<const char *, const char *>>{{"auth", "hush"},
                                                            {"cookie", "hush"},
                                                            {"cookie", "a=hush;"},
                                                            {"header", "hush"},
                                                            {"header", "Cookie: hush\r\n"},
                                                            {"proxy", "hush"},
                                                            {"proxy", "http://me:hush@proxy"},
                                                            {"proxy", "http://:hush@proxy:80"},
                                                            {"proxy", "http://me:hush\x01@proxy:80"},
                                                            {"proxy", "http://me:hush@pro xy:80"}}) {
        SessionOptions options;
        const Result<void> result = options.set(QLatin1String(name), QLatin1String(value));
        QVERIFY2(!result, value);
        QVERIFY2(!result.error().detail.contains(QStringLiteral("hush")), qPrintable(result.error().detail));
    }
}

void tst_SessionOptions::describesEveryOption()
{
    const std::vector<OptionHelp> help = SessionOptions::help();
    QCOMPARE(qsizetype(help.size()), SessionOptions::names().size());
    for (const OptionHelp &each : help) {
        QVERIFY(!each.syntax.isEmpty() && !each.appliesTo.isEmpty());
        QVERIFY2(each.description.size() > 10 && !each.description.endsWith(u'.'), qPrintable(each.name));
        QCOMPARE(SessionOptions::names().count(each.name), 1);
    }
}

void tst_SessionOptions::knowsWhereAnOptionApplies_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("sentence"); // Empty: it does apply
    const auto row = [](const char *name, const char *target, const char *value, const char *sentence) {
        QTest::addRow("%s, %s", name, target)
            << QString::fromUtf8(target) << QString::fromUtf8(value) << QString::fromUtf8(sentence);
    };
    row("answer", "tcp-listen://:0", "echo", "");
    row("answer", "udp-listen://:0", "echo", "");
    row("answer", "tcp://a:1", "echo", "it is for listeners");
    row("nodelay", "udp://a:1", "off", "everything but udp");
    row("nodelay", "wss-listen://:0", "off", "");
    row("bind", "udp://a:1", ":5", "");
    row("bind", "tcp-listen://:0", ":5", "it is for clients");
    row("backlog", "udp-listen://:0", "5", "listeners other than udp");
    row("multicast", "udp-listen://:0", "239.1.1.1", "");
    row("multicast", "tcp://a:1", "239.1.1.1", "it is for udp");
    row("sni", "tcp://a:1", "b", "");
    row("sni", "udp://a:1", "b", "clients other than udp");
    row("ca", "ws://a", "x", "");
    row("ca", "ws-listen://:0", "x", "everything but udp and ws-listen");
    row("client-cert", "wss-listen://:0", "ask", "");
    row("client-cert", "wss://a", "ask", "wss-listen");
    row("header", "ws://a", "X: y", "");
    row("header", "tls://a:1", "X: y", "clients of ws and wss");
    row("upgrade", "ws-listen://:0", "ask", "");
    row("upgrade", "tcp-listen://:0", "ask", "listeners of ws and wss");
    row("connect-timeout", "udp-listen://:0", "5", "everything but udp-listen");
    row("tos", "udp-listen://:0", "5", "");
}

void tst_SessionOptions::knowsWhereAnOptionApplies()
{
    QFETCH(const QString, target);
    QFETCH(const QString, value);
    QFETCH(const QString, sentence);
    const QString name = QString::fromUtf8(QTest::currentDataTag()).section(u',', 0, 0);

    const Result<SessionSpec> spec = SessionSpec::fromTarget(target);
    QVERIFY(spec);
    QVERIFY(SessionOptions().checkFor(spec->scheme, spec->role));
    const Result<void> checked = with(name, value).checkFor(spec->scheme, spec->role);
    QCOMPARE(checked.has_value(), sentence.isEmpty());
    QCOMPARE(SessionOptions::appliesTo(name, spec->scheme, spec->role), sentence.isEmpty());
    if (!checked) {
        QCOMPARE(checked.error().code, Error::Code::Usage);
        QVERIFY2(checked.error().detail.contains(sentence), qPrintable(checked.error().detail));
        QVERIFY2(checked.error().detail.contains(name), qPrintable(checked.error().detail));
    }
}

void tst_SessionOptions::refusesWhatDoesNotFitTogether()
{
    SessionOptions options = with(QStringLiteral("tls-min"), QStringLiteral("1.3"));
    QVERIFY(options.set(QStringLiteral("tls-max"), QStringLiteral("1.2")));
    QVERIFY(!options.checkFor(Scheme::Tls, Role::Client));

    options = with(QStringLiteral("bind"), QStringLiteral("127.0.0.1"));
    QVERIFY(options.set(QStringLiteral("family"), QStringLiteral("6")));
    const Result<void> checked = options.checkFor(Scheme::Tcp, Role::Client);
    QVERIFY(!checked);
    QVERIFY(checked.error().detail.contains(QStringLiteral("family")));
}

QTEST_GUILESS_MAIN(tst_SessionOptions)
#include "tst_sessionoptions.moc"
