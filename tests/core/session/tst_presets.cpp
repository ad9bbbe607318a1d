// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/presets.h"
#include "tests/support/testsupport.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Sidewire;

namespace {

constexpr SessionOptions::Secrets LeaveOut = SessionOptions::Secrets::LeaveOut;
constexpr SessionOptions::Secrets Include = SessionOptions::Secrets::Include;

Preset preset(const QString &name, const QString &target = QStringLiteral("ws://127.0.0.1:9001/chat?a=1"))
{
    Preset made{name, *SessionSpec::fromTarget(target)};
    return made;
}

} // namespace

class tst_Presets : public QObject
{
    Q_OBJECT

private:
    PresetStore store() const { return PresetStore(m_folder->filePath(QStringLiteral("deep/presets.json"))); }
    void writeFile(const QByteArray &content) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(store().path()).path()));
        QFile file(store().path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray content() const
    {
        QFile file(store().path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList names() const
    {
        QStringList list;
        const Result<PresetList> saved = store().read();
        for (const Preset &each : saved->presets) {
            list << each.name;
        }
        return list;
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        TestSupport::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }
    void withoutAFileThereAreNone();
    void comesBackAsItWasSaved();
    void onlyTheUserCanReadTheFile();
    void secretsAreLeftOutUnlessAskedFor();
    void theSameNameIsReplacedInItsPlace();
    void canBeRenamedDuplicatedMovedAndRemoved();
    void namesAreChecked_data();
    void namesAreChecked();
    void anUnknownNameIsAnsweredWithThoseAlike();
    void aDamagedFileIsKeptAside_data();
    void aDamagedFileIsKeptAside();
    void whatANewerVersionWroteIsNotTouched();
    void aPresetThatCannotBeOpenedStays();
    void aFolderThatIsClosedIsSaid();
    void severalWritersLoseNothing();
};

void tst_Presets::withoutAFileThereAreNone()
{
    const Result<PresetList> list = store().read();
    QVERIFY(list);
    QVERIFY(list->presets.empty());
    QVERIFY(!QFile::exists(store().path()));
}

void tst_Presets::comesBackAsItWasSaved()
{
    Preset chat = preset(QString::fromUtf8("chat \u00fc <b>& \"co\""));
    QVERIFY(chat.spec.options.set(QStringLiteral("header"), QStringLiteral("X-A: 1")));
    QVERIFY(chat.spec.options.set(QStringLiteral("header"), QStringLiteral("x-a: 2")));
    QVERIFY(chat.spec.options.set(QStringLiteral("connect-timeout"), QStringLiteral("500")));
    const Preset listener = preset(QStringLiteral("listener"), QStringLiteral("udp-listen://[::1]:0"));
    QVERIFY(store().save(chat, LeaveOut));
    QVERIFY(store().save(listener, LeaveOut));
    QCOMPARE(store().read()->presets, std::vector({chat, listener}));
    QCOMPARE(*store().find(chat.name), chat);
}

void tst_Presets::onlyTheUserCanReadTheFile()
{
    QVERIFY(store().save(preset(QStringLiteral("a")), LeaveOut));
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(store().path()) & others));
    // Also when the file had others.
    QVERIFY(QFile::setPermissions(store().path(), QFile::permissions(store().path()) | others));
    QVERIFY(store().save(preset(QStringLiteral("b")), LeaveOut));
    QVERIFY(!(QFile::permissions(store().path()) & others));
}

void tst_Presets::secretsAreLeftOutUnlessAskedFor()
{
    Preset secret = preset(QStringLiteral("secret"));
    QVERIFY(secret.spec.options.set(QStringLiteral("auth"), QStringLiteral("me:hunter2")));
    QVERIFY(secret.spec.options.set(QStringLiteral("header"), QStringLiteral("Cookie: id=hunter2")));
    secret.spec.options.tls.passphrase = QStringLiteral("hunter2");
    QVERIFY(store().save(secret, LeaveOut));
    QVERIFY(!content().contains("hunter2"));

    QVERIFY(store().save(secret, Include));
    Preset expected = secret;
    expected.spec.options.tls.passphrase.clear(); // Never
    QCOMPARE(*store().find(secret.name), expected);
}

