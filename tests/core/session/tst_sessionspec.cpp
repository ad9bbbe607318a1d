// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/sessionspec.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_SessionSpec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void readsTargets_data();
    void readsTargets();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void takesUserAndPasswordAsAuth();
    void optionsSurviveJson();
    void secretsAreLeftOut();
    void namesWrongOptions_data();
    void namesWrongOptions();
};

void tst_SessionSpec::readsTargets_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("canonical");
    QTest::addColumn<int>("port");

    QTest::newRow("tcp") << "tcp://example.test:7"
                         << "tcp://example.test:7" << 7;
    QTest::newRow("no scheme") << "example.test:7"
                               << "tcp://example.test:7" << 7;
    QTest::newRow("ncat") << "127.0.0.1 4000"
                          << "tcp://127.0.0.1:4000" << 4000;
    QTest::newRow("ncat, IPv6") << "::1 4000"
                                << "tcp://[::1]:4000" << 4000;
    QTest::newRow("blanks around") << "  tcp://a:1 "
                                   << "tcp://a:1" << 1;
    QTest::newRow("upper case scheme") << "TCP://a:1"
                                       << "tcp://a:1" << 1;
    QTest::newRow("udp") << "udp://[::1]:53"
                         << "udp://[::1]:53" << 53;
    QTest::newRow("zone") << "tcp://[fe80::1%25lo]:1"
                          << "tcp://[fe80::1%lo]:1" << 1;
    QTest::newRow("ws default port") << "ws://a"
                                     << "ws://a/" << 80;
    QTest::newRow("ws port 80") << "ws://a:80/x"
                                << "ws://a/x" << 80;
    QTest::newRow("ws port") << "ws://a:9001/chat?x=1"
                             << "ws://a:9001/chat?x=1" << 9001;
    QTest::newRow("ws query alone") << "ws://a?x=1"
                                    << "ws://a/?x=1" << 80;
    QTest::newRow("ws fragment") << "ws://a/b#c"
                                 << "ws://a/b" << 80;
    QTest::newRow("ws beyond ASCII") << "ws://a/\u00e4"
                                     << "ws://a/%C3%A4" << 80;
    QTest::newRow("ws encoded already") << "ws://a/%20"
                                        << "ws://a/%20" << 80;
    QTest::newRow("wss") << "wss://a"
                         << "wss://a/" << 443;
    QTest::newRow("tls") << "tls://a:443"
                         << "tls://a:443" << 443;
    QTest::newRow("listen") << "tcp-listen://127.0.0.1:0"
                            << "tcp-listen://127.0.0.1:0" << 0;
    QTest::newRow("listen, any address") << "udp-listen://:5000"
                                         << "udp-listen://:5000" << 5000;
    QTest::newRow("listen, star") << "tcp-listen://*:5000"
                                  << "tcp-listen://:5000" << 5000;
    QTest::newRow("listen, no port") << "ws-listen://127.0.0.1"
                                     << "ws-listen://127.0.0.1:0/" << 0;
    QTest::newRow("listen, IPv6") << "ws-listen://[::]:80"
                                  << "ws-listen://[::]:80/" << 80;
}

void tst_SessionSpec::readsTargets()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, canonical);
    QFETCH(const int, port);

    const Result<SessionSpec> spec = SessionSpec::fromTarget(typed);
    QVERIFY2(spec, spec ? "" : qPrintable(spec.error().detail));
    QCOMPARE(spec->target(), canonical);
    QCOMPARE(int(spec->port), port);

    const Result<SessionSpec> again = SessionSpec::fromTarget(spec->target());
    QVERIFY(again);
    QVERIFY(*again == *spec);
}

void tst_SessionSpec::namesWhatIsWrong_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("words");

    QTest::newRow("empty") << "  "
                           << "empty";
    QTest::newRow("unknown scheme") << "ftp://a:1"
                                    << "unknown scheme \"ftp\"";
    QTest::newRow("http") << "http://a/"
                          << "use ws://";
    QTest::newRow("https") << "https://a/"
                           << "use wss://";
    QTest::newRow("no host") << "tcp://:1"
                             << "host is missing";
    QTest::newRow("no port") << "tcp://a"
                             << "port is missing";
    QTest::newRow("no port, no scheme") << "a"
                                        << "port is missing";
    QTest::newRow("port too large") << "a:65536"
                                    << "out of range";
    QTest::newRow("port far too large") << "a:99999999999999999999999"
                                        << "out of range";
    QTest::newRow("port zero") << "a:0"
                               << "port 0";
    QTest::newRow("port negative") << "a:-1"
                                   << "not a number";
    QTest::newRow("port of letters") << "a:http"
                                     << "not a number";
    QTest::newRow("bare IPv6") << "tcp://::1:80"
                               << "needs brackets";
    QTest::newRow("bad IPv6") << "tcp://[::g]:80"
                              << "not an IPv6 address";
    QTest::newRow("open bracket") << "tcp://[::1"
                                  << "\"]\" is missing";
    QTest::newRow("after bracket") << "tcp://[::1]80"
                                   << "a colon and the port";
    QTest::newRow("IPv4 in brackets") << "tcp://[127.0.0.1]:80"
                                      << "not an IPv6 address";
    QTest::newRow("bad IPv4") << "tcp://300.1.1.1:80"
                              << "not an IPv4 address";
    QTest::newRow("space in host") << "tcp://my host:80"
                                   << "space in the host";
    QTest::newRow("odd character") << "tcp://a|b:80"
                                   << "no host name can have";
    QTest::newRow("path on tcp") << "tcp://a:80/x"
                                 << "takes no path";
    QTest::newRow("space in path") << "ws://a/b c"
                                   << "in the path";
    QTest::newRow("user on tcp") << "tcp://u@a:80"
                                 << "ws:// and wss:// only";
}

