// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/messageassembler.h"
#include "core/protocol/websocket/violation.h"
#include "tests/support/autobahncases.h"
#include "tests/support/lensrunner.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QCryptographicHash>
#include <QTest>

#include <array>
#include <map>

using namespace Sidewire;
using namespace TestSupport;

namespace {

using Found = AutobahnCase::Found;

/// One line a message; a long content by its hash.
QString describe(const Found &found)
{
    const bool isLong = found.payload.size() > 200;
    const QByteArray content = isLong ? QCryptographicHash::hash(found.payload, QCryptographicHash::Sha1).toHex()
                                      : found.payload.toPercentEncoding();
    QString line = QStringLiteral("%1 %2 %3")
                       .arg(QString::fromLatin1(found.kind))
                       .arg(found.payload.size())
                       .arg(QString::fromLatin1(content));
    line += found.isUnterminated ? QStringLiteral(" unterminated") : QString();
    for (const ViolationText &violation : describeViolations(found.violations)) {
        line += QStringLiteral(" !%1").arg(QLatin1String(violation.sentence.data()));
    }
    return line;
}

QStringList describe(const std::vector<Found> &messages)
{
    QStringList lines;
    for (const Found &found : messages) {
        lines.append(describe(found));
    }
    return lines;
}

/// What the lens found in one direction behind the handshake, with the content that the frames of its span carry.
std::vector<Found> messagesIn(const LensRun &run, Direction direction, const QByteArray &stream)
{
    std::vector<Found> messages;
    for (const Message &message : run.messages) {
        if (message.direction != direction || !message.has(MessageFlag::WebSocket)) {
            continue;
        }
        const QByteArrayView span = QByteArrayView(stream).sliced(message.begin, message.end - message.begin);
        messages.push_back({QByteArray(toString(message.kind).data()), assembleMessage(span, stream.size()),
                            message.violations, message.has(MessageFlag::Unterminated)});
    }
    return messages;
}

} // namespace

/// The lens finds in each case of the public Autobahn test suite what the suite says of it (tests/data/autobahn).
class tst_Autobahn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void hasEveryCase();
    void agrees_data();
    void agrees();
};

void tst_Autobahn::hasEveryCase()
{
    std::map<QString, int> groups;
    std::map<QString, int> names;
    for (const AutobahnCase &one : autobahnCases()) {
        ++groups[one.name.section(u'.', 0, 0)];
        ++names[one.name];
    }
    QCOMPARE(groups,
             (std::map<QString, int>{{QStringLiteral("1"), 16},
                                     {QStringLiteral("2"), 11},
                                     {QStringLiteral("3"), 7},
                                     {QStringLiteral("4"), 10},
                                     {QStringLiteral("5"), 20},
                                     {QStringLiteral("6"), 145},
                                     {QStringLiteral("7"), 37},
                                     {QStringLiteral("10"), 1}}));
    QCOMPARE(names.size(), 247u);
}

void tst_Autobahn::agrees_data()
{
    QTest::addColumn<std::size_t>("index");
    QTest::addColumn<bool>("isClient");
    const std::vector<AutobahnCase> cases = autobahnCases();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        QTest::addRow("%s, the fuzzer is the client", qPrintable(cases[i].name)) << i << true;
        QTest::addRow("%s, the fuzzer is the server", qPrintable(cases[i].name)) << i << false;
    }
}

void tst_Autobahn::agrees()
{
    static const std::vector<AutobahnCase> cases = autobahnCases();
    QFETCH(const std::size_t, index);
    QFETCH(const bool, isClient); // The fuzzer
    const AutobahnCase &one = cases[index];

    // As if we recorded the peer: the fuzzer's frames come in.
    const Direction client = isClient ? Direction::In : Direction::Out;
    std::vector<Transfer> conversation{{client, upgradeRequest()}, {opposite(client), upgradeResponse()}};
    for (const QByteArray &record : one.sentRecords(isClient)) {
        conversation.push_back({Direction::In, record});
    }
    for (const AutobahnCase::Frame &frame : one.answers) {
        conversation.push_back({Direction::Out, frame.toWire(!isClient)});
    }
    const LensRun run = runLens(QStringLiteral("websocket"), {Transport::Tcp, true, client}, conversation);

    std::array<QByteArray, DirectionCount> streams;
    for (const Transfer &transfer : conversation) {
        streams[indexOf(transfer.direction)] += transfer.bytes;
    }
    const std::vector<Found> found = messagesIn(run, Direction::In, streams[indexOf(Direction::In)]);
    QCOMPARE(describe(found), describe(one.finds));
    QCOMPARE(describe(messagesIn(run, Direction::Out, streams[indexOf(Direction::Out)])),
             describe(AutobahnCase::asMessages(one.answers)));

    // A peer fails the connection just where a rule is broken, with the code that goes with it.
    quint32 violations = 0;
    for (const Found &message : found) {
        violations |= message.violations;
    }
    const quint32 text = bit(Violation::InvalidUtf8) | bit(Violation::InvalidCloseBody);
    if (one.verdict == u"ok") {
        QCOMPARE(violations, 0u);
    } else if (one.verdict == u"ok, ignored after the Close") {
        QCOMPARE(violations, bit(Violation::DataAfterClose));
    } else if (one.verdict == u"fails 1007") {
        QVERIFY(violations != 0 && (violations & ~text) == 0);
    } else if (one.verdict == u"fails 1002") {
        QVERIFY(violations != 0 && (violations & bit(Violation::InvalidUtf8)) == 0);
    } else {
        QCOMPARE(one.verdict, QStringLiteral("open"));
    }
}

QTEST_GUILESS_MAIN(tst_Autobahn)
#include "tst_autobahn.moc"
