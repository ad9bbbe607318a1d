// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/settings/keys.h"
#include "ui/settings/payload.h"
#include "ui/settings/recentlist.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;

class tst_Settings : public QObject
{
    Q_OBJECT

private:
    QString file() const { return m_folder.filePath(QStringLiteral("settings.ini")); }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void init();
    void aSettingFallsBackAndComesBack();
    void aRecentListKeepsTheNewestOnce();
    void aRecentListSurvivesARestart();
    void payloadsSurviveARestart();
    void aBrokenPayloadSettingIsEmpty();
    void endingsAreAddedToTextOnly();
    void innerLineEndsLeaveAsAsked();
    void aFileThatIsMissingIsNamed();
};

void tst_Settings::init()
{
    TestSupport::failOnWarnings();
    QFile::remove(file());
}

void tst_Settings::aSettingFallsBackAndComesBack()
{
    QSettings settings(file(), QSettings::IniFormat);
    QCOMPARE(Settings::LogBudget.read(settings), qint64(2) << 30);
    Settings::LogBudget.write(settings, 5);
    settings.sync();
    QCOMPARE(Settings::LogBudget.read(QSettings(file(), QSettings::IniFormat)), 5);
}

void tst_Settings::aRecentListKeepsTheNewestOnce()
{
    QSettings settings(file(), QSettings::IniFormat);
    RecentList list(settings, Settings::RecentTargets, 3);
    for (const char *text : {"a", "b", "c", "a", "d", ""}) {
        list.add(QString::fromLatin1(text));
    }
    QCOMPARE(list.items(), QStringList({QStringLiteral("d"), QStringLiteral("a"), QStringLiteral("c")}));
    list.add(QString(100'000, QLatin1Char('x')));
    QCOMPARE(list.items().size(), 3);
    QCOMPARE(list.items().first(), QStringLiteral("d"));
}

void tst_Settings::aRecentListSurvivesARestart()
{
    const QString awkward = QStringLiteral("a, \"b\" \\ ; \n ü");
    {
        QSettings settings(file(), QSettings::IniFormat);
        RecentList(settings, Settings::SentHistory, 10).add(awkward);
    }
    QSettings settings(file(), QSettings::IniFormat);
    QCOMPARE(RecentList(settings, Settings::SentHistory, 10).items(), QStringList(awkward));
}

void tst_Settings::payloadsSurviveARestart()
{
    const QList<SavedPayload> payloads{
        {QStringLiteral("login"),
         {Payload::Mode::Text, QStringLiteral("{\"a\": 1}\n"), true, LineEnding::CrLf, LineEnding::Nul}},
        {QStringLiteral("magic; x"), {Payload::Mode::Hex, QStringLiteral("00 ff")}}};
    {
        QSettings settings(file(), QSettings::IniFormat);
        writePayloads(settings, payloads);
    }
    QCOMPARE(readPayloads(QSettings(file(), QSettings::IniFormat)), payloads);
}

void tst_Settings::aBrokenPayloadSettingIsEmpty()
{
    QSettings settings(file(), QSettings::IniFormat);
    Settings::Payloads.write(settings, QStringLiteral("[{"));
    QVERIFY(readPayloads(settings).isEmpty());
    Settings::Payloads.write(settings, QStringLiteral("[{\"name\":\"x\",\"mode\":99,\"ending\":-3}]"));
    QCOMPARE(readPayloads(settings), QList<SavedPayload>({{QStringLiteral("x"), Payload()}}));
}

void tst_Settings::endingsAreAddedToTextOnly()
{
    Payload payload{Payload::Mode::Text, QStringLiteral("h\u00e9")};
    QCOMPARE(*payload.toBytes(), QByteArray("h\xc3\xa9"));
    payload.ending = LineEnding::CrLf;
    QCOMPARE(*payload.toBytes(), QByteArray("h\xc3\xa9\r\n"));
    payload.ending = LineEnding::Nul;
    QCOMPARE(*payload.toBytes(), QByteArray("h\xc3\xa9\0", 4));
    payload = {Payload::Mode::Hex, QStringLiteral("68 65"), false, LineEnding::Lf, LineEnding::CrLf};
    QCOMPARE(*payload.toBytes(), QByteArray("he"));
}

void tst_Settings::innerLineEndsLeaveAsAsked()
{
    Payload payload{Payload::Mode::Text, QStringLiteral("a\nb"), false, LineEnding::CrLf, LineEnding::None};
    QCOMPARE(*payload.toBytes(), QByteArray("a\r\nb"));
}

void tst_Settings::aFileThatIsMissingIsNamed()
{
    const Payload payload{Payload::Mode::File, m_folder.filePath(QStringLiteral("nothing.bin"))};
    QVERIFY(!payload.toBytes());
    QVERIFY(payload.toBytes().error().detail.contains(QStringLiteral("nothing.bin")));
}

QTEST_MAIN(tst_Settings)
#include "tst_settings.moc"
