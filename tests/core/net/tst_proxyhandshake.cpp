// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/proxyhandshake.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using State = ProxyHandshake::State;

namespace {

std::unique_ptr<ProxyHandshake> make(const QString &kind, const QString &host, const ProxyHandshake::Login &login)
{
    const ProxyHandshake::Target target{host, 8080};
    return kind == QLatin1String("http") ? ProxyHandshake::httpConnect(target, login)
                                         : ProxyHandshake::socks5(target, login);
}

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

/// What came of feeding `answer` in pieces, each before the next is known.
struct Outcome
{
    State state = State::Asking;
    QByteArray sent;
    qsizetype taken = 0;
    QString answer;
    QString error;

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

Outcome run(ProxyHandshake &handshake, const QByteArray &answer, qsizetype piece)
{
    Outcome outcome;
    outcome.sent = handshake.takeOutput();
    for (qsizetype at = 0; at < answer.size() && handshake.state() != State::Accepted; at += piece) {
        outcome.taken += handshake.feed(QByteArrayView(answer).sliced(at, std::min(piece, answer.size() - at)));
        outcome.sent += handshake.takeOutput();
    }
    outcome.state = handshake.state();
    outcome.answer = handshake.answer();
    outcome.error = handshake.error().detail;
    return outcome;
}

const ProxyHandshake::Login NoLogin{};
const ProxyHandshake::Login Alice{QStringLiteral("alice"), QStringLiteral("s:cret")};

const QByteArray Socks5Ok = hex("05000001 7f000001 1f90");

} // namespace

Q_DECLARE_METATYPE(Sidewire::ProxyHandshake::Login)
Q_DECLARE_METATYPE(Sidewire::ProxyHandshake::State)

class tst_ProxyHandshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void asks_data();
    void asks();
    void judges_data();
    void judges();
    void splittingNeverChangesTheResult_data() { judges_data(); }
    void splittingNeverChangesTheResult();
    void waitsForMore_data();
    void waitsForMore();
    void namesEachReplyOfSocks_data();
    void namesEachReplyOfSocks();
    void boundsTheHead();
    void takesTheBodyOfARefusal();
    void refusesWhatSocksCannotCarry();
};

void tst_ProxyHandshake::asks_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("host");
    QTest::addColumn<ProxyHandshake::Login>("login");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("sent");

    const QString http = QStringLiteral("http");
    const QString socks = QStringLiteral("socks");
    const QString name = QStringLiteral("example.test");
    QTest::newRow("http") << http << name << NoLogin << QByteArray()
                          << QByteArray("CONNECT example.test:8080 HTTP/1.1\r\nHost: example.test:8080\r\n\r\n");
    QTest::newRow("http, login") << http << name << Alice << QByteArray()
                                 << QByteArray("CONNECT example.test:8080 HTTP/1.1\r\nHost: example.test:8080\r\n"
                                               "Proxy-Authorization: Basic YWxpY2U6czpjcmV0\r\n\r\n");
    QTest::newRow("http, IPv6") << http << QStringLiteral("fe80::1%eth0") << NoLogin << QByteArray()
                                << QByteArray("CONNECT [fe80::1]:8080 HTTP/1.1\r\nHost: [fe80::1]:8080\r\n\r\n");
    QTest::newRow("http, IDN") << http << QStringLiteral("b\u00fccher.test") << NoLogin << QByteArray()
                               << QByteArray("CONNECT xn--bcher-kva.test:8080 HTTP/1.1\r\n"
                                             "Host: xn--bcher-kva.test:8080\r\n\r\n");
    QTest::newRow("socks, name") << socks << name << NoLogin << hex("0500")
                                 << hex("050100") + hex("050100030c") + "example.test" + hex("1f90");
    QTest::newRow("socks, IPv4") << socks << QStringLiteral("10.1.2.3") << NoLogin << hex("0500")
                                 << hex("050100 05010001 0a010203 1f90");
    QTest::newRow("socks, IPv6") << socks << QStringLiteral("::1") << NoLogin << hex("0500")
                                 << hex("050100 05010004 00000000000000000000000000000001 1f90");
    QTest::newRow("socks, login") << socks << QStringLiteral("10.1.2.3") << Alice << hex("0502 0100")
                                  << hex("05020002") + hex("0105") + "alice" + hex("06") + "s:cret"
            + hex("05010001 0a010203 1f90");
    QTest::newRow("socks, login not wanted")
        << socks << QStringLiteral("10.1.2.3") << Alice << hex("0500") << hex("05020002 05010001 0a010203 1f90");
}

void tst_ProxyHandshake::asks()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, host);
    QFETCH(const ProxyHandshake::Login, login);
    QFETCH(const QByteArray, answer);
    QFETCH(const QByteArray, sent);
    const auto handshake = make(kind, host, login);
    QCOMPARE(run(*handshake, answer, 1).sent.toHex(' '), sent.toHex(' '));
    QVERIFY(handshake->state() == State::Asking);
}