void tst_SessionSpec::namesWhatIsWrong()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, words);

    const Result<SessionSpec> spec = SessionSpec::fromTarget(typed);
    QVERIFY(!spec);
    QCOMPARE(spec.error().code, Error::Code::Usage);
    QVERIFY2(spec.error().detail.contains(words), qPrintable(spec.error().detail));
}

void tst_SessionSpec::takesUserAndPasswordAsAuth()
{
    const Result<SessionSpec> spec = SessionSpec::fromTarget(QStringLiteral("ws://me:p%40ss@a/x"));
    QVERIFY(spec);
    QCOMPARE(spec->options.auth, QStringLiteral("me:p@ss"));
    QCOMPARE(spec->target(), QStringLiteral("ws://a/x"));
}

void tst_SessionSpec::optionsSurviveJson()
{
    SessionOptions options;
    const std::vector<std::pair<QString, QString>> values = {
        {QStringLiteral("connect-timeout"), QStringLiteral("250")},
        {QStringLiteral("bind"), QStringLiteral("[::1]:4000")},
        {QStringLiteral("subprotocol"), QStringLiteral("chat, superchat")},
        {QStringLiteral("origin"), QStringLiteral("https://example.test")},
        {QStringLiteral("header"), QStringLiteral("X-One: 1")},
        {QStringLiteral("header"), QStringLiteral("X-One:2")},
        {QStringLiteral("header"), QStringLiteral("Cookie: a=b")},
        {QStringLiteral("auth"), QStringLiteral("me:secret")},
        {QStringLiteral("answer"), QStringLiteral("greet:hi: there")},
    };
    for (const auto &[name, value] : values) {
        QVERIFY(options.set(name, value));
    }
    QCOMPARE(options.subprotocols, (QStringList{QStringLiteral("chat"), QStringLiteral("superchat")}));
    QCOMPARE(options.headers.size(), std::size_t(3));
    QCOMPARE(options.answer.text, QByteArray("hi: there"));

    const Result<SessionOptions> again = SessionOptions::fromJson(options.toJson(SessionOptions::Secrets::Include));
    QVERIFY(again);
    QVERIFY(*again == options);
}

void tst_SessionSpec::secretsAreLeftOut()
{
    SessionOptions options;
    QVERIFY(options.set(QStringLiteral("auth"), QStringLiteral("me:secret")));
    QVERIFY(options.set(QStringLiteral("header"), QStringLiteral("Authorization: secret")));
    QVERIFY(options.set(QStringLiteral("header"), QStringLiteral("cookie: secret")));
    QVERIFY(options.toJson(SessionOptions::Secrets::LeaveOut).isEmpty());
}

void tst_SessionSpec::namesWrongOptions_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("words");

    QTest::newRow("unknown") << "colour"
                             << "red"
                             << "there are bind, interface, family";
    QTest::newRow("timeout of zero") << "connect-timeout"
                                     << "0"
                                     << "1 to 86400000";
    QTest::newRow("timeout of letters") << "connect-timeout"
                                        << "soon"
                                        << "1 to 86400000";
    QTest::newRow("bind") << "bind"
                          << "eth0"
                          << "bind takes";
    QTest::newRow("subprotocol") << "subprotocol"
                                 << "a b"
                                 << "cannot be a subprotocol";
    QTest::newRow("header without a colon") << "header"
                                            << "X-One"
                                            << "Name: value";
    QTest::newRow("header injection") << "header"
                                      << "X-One: a\r\nX-Two: b"
                                      << "control character";
    QTest::newRow("origin injection") << "origin"
                                      << "http://here\r\nX-Two: b"
                                      << "control character";
    QTest::newRow("auth injection") << "auth"
                                    << "bearer a\r\nX-Two: b"
                                    << "bearer TOKEN";
    QTest::newRow("auth") << "auth"
                          << "me"
                          << "USER:PASSWORD";
    QTest::newRow("answer") << "answer"
                            << "shout"
                            << "there are none, echo";
    QTest::newRow("answer's argument") << "answer"
                                       << "echo:2"
                                       << "takes no argument";
    QTest::newRow("answer without its text") << "answer"
                                             << "text"
                                             << "text:TEXT";
    QTest::newRow("seed") << "answer"
                          << "unruly:x"
                          << "seed";
}

void tst_SessionSpec::namesWrongOptions()
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    QFETCH(const QString, words);

    SessionOptions options;
    const Result<void> result = options.set(name, value);
    QVERIFY(!result);
    QVERIFY2(result.error().detail.contains(words), qPrintable(result.error().detail));
    QVERIFY(options == SessionOptions());
}

QTEST_GUILESS_MAIN(tst_SessionSpec)
#include "tst_sessionspec.moc"
