// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/event.h"
#include "core/capture/journalentry.h"
#include "tests/support/testsupport.h"

#include <QJsonArray>
#include <QTest>

using namespace Sidewire;

class tst_Event : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void everyTypeHasItsOwnName();
    void comesBackFromJson();
    void refusesBrokenJson_data();
    void refusesBrokenJson();
    void keepsTheNameOfATypeOfALaterVersion();
    void comesBackFromAJournalEntry();
    void keepsTheMessageInOneLine();
    void understandsTheBinaryFormOfFields();
    void passesOverBrokenEntries_data();
    void passesOverBrokenEntries();
    void boundsTheSizeOfAnEntry();
};

void tst_Event::everyTypeHasItsOwnName()
{
    QSet<QByteArray> names;
    for (int i = 0; i <= static_cast<int>(EventType::Cut); ++i) {
        const auto type = static_cast<EventType>(i);
        const QByteArray name = toString(type);
        QVERIFY(!names.contains(name));
        names.insert(name);
        QVERIFY(eventTypeFromString(name) == type);
    }
    QCOMPARE(toString(EventType::PhaseStarted), "phase-started");
    QVERIFY(!eventTypeFromString("Opened"));
    QVERIFY(!eventTypeFromString(""));
}

void tst_Event::comesBackFromJson()
{
    Event event;
    event.time = 1'700'000'000'123'456'789; // More digits than a double holds
    event.type = EventType::Resolved;
    event.severity = Event::Severity::Warning;
    event.connection = ConnectionId(4'000'000'000);
    event.message = QStringLiteral("resolved");
    event.data = {{QStringLiteral("addresses"), QJsonArray{QStringLiteral("::1"), QStringLiteral("\n\"")}},
                  {QStringLiteral("ms"), 0.125}};
    const QByteArray json = event.toJson();
    QVERIFY(!json.contains('\n'));
    QVERIFY(json.contains("1700000000123456789"));

    const Result<Event> back = Event::fromJson(json, event.message, event.severity);
    QVERIFY(back);
    QCOMPARE(back->time, event.time);
    QVERIFY(back->type == event.type);
    QVERIFY(back->severity == event.severity);
    QVERIFY(back->connection == event.connection);
    QCOMPARE(back->message, event.message);
    QCOMPARE(back->data, event.data);
}

void tst_Event::refusesBrokenJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("no time") << QByteArray(R"({"type":"note"})");
    QTest::newRow("time is text") << QByteArray(R"({"type":"note","time":"1"})");
    QTest::newRow("negative connection") << QByteArray(R"({"type":"note","time":1,"connection":-1})");
    QTest::newRow("connection too large") << QByteArray(R"({"type":"note","time":1,"connection":4294967296})");
    QTest::newRow("connection is text") << QByteArray(R"({"type":"note","time":1,"connection":"0"})");
}

void tst_Event::refusesBrokenJson()
{
    QFETCH(QByteArray, json);
    const Result<Event> event = Event::fromJson(json, {}, Event::Severity::Info);
    QVERIFY(!event);
    QVERIFY(event.error().code == Error::Code::Malformed);
}

void tst_Event::keepsTheNameOfATypeOfALaterVersion()
{
    const Result<Event> event =
        Event::fromJson(R"({"type":"teleported","time":1})", QStringLiteral("gone"), Event::Severity::Info);
    QVERIFY(event);
    QVERIFY(event->type == EventType::Note);
    QCOMPARE(event->data.value(QLatin1StringView("type")).toString(), QStringLiteral("teleported"));
}

void tst_Event::comesBackFromAJournalEntry()
{
    for (const auto severity : {Event::Severity::Info, Event::Severity::Warning, Event::Severity::Error}) {
        Event event;
        event.time = 1'700'000'000'123'456'789;
        event.type = EventType::Closed;
        event.severity = severity;
        event.message = QStringLiteral("Closed by peer \u2013 a = b");
        event.data = {{QStringLiteral("by"), QStringLiteral("peer")}};
        const QByteArray entry = JournalEntry::fromEvent(event);
        QVERIFY(entry.startsWith("__REALTIME_TIMESTAMP=1700000000123456\nSYSLOG_IDENTIFIER=sidewire\nPRIORITY="));
        const std::optional<Event> back = JournalEntry::toEvent(entry + QByteArray(3, '\0'));
        QVERIFY(back);
        QVERIFY(back->severity == severity);
        QVERIFY(back->type == event.type);
        QCOMPARE(back->time, event.time);
        QCOMPARE(back->message, event.message);
        QCOMPARE(back->data, event.data);
    }
}

void tst_Event::keepsTheMessageInOneLine()
{
    Event event;
    event.message = QStringLiteral("a\nSIDEWIRE_EVENT={\r\x1b[31mb\u009bc");
    const QByteArray entry = JournalEntry::fromEvent(event);
    QCOMPARE(entry.count('\n'), 5);
    QCOMPARE(JournalEntry::toEvent(entry)->message, QStringLiteral("a SIDEWIRE_EVENT={  [31mb c"));
}

void tst_Event::understandsTheBinaryFormOfFields()
{
    const QByteArray message("two\nlines");
    const QByteArray entry = "_X\n" + QByteArray("\x02\0\0\0\0\0\0\0\n\n\n", 11) + "MESSAGE\n"
        + QByteArray("\x09\0\0\0\0\0\0\0", 8) + message
        + "\nPRIORITY=4\nSIDEWIRE_EVENT={\"type\":\"note\",\"time\":3}\n\n";
    const std::optional<Event> event = JournalEntry::toEvent(entry);
    QVERIFY(event);
    QCOMPARE(event->message, QString::fromLatin1(message));
    QVERIFY(event->severity == Event::Severity::Warning);
    QCOMPARE(event->time, 3);
}

void tst_Event::passesOverBrokenEntries_data()
{
    QTest::addColumn<QByteArray>("entry");
    const QByteArray json(R"(SIDEWIRE_EVENT={"type":"note","time":3})");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("zeros") << QByteArray(8, '\0');
    QTest::newRow("foreign") << QByteArray("MESSAGE=a\n");
    QTest::newRow("unfinished line") << json;
    QTest::newRow("size cut") << QByteArray("MESSAGE\n\1\0\0", 11);
    QTest::newRow("size too large") << "A\n" + QByteArray(8, '\xff') + "x\n" + json + "\n";
    QTest::newRow("size by one too large") << "A\n" + QByteArray("\x02\0\0\0\0\0\0\0", 8) + "x\n";
    QTest::newRow("bad json") << QByteArray("SIDEWIRE_EVENT={\n");
}

void tst_Event::passesOverBrokenEntries()
{
    QFETCH(QByteArray, entry);
    QVERIFY(!JournalEntry::toEvent(entry));
}

void tst_Event::boundsTheSizeOfAnEntry()
{
    Event event;
    event.message = QString(1'000'000, u'm');
    event.data = {{QStringLiteral("detail"), QString(1'000'000, u'd')}, {QStringLiteral("bytes"), 5}};
    const QByteArray entry = JournalEntry::fromEvent(event);
    QVERIFY(entry.size() < JournalEntry::MaxSize);
    QCOMPARE(JournalEntry::toEvent(entry)->data.value(QLatin1StringView("bytes")).toInt(), 5);

    QJsonArray array;
    for (int i = 0; i < 100'000; ++i) {
        array.append(i);
    }
    event.data = {{QStringLiteral("addresses"), array}};
    QVERIFY(JournalEntry::fromEvent(event).size() < JournalEntry::MaxSize);
}

QTEST_GUILESS_MAIN(tst_Event)
#include "tst_event.moc"