void tst_ProxyHandshake::judges_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<ProxyHandshake::Login>("login");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<qsizetype>("rest"); // How much of it is the target's; -1: refused
    QTest::addColumn<QString>("said");

    const auto good = [](const char *name, const char *kind, const ProxyHandshake::Login &login,
                         const QByteArray &answer, qsizetype rest, const char *said) {
        QTest::newRow(name) << QString::fromLatin1(kind) << login << answer << rest << QString::fromLatin1(said);
    };
    const auto bad = [](const char *name, const char *kind, const ProxyHandshake::Login &login,
                        const QByteArray &answer, const char *said) {
        QTest::newRow(name) << QString::fromLatin1(kind) << login << answer << qsizetype(-1)
                            << QString::fromLatin1(said);
    };

    good("http", "http", NoLogin, "HTTP/1.1 200 Connection established\r\n\r\n", 0, "200 Connection established");
    good("http, any 2xx", "http", NoLogin, "HTTP/1.0 299\r\nVia: x\r\n\r\n", 0, "299");
    good("http, a length that does not count", "http", NoLogin, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 5,
         "200 OK"); // RFC 9110, 9.3.6
    good("http, the target speaks first", "http", NoLogin, "HTTP/1.1 200 OK\n\n220 ready\r\n", 11, "200 OK");
    good("http, after an interim answer", "http", NoLogin, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx", 1,
         "200 OK");
    bad("http, forbidden", "http", NoLogin, "HTTP/1.1 403 Filtered\r\n\r\n", "the proxy answered 403 Filtered");
    bad("http, a redirect", "http", NoLogin, "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n",
        "the proxy answered 302 Found");
    bad("http, login wanted", "http", NoLogin,
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n",
        "the proxy answered 407 Proxy Authentication Required; it wants a user and a password (Basic)");
    bad("http, wrong login", "http", Alice, "HTTP/1.1 407 No\r\n\r\n",
        "the proxy answered 407 No; user or password are not accepted");
    bad("http, something else", "http", NoLogin, "SSH-2.0-OpenSSH\r\n", "the proxy's answer is not HTTP");
    bad("http, socks", "http", NoLogin, hex("05ff"), "the proxy's answer is not HTTP");
    bad("http, no status", "http", NoLogin, "HTTP/1.1\r\n\r\n", "the proxy's answer is not HTTP");

    good("socks", "socks", NoLogin, hex("0500") + Socks5Ok, 0, "succeeded");
    good("socks, bound to a name", "socks", NoLogin, hex("0500 05000003 03616263 0050") + "220 ready", 9, "succeeded");
    good("socks, bound to an empty name", "socks", NoLogin, hex("0500 05000003 00 0050"), 0, "succeeded");
    good("socks, bound to IPv6", "socks", NoLogin, hex("0500 05000004 00000000000000000000000000000001 0050 ff"), 1,
         "succeeded");
    good("socks, login", "socks", Alice, hex("0502 0100") + Socks5Ok, 0, "succeeded");
    bad("socks, login wanted", "socks", NoLogin, hex("05ff"),
        "the proxy wants a login, and there is no user and password for it");
    bad("socks, another login wanted", "socks", Alice, hex("05ff"),
        "the proxy takes neither a login by user and password nor none");
    bad("socks, wrong login", "socks", Alice, hex("0502 0101"), "the proxy does not accept the user or the password");
    bad("socks, a method of its own", "socks", NoLogin, hex("0502"),
        "the proxy chose the login method 2, which was not offered");
    bad("socks, SOCKS4", "socks", NoLogin, hex("005a"), "the proxy's answer is not SOCKS5: it begins with 0x00");
    bad("socks, HTTP", "socks", NoLogin, "HTTP/1.1 400 Bad Request\r\n\r\n", "the proxy speaks HTTP, not SOCKS5");
    bad("socks, login of another version", "socks", Alice, hex("0502 0500"),
        "the proxy's answer is not SOCKS5: it begins with 0x05");
    bad("socks, an unknown address", "socks", NoLogin, hex("0500 05000002 00"),
        "the proxy's answer has an address of the unknown type 2");
    bad("socks, refused", "socks", NoLogin, hex("0500 0505"),
        "the proxy did not connect to example.test:8080: connection refused");
}

void tst_ProxyHandshake::judges()
{
    QFETCH(const QString, kind);
    QFETCH(const ProxyHandshake::Login, login);
    QFETCH(const QByteArray, answer);
    QFETCH(const qsizetype, rest);
    QFETCH(const QString, said);

    const auto handshake = make(kind, QStringLiteral("example.test"), login);
    const Outcome outcome = run(*handshake, answer, answer.size());
    if (rest < 0) {
        QVERIFY(outcome.state == State::Refused);
        QCOMPARE(outcome.error, said);
        QCOMPARE(outcome.taken, answer.size());
    } else {
        QVERIFY(outcome.state == State::Accepted);
        QCOMPARE(outcome.answer, said);
        QCOMPARE(answer.size() - outcome.taken, rest);
    }
}

