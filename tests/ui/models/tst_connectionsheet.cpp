// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/models/connectionsheet.h"
#include "ui/models/tlstext.h"

#include <QTest>

using namespace Sidewire;

namespace {

constexpr qint64 Day = 86'400'000'000'000;
constexpr qint64 Now = 20'000 * Day + Day / 2; // 2024-10-04, noon

CertificateFacts certificate()
{
    CertificateFacts facts;
    facts.subject = QStringLiteral("CN=example.test");
    facts.issuer = QStringLiteral("CN=Example CA");
    facts.names = {QStringLiteral("DNS:example.test"), QStringLiteral("IP:127.0.0.1")};
    facts.validFrom = Now - 10 * Day;
    facts.validUntil = Now + 20 * Day + Day / 4;
    facts.key = QStringLiteral("RSA 2048");
    facts.sha256 = QString(64, u'a');
    return facts;
}

ConnectionInfo secured()
{
    ConnectionInfo info;
    info.state = ConnectionState::Open;
    info.local = Endpoint::fromString(QStringLiteral("127.0.0.1:50214"));
    info.peer = Endpoint::fromString(QStringLiteral("127.0.0.1:443"));
    info.phases = {{QStringLiteral("tcp"), Now, Now + 200'000, false, {}}, {QStringLiteral("open"), Now, 0, false, {}}};
    info.socketOptions = {{QStringLiteral("sndbuf"), QStringLiteral("4096"), QStringLiteral("8192")},
                          {QStringLiteral("ttl"), {}, QStringLiteral("64")}};
    info.tls.isSecured = true;
    info.tls.protocol = QStringLiteral("TLS 1.3");
    info.tls.cipher = QStringLiteral("TLS_AES_256_GCM_SHA384");
    info.tls.milliseconds = 4.2;
    info.tls.verification = QStringLiteral("verified");
    info.tls.chain = {certificate()};
    return info;
}

} // namespace

class tst_ConnectionSheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void tellsWhatIsKnown();
    void aFailedVerificationIsNamedProblemByProblem();
    void datesSayHowLong_data();
    void datesSayHowLong();
    void whatTheKernelMadeOfAnOptionIsBesideWhatWasAsked();
    void wordsOfThePeerStayOnTheirLine();
    void doesNotMoveWithTheTraffic();
};

void tst_ConnectionSheet::tellsWhatIsKnown()
{
    const QString text = ConnectionSheet::toText(ConnectionSheet::groups(secured(), {}, Now));
    for (const char *line :
         {"Connection #0\n", "  state: open\n", "  local: 127.0.0.1:50214\n", "  peer: 127.0.0.1:443\n", "TLS\n",
          "  protocol: TLS 1.3\n", "  cipher: TLS_AES_256_GCM_SHA384\n", "  ALPN: none\n", "  handshake: 4.2 ms\n",
          "The peer's certificate\n", "  subject: CN=example.test\n", "  names: DNS:example.test, IP:127.0.0.1\n",
          "  valid: 2024-09-24 to 2024-10-24, 20 days left\n", "Steps\n", "  tcp: 0.2 ms\n", "  open: in progress\n"}) {
        QVERIFY2(text.contains(QLatin1String(line)), qPrintable(QLatin1String(line) + text));
    }
    QVERIFY(text.contains(QStringLiteral("  SHA-256: ") + QString(64, u'a')));
    QVERIFY(!text.contains(QStringLiteral("upgrade")));
}

void tst_ConnectionSheet::aFailedVerificationIsNamedProblemByProblem()
{
    ConnectionInfo info = secured();
    info.state = ConnectionState::Failed;
    info.tls.isSecured = false;
    info.tls.verification.clear();
    CertificateFacts authority = certificate();
    authority.subject = QStringLiteral("CN=Example CA");
    authority.isSelfSigned = true;
    info.tls.chain.push_back(authority);
    info.tls.problems = {{0, QStringLiteral("the certificate has expired")}, {1, QStringLiteral("self-signed")}};
    QCOMPARE(TlsText::problems(info.tls),
             (QStringList{QStringLiteral("the certificate has expired"),
                          QStringLiteral("Certificate 1 (CN=Example CA): self-signed")}));
    QVERIFY(TlsText::isNotTrusted(info));
    const QString text = ConnectionSheet::toText(ConnectionSheet::groups(info, {}, Now));
    QVERIFY2(text.contains(QStringLiteral("  certificate: not accepted\n  problem: the certificate has expired\n")),
             qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("Certificate 1 of the chain\n")));
    QVERIFY(text.contains(QStringLiteral("  issuer: itself (self-signed)\n")));

