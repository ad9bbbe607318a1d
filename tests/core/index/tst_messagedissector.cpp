// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/messagedissector.h"
#include "tests/support/fielddump.h"
#include "tests/support/logbuilder.h"
#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;
using TestSupport::LogBuilder;

namespace {

QStringList brokenOf(const SessionLog &log, qint64 row)
{
    const auto root = MessageDissector(log).dissect(log.messages()->at(row), MessageReader::Wait::Yes);
    return root ? TestSupport::dump(*root).filter(QStringLiteral("! ")) : QStringList(QStringLiteral("(nothing)"));
}

} // namespace

class tst_MessageDissector final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void aResponseIsCheckedAgainstItsRequest();
    void knowsWhoMustMask();
    void takesNoMoreThanItsLimit();
};

void tst_MessageDissector::aResponseIsCheckedAgainstItsRequest()
{
    LogBuilder builder;
    const ConnectionId first = builder.open();
    const ConnectionId second = builder.open();
    builder.out(TestSupport::upgradeRequest(), first);
    builder.out(TestSupport::upgradeRequest().replace("dGhl", "eGhl"), second); // Another key
    builder.in(TestSupport::upgradeResponse(), first).in(TestSupport::upgradeResponse(), second);
    const std::shared_ptr<SessionLog> log = builder.finish(QStringLiteral("websocket"));
    QCOMPARE(log->messages()->count(), 4);

    const auto root = MessageDissector(*log).dissect(log->messages()->at(2), MessageReader::Wait::Yes);
    QVERIFY(root);
    const QStringList accept = TestSupport::dump(*root).filter(QStringLiteral("Accept"));
    QCOMPARE(accept.size(), 1);
    QVERIFY2(accept.constFirst().endsWith(QStringLiteral("// answers the key of the request")),
             qPrintable(accept.first()));
    QCOMPARE(brokenOf(*log, 2), QStringList());
    QCOMPARE(brokenOf(*log, 3).size(), 1);
    QVERIFY(brokenOf(*log, 3).constFirst().contains(QStringLiteral("expected ")));
}

void tst_MessageDissector::knowsWhoMustMask()
{
    TestSupport::LogScript script(QStringLiteral("ws-listen://127.0.0.1:9001"));
    const ConnectionId client = script.open(Transport::Tcp, QStringLiteral("server"));
    script.in(client, TestSupport::upgradeRequest());
    script.out(client, TestSupport::upgradeResponse());
    script.in(client, FrameBuilder::text("a").toWire());
    script.out(client, FrameBuilder::text("a").masked().toWire());
    const std::shared_ptr<CaptureFile> file = script.file();
    script.finish();
    const auto log = SessionLog::create(file, LensSpec::parse(QStringLiteral("websocket")).value());
    QVERIFY(log);
    log.value()->waitUntilCaughtUp();
    QVERIFY(brokenOf(*log.value(), 2).join(u' ').contains(QStringLiteral("A client frame was not masked")));
    QVERIFY(brokenOf(*log.value(), 3).join(u' ').contains(QStringLiteral("A server frame was masked")));
}

void tst_MessageDissector::takesNoMoreThanItsLimit()
{
    LogBuilder builder;
    builder.open();
    builder.out(TestSupport::upgradeRequest()).in(TestSupport::upgradeResponse());
    builder.in(FrameBuilder::binary(QByteArray(MessageDissector::MaxBytes, 'x')).notFinal().toWire()
               + FrameBuilder::continuation("y").toWire());
    const std::shared_ptr<SessionLog> log = builder.finish(QStringLiteral("websocket"));
    const Message &message = log->messages()->at(2);
    const auto root = MessageDissector(*log).dissect(message, MessageReader::Wait::Yes);
    QVERIFY(root);
    QCOMPARE(root->children.back().name, QStringLiteral("More bytes"));
    QCOMPARE(TestSupport::notCovered(root->children, root->bits), QString());
}

QTEST_GUILESS_MAIN(tst_MessageDissector)
#include "tst_messagedissector.moc"