void tst_ProxyHandshake::splittingNeverChangesTheResult()
{
    QFETCH(const QString, kind);
    QFETCH(const ProxyHandshake::Login, login);
    QFETCH(const QByteArray, answer);
    const Outcome whole = run(*make(kind, QStringLiteral("example.test"), login), answer, answer.size());
    for (qsizetype piece = 1; piece < answer.size(); ++piece) {
        QVERIFY(run(*make(kind, QStringLiteral("example.test"), login), answer, piece) == whole);
    }
}

void tst_ProxyHandshake::waitsForMore_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("nothing") << QStringLiteral("http") << QByteArray();
    QTest::newRow("a beginning") << QStringLiteral("http") << QByteArray("HT");
    QTest::newRow("half a head") << QStringLiteral("http") << QByteArray("HTTP/1.1 200 OK\r\n");
    QTest::newRow("an interim head") << QStringLiteral("http") << QByteArray("HTTP/1.1 100 Go\r\n\r\n");
    QTest::newRow("a version") << QStringLiteral("socks") << hex("05");
    QTest::newRow("a method") << QStringLiteral("socks") << hex("0500");
    QTest::newRow("half an address") << QStringLiteral("socks") << hex("0500 05000001 7f0000");
    QTest::newRow("half a port") << QStringLiteral("socks") << hex("0500 05000003 03616263 00");
}

void tst_ProxyHandshake::waitsForMore()
{
    QFETCH(const QString, kind);
    QFETCH(const QByteArray, answer);
    const auto handshake = make(kind, QStringLiteral("example.test"), NoLogin);
    const Outcome outcome = run(*handshake, answer, std::max<qsizetype>(1, answer.size()));
    QVERIFY(outcome.state == State::Asking);
    QCOMPARE(outcome.taken, answer.size());
}

void tst_ProxyHandshake::namesEachReplyOfSocks_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("name");
    const QStringList names{
        QStringLiteral("general failure"),       QStringLiteral("not allowed by the ruleset"),
        QStringLiteral("network unreachable"),   QStringLiteral("host unreachable"),
        QStringLiteral("connection refused"),    QStringLiteral("TTL expired"),
        QStringLiteral("command not supported"), QStringLiteral("address type not supported")}; // RFC 1928, 6
    for (int code = 1; code <= 8; ++code) {
        QTest::addRow("%d", code) << code << names.at(code - 1);
    }
    QTest::newRow("unassigned") << 9 << QStringLiteral("reply 9");
    QTest::newRow("last") << 255 << QStringLiteral("reply 255");
}

void tst_ProxyHandshake::namesEachReplyOfSocks()
{
    QFETCH(const int, code);
    QFETCH(const QString, name);
    const auto handshake = make(QStringLiteral("socks"), QStringLiteral("example.test"), NoLogin);
    const Outcome outcome = run(*handshake, hex("050005") + char(code) + hex("0001000000000000"), 100);
    QVERIFY(outcome.state == State::Refused);
    QCOMPARE(outcome.answer, name);
    QCOMPARE(outcome.error, QStringLiteral("the proxy did not connect to example.test:8080: ") + name);
}

void tst_ProxyHandshake::boundsTheHead()
{
    const auto handshake = make(QStringLiteral("http"), QStringLiteral("example.test"), NoLogin);
    QVERIFY(handshake->feed("HTTP/1.1 200 OK\r\nX: ") > 0);
    const QByteArray more(1000, 'x');
    qsizetype fed = 0;
    while (handshake->state() == State::Asking && fed < 1'000'000) {
        fed += handshake->feed(more);
    }
    QVERIFY(handshake->state() == State::Refused);
    QVERIFY(fed < 66 * 1024);
    QCOMPARE(handshake->error().detail, QStringLiteral("the proxy's answer has no end"));
}

void tst_ProxyHandshake::takesTheBodyOfARefusal()
{
    const auto handshake = make(QStringLiteral("http"), QStringLiteral("example.test"), NoLogin);
    const QByteArray answer = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\n";
    QCOMPARE(handshake->feed(answer), answer.size());
    QCOMPARE(handshake->feed("oops"), 4);
}

void tst_ProxyHandshake::refusesWhatSocksCannotCarry()
{
    const QString tooLong(256, u'x');
    QVERIFY(make(QStringLiteral("socks"), QStringLiteral("a"), {tooLong, {}})->state() == State::Refused);
    QVERIFY(make(QStringLiteral("socks"), QStringLiteral("a"), {QStringLiteral("a"), tooLong})->state()
            == State::Refused);
    QVERIFY(make(QStringLiteral("socks"), tooLong, NoLogin)->state() == State::Refused);
}

QTEST_GUILESS_MAIN(tst_ProxyHandshake)
#include "tst_proxyhandshake.moc"