void tst_Presets::theSameNameIsReplacedInItsPlace()
{
    QVERIFY(store().save(preset(QStringLiteral("a")), LeaveOut));
    QVERIFY(store().save(preset(QStringLiteral("b")), LeaveOut));
    QVERIFY(store().save(preset(QStringLiteral("a"), QStringLiteral("tcp://localhost:1")), LeaveOut));
    QCOMPARE(names(), QStringList({"a", "b"}));
    QCOMPARE(store().find(QStringLiteral("a"))->spec.target(), QStringLiteral("tcp://localhost:1"));
}

void tst_Presets::canBeRenamedDuplicatedMovedAndRemoved()
{
    for (const char *name : {"a", "b", "c"}) {
        QVERIFY(store().save(preset(QString::fromLatin1(name)), LeaveOut));
    }
    QVERIFY(store().rename("b", "bee"));
    QVERIFY(store().rename("bee", "bee"));
    QVERIFY(!store().rename("a", "c"));
    QVERIFY(!store().rename("x", "y"));
    QVERIFY(store().duplicate("bee", "bee 2"));
    QVERIFY(!store().duplicate("bee", "a"));
    QCOMPARE(names(), QStringList({"a", "bee", "bee 2", "c"}));
    QVERIFY(store().move("c", 0));
    QVERIFY(store().move("a", 99));
    QCOMPARE(names(), QStringList({"c", "bee", "bee 2", "a"}));
    QVERIFY(store().remove("bee 2"));
    QCOMPARE(store().remove("bee 2").error().code, Error::Code::NotFound);
    QVERIFY(!store().move("bee 2", 0));
    QCOMPARE(names(), QStringList({"c", "bee", "a"}));
}

void tst_Presets::namesAreChecked_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("plain") << "a" << true;
    QTest::newRow("free text") << QString::fromUtf8("@ \u4e2d \U0001f600 /..\\ 'x'") << true;
    QTest::newRow("the longest") << QString(100, u'x') << true;
    QTest::newRow("too long") << QString(101, u'x') << false;
    QTest::newRow("empty") << "" << false;
    QTest::newRow("blank") << "  " << false;
    QTest::newRow("space at the end") << "a " << false;
    QTest::newRow("line end") << "a\nb" << false;
    QTest::newRow("escape") << "a\x1b[2J" << false;
    QTest::newRow("C1") << QString(QChar(0x9b)) + QLatin1Char('x') << false;
}

void tst_Presets::namesAreChecked()
{
    QFETCH(const QString, name);
    QTEST(store().save(preset(name), LeaveOut).has_value(), "isGood");
}

void tst_Presets::anUnknownNameIsAnsweredWithThoseAlike()
{
    QCOMPARE(store().find("x").error().code, Error::Code::NotFound);
    QVERIFY(store().find("x").error().detail.contains("none is saved"));
    for (const char *name : {"staging", "production", "sensor 1"}) {
        QVERIFY(store().save(preset(QString::fromLatin1(name)), LeaveOut));
    }
    const auto said = [this](const char *name) {
        return store().find(QString::fromLatin1(name)).error().detail;
    };
    QVERIFY2(said("stagign").endsWith("did you mean \"staging\"?"), qPrintable(said("stagign")));
    QVERIFY2(said("Production").endsWith("did you mean \"production\"?"), qPrintable(said("Production")));
    QVERIFY2(said("sensor").endsWith("did you mean \"sensor 1\"?"), qPrintable(said("sensor")));
    QVERIFY2(said("xyzzy").endsWith("there are \"staging\", \"production\", \"sensor 1\""), qPrintable(said("xyzzy")));
}