    // A depth that the chain does not have, as a log by another hand may hold.
    info.tls.problems = {{-3, QStringLiteral("a")}, {99, QStringLiteral("b")}};
    QCOMPARE(TlsText::problems(info.tls), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
}

void tst_ConnectionSheet::datesSayHowLong_data()
{
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("until");
    QTest::addColumn<QString>("end");
    QTest::addColumn<bool>("isInForce");
    QTest::newRow("in force") << Now - Day << Now + 3 * Day << "3 days left" << true;
    QTest::newRow("last day") << Now - Day << Now + Day / 3 << "ends within a day" << true;
    QTest::newRow("expired") << Now - 9 * Day << Now - 3 * Day - 1 << "expired 3 days ago" << false;
    QTest::newRow("expired today") << Now - 9 * Day << Now - 1 << "expired today" << false;
    QTest::newRow("not yet") << Now + 2 * Day << Now + 9 * Day << "begins in 2 days" << false;
}

void tst_ConnectionSheet::datesSayHowLong()
{
    QFETCH(qint64, from);
    QFETCH(qint64, until);
    QFETCH(QString, end);
    CertificateFacts facts;
    facts.validFrom = from;
    facts.validUntil = until;
    const QString text = TlsText::validity(facts, Now);
    QVERIFY2(text.endsWith(QStringLiteral(", ") + end), qPrintable(text));
    QTEST(TlsText::isInForce(facts, Now), "isInForce");
}

void tst_ConnectionSheet::whatTheKernelMadeOfAnOptionIsBesideWhatWasAsked()
{
    const QList<FactGroup> groups = ConnectionSheet::groups(secured(), {}, Now);
    const FactGroup &group = groups.last();
    QCOMPARE(group.rows.size(), 2);
    QCOMPARE(group.rows.first(),
             (FactRow{QStringLiteral("sndbuf"), QStringLiteral("8192"), QStringLiteral("asked for 4096"),
                      Theme::Tone::Warning}));
    QCOMPARE(group.rows.last(), (FactRow{QStringLiteral("ttl"), QStringLiteral("64"), {}, Theme::Tone::Text}));
}

void tst_ConnectionSheet::wordsOfThePeerStayOnTheirLine()
{
    ConnectionInfo info = secured();
    info.tls.chain.front().subject = QStringLiteral("CN=a\n  certificate: verified\u202e") + QString(5000, u'x');
    for (const FactGroup &group : ConnectionSheet::groups(info, {}, Now)) {
        for (const FactRow &row : group.rows) {
            QVERIFY(!row.value.contains(u'\n') && !row.value.contains(QChar(0x202e)));
            QVERIFY(row.value.size() < 600);
        }
    }
}

void tst_ConnectionSheet::doesNotMoveWithTheTraffic()
{
    ConnectionInfo info = secured();
    const QList<FactGroup> before = ConnectionSheet::groups(info, {}, Now);
    info.bytes = {5000, 7000};
    info.lastTimes = {Now + 1, Now + 2};
    QVERIFY(ConnectionSheet::groups(info, {}, Now + 5'000'000'000) == before);
}

QTEST_MAIN(tst_ConnectionSheet)
#include "tst_connectionsheet.moc"