void tst_Presets::aDamagedFileIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("damaged");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray("{\"format\":\"sidewire-presets/1\",\"presets\":[{\"na");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("something else") << QByteArray("{\"presets\":[]}");
    QTest::newRow("no list") << QByteArray("{\"format\":\"sidewire-presets/1\",\"presets\":{}}");
    QTest::newRow("bytes") << QByteArray("\0\xff\xfe", 3);
}

void tst_Presets::aDamagedFileIsKeptAside()
{
    QFETCH(const QByteArray, damaged);
    writeFile(damaged);
    QCOMPARE(store().read().error().code, Error::Code::Malformed);
    QCOMPARE(content(), damaged); // Reading changes nothing

    for (const char *aside : {".damaged", ".damaged-2"}) {
        writeFile(damaged);
        const Result<QString> notice = store().save(preset(QStringLiteral("a")), LeaveOut);
        QVERIFY(notice);
        QVERIFY2(notice->endsWith(QString::fromLatin1(aside)), qPrintable(*notice));
        QFile kept(store().path() + QLatin1String(aside));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), damaged);
        QCOMPARE(names(), QStringList("a"));
    }
    QVERIFY(store().save(preset(QStringLiteral("b")), LeaveOut)->isEmpty());
}

void tst_Presets::whatANewerVersionWroteIsNotTouched()
{
    const QByteArray newer("{\"format\":\"sidewire-presets/2\",\"presets\":[]}");
    writeFile(newer);
    QCOMPARE(store().read().error().code, Error::Code::Unsupported);
    QCOMPARE(store().save(preset(QStringLiteral("a")), LeaveOut).error().code, Error::Code::Unsupported);
    QCOMPARE(content(), newer);
}

void tst_Presets::aPresetThatCannotBeOpenedStays()
{
    writeFile("{\"format\":\"sidewire-presets/1\",\"presets\":["
              "{\"name\":\"odd\",\"target\":\"tcp://a:1\",\"options\":{\"colour\":\"red\"},\"more\":[1]},"
              "{\"name\":\"bad\",\"target\":\"gopher://a:1\"},"
              "7,"
              "{\"name\":\"good\",\"target\":\"tcp://a:1\"}]}");
    const Result<PresetList> list = store().read();
    QVERIFY(list);
    QCOMPARE(list->presets.size(), std::size_t(1));
    QCOMPARE(list->problems.size(), 3);
    QVERIFY(list->problems.first().contains("\"odd\""));
    QVERIFY(list->problems.first().contains("colour"));
    QVERIFY(store().find("odd").error().detail.contains("colour"));

    QVERIFY(store().save(preset(QStringLiteral("new")), LeaveOut));
    QVERIFY(content().contains("colour"));
    QVERIFY(content().contains("gopher"));
    QVERIFY(content().contains("more"));
    QCOMPARE(names(), QStringList({"good", "new"}));
}

void tst_Presets::aFolderThatIsClosedIsSaid()
{
    // A file where the folder should be: no permission makes that possible, not even root's.
    QFile file(m_folder->filePath(QStringLiteral("deep")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const Result<QString> saved = store().save(preset(QStringLiteral("a")), LeaveOut);
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, Error::Code::Io);
    QVERIFY2(saved.error().detail.contains(QStringLiteral("deep")), qPrintable(saved.error().detail));
}

void tst_Presets::severalWritersLoseNothing()
{
    constexpr int writers = 4;
    constexpr int each = 10;
    std::vector<std::thread> threads;
    std::atomic<int> failures = 0;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([this, writer, &failures] {
            for (int number = 0; number < each; ++number) {
                const QString name = QStringLiteral("%1-%2").arg(writer).arg(number);
                failures += store().save(preset(name), LeaveOut) ? 0 : 1;
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    QCOMPARE(failures.load(), 0);
    QCOMPARE(names().size(), writers * each);
    // No temporary file or lock is left.
    QCOMPARE(QDir(QFileInfo(store().path()).path()).entryList(QDir::Files), QStringList("presets.json"));
}

QTEST_GUILESS_MAIN(tst_Presets)
#include "tst_presets.moc"
