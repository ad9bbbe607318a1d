// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/settings/targetinput.h"
#include "ui/widgets/targetbar.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Sidewire;

class tst_TargetBar : public QObject
{
    Q_OBJECT

private:
    template<typename T>
    T &child(const char *name) const
    {
        T *found = m_bar->findChild<T *>(QString::fromLatin1(name));
        Q_ASSERT(found);
        return *found;
    }
    void type(const char *text)
    {
        auto &field = child<QLineEdit>("targetField");
        field.clear();
        QTest::keyClicks(&field, QString::fromLatin1(text));
        QTest::keyClick(&field, Qt::Key_Return);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<TargetBar> m_bar;
    QStringList m_opened;

private Q_SLOTS:
    void init();
    void readsWhatPeopleType_data();
    void readsWhatPeopleType();
    void enterAlwaysOpensANewSession();
    void aSchemeInTheTextWinsAndMovesTheSelector();
    void theButtonHasTheVerb();
    void aMistakeIsSaidAndTheTextStays_data();
    void aMistakeIsSaidAndTheTextStays();
    void anHttpAddressIsOfferedAsWebSocket();
    void aPastedCommandIsUnderstood();
    void aCommandThatIsNotUnderstoodIsSaidOnEnter();
    void aPresetOpensByItsName();
    void targetsAreRemembered();
    void optionsGoWithTheSpec();
    void optionsBelongToTheirTarget();
    void theSchemesThatCanBeOpenedAreNamed();
    void theOptionsAreCountedAndNamed();
    void optionsWithoutAMeaningAreSaidBeforeOpening();
};

void tst_TargetBar::init()
{
    TestSupport::failOnWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    m_bar.reset();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    m_bar = std::make_unique<TargetBar>(*m_settings);
    m_opened.clear();
    connect(m_bar.get(), &TargetBar::openRequested, this,
            [this](const SessionSpec &spec) { m_opened.append(spec.target()); });
    m_bar->show();
}

void tst_TargetBar::readsWhatPeopleType_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("selected");
    QTest::addColumn<QString>("target");
    QTest::newRow("host and port") << "127.0.0.1:7"
                                   << "tcp"
                                   << "tcp://127.0.0.1:7";
    QTest::newRow("as ncat takes it") << "127.0.0.1 7"
                                      << "udp"
                                      << "udp://127.0.0.1:7";
    QTest::newRow("v6 and a space") << "::1 7"
                                    << "tcp"
                                    << "tcp://[::1]:7";
    QTest::newRow("selector") << "localhost:9001/chat"
                              << "ws"
                              << "ws://localhost:9001/chat";
    QTest::newRow("text wins") << "udp://localhost:1"
                               << "ws"
                               << "udp://localhost:1";
    QTest::newRow("a port to listen on") << "5000"
                                         << "tcp-listen"
                                         << "tcp-listen://:5000";
    QTest::newRow("white space") << "  tcp://a:1  "
                                 << "ws"
                                 << "tcp://a:1";
}

void tst_TargetBar::readsWhatPeopleType()
{
    QFETCH(QString, text);
    QFETCH(QString, selected);
    const Result<SessionSpec> spec = TargetInput::parse(text, selected);
    QVERIFY2(spec, spec ? "" : qPrintable(spec.error().detail));
    QTEST(spec->target(), "target");
}

void tst_TargetBar::enterAlwaysOpensANewSession()
{
    type("127.0.0.1:7");
    QTest::keyClick(&child<QLineEdit>("targetField"), Qt::Key_Return);
    QCOMPARE(m_opened, QStringList(2, QStringLiteral("tcp://127.0.0.1:7")));
}

void tst_TargetBar::aSchemeInTheTextWinsAndMovesTheSelector()
{
    type("udp://127.0.0.1:7");
    QCOMPARE(child<QComboBox>("schemeSelector").currentData().toString(), QStringLiteral("udp"));
    type("WS://127.0.0.1:7");
    QCOMPARE(child<QComboBox>("schemeSelector").currentData().toString(), QStringLiteral("ws"));
}

void tst_TargetBar::theButtonHasTheVerb()
{
    auto &button = child<QPushButton>("connectButton");
    m_bar->setScheme(QStringLiteral("tcp"));
    QCOMPARE(button.text(), QStringLiteral("Connect"));
    m_bar->setScheme(QStringLiteral("udp"));
    QCOMPARE(button.text(), QStringLiteral("Open"));
    m_bar->setScheme(QStringLiteral("ws-listen"));
    QCOMPARE(button.text(), QStringLiteral("Listen"));
}

void tst_TargetBar::aMistakeIsSaidAndTheTextStays_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << "";
    QTest::newRow("no port") << "tcp://localhost";
    QTest::newRow("port too large") << "tcp://localhost:70000";
    QTest::newRow("unknown scheme") << "gopher://localhost:70";
}

void tst_TargetBar::aMistakeIsSaidAndTheTextStays()
{
    QFETCH(QString, text);
    type(text.toLatin1().constData());
    QVERIFY(m_opened.isEmpty());
    QVERIFY(child<QLabel>("targetProblem").isVisible());
    QVERIFY(!child<QLabel>("targetProblem").text().isEmpty());
    QCOMPARE(child<QLineEdit>("targetField").text(), text);
    type("127.0.0.1:7");
    QVERIFY(!child<QLabel>("targetProblem").isVisible());
}

void tst_TargetBar::anHttpAddressIsOfferedAsWebSocket()
{
    type("http://localhost:8080/chat?a=1&b=2");
    QVERIFY(m_opened.isEmpty());
    auto &offer = child<QPushButton>("openAsWebSocketButton");
    QVERIFY(offer.isVisible());
    offer.click();
    QCOMPARE(m_opened, QStringList(QStringLiteral("ws://localhost:8080/chat?a=1&b=2")));
    m_opened.clear();
    type("https://localhost/chat");
    offer.click();
    QCOMPARE(m_opened, QStringList(QStringLiteral("wss://localhost/chat")));
}

void tst_TargetBar::aPastedCommandIsUnderstood()
{
    auto &field = child<QLineEdit>("targetField");
    auto &understood = child<QLabel>("targetUnderstood");
    QApplication::clipboard()->setText(QStringLiteral("curl 'ws://127.0.0.1:9001/chat?a=1' \\\n  -H 'X-A: 1' \\\n"
                                                      "  -H 'X-B: 2' \\\n  -H 'Upgrade: websocket' -k\n"));
    field.clear();
    field.paste();
    QCOMPARE(field.text(),
             QStringLiteral("curl 'ws://127.0.0.1:9001/chat?a=1' -H 'X-A: 1' -H 'X-B: 2' -H "
                            "'Upgrade: websocket' -k"));
    QVERIFY(understood.isVisible());
    QCOMPARE(understood.text(),
             QStringLiteral("curl: ws://127.0.0.1:9001/chat?a=1, 2 headers, 1 option, 1 note\n"
                            "· made by the upgrade itself: Upgrade"));
    QCOMPARE(m_bar->scheme(), QStringLiteral("ws"));
    SessionSpec opened;
    connect(m_bar.get(), &TargetBar::openRequested, this, [&opened](const SessionSpec &spec) { opened = spec; });
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(m_opened, QStringList(QStringLiteral("ws://127.0.0.1:9001/chat?a=1")));
    QCOMPARE(opened.options.headers.size(), std::size_t(2));
    QVERIFY(opened.options.tls.verify == TlsSettings::Verify::Off);

    // Another target begins without them.
    type("127.0.0.1:7");
    QVERIFY(!understood.isVisible());
    QCOMPARE(m_bar->options(), SessionOptions());
}

void tst_TargetBar::aCommandThatIsNotUnderstoodIsSaidOnEnter()
{
    type("curl --colour http://h");
    QVERIFY(m_opened.isEmpty());
    QVERIFY(child<QLabel>("targetProblem").text().contains(QStringLiteral("--colour")));
}

void tst_TargetBar::aPresetOpensByItsName()
{
    PresetStore store(m_folder->filePath(QStringLiteral("presets.json")));
    Preset preset{QStringLiteral("my echo"), *SessionSpec::fromTarget(QStringLiteral("udp://127.0.0.1:9"))};
    QVERIFY(preset.spec.options.set(QStringLiteral("ttl"), QStringLiteral("3")));
    QVERIFY(store.save(preset, SessionOptions::Secrets::LeaveOut));
    m_bar->setPresets(store);

    auto &field = child<QLineEdit>("targetField");
    field.completer()->setCompletionPrefix(QStringLiteral("@my"));
    QCOMPARE(field.completer()->currentCompletion(), QStringLiteral("@my echo"));
    type("@my echo");
    QCOMPARE(m_opened, QStringList(QStringLiteral("udp://127.0.0.1:9")));
    QCOMPARE(m_bar->options(), preset.spec.options);

    // A change of the file is seen, and what is not there is named.
    QVERIFY(preset.spec.options.set(QStringLiteral("ttl"), QStringLiteral("4")));
    QVERIFY(store.save(preset, SessionOptions::Secrets::LeaveOut));
    m_bar->submit(QStringLiteral("@my echo"));
    QCOMPARE(m_bar->options(), preset.spec.options);
    type("@my ecco");
    QVERIFY(child<QLabel>("targetProblem").text().contains(QStringLiteral("did you mean \"my echo\"")));
    QCOMPARE(m_opened.size(), 2);
}

void tst_TargetBar::targetsAreRemembered()
{
    type("127.0.0.1:7");
    type("udp://127.0.0.1:8");
    TargetBar other(*m_settings);
    QCOMPARE(other.recentTargets(),
             QStringList({QStringLiteral("udp://127.0.0.1:8"), QStringLiteral("tcp://127.0.0.1:7")}));
}

void tst_TargetBar::optionsGoWithTheSpec()
{
    SessionOptions options;
    QVERIFY(options.set(QStringLiteral("connect-timeout"), QStringLiteral("500")));
    m_bar->setOptions(options);
    std::chrono::milliseconds timeout{};
    connect(m_bar.get(), &TargetBar::openRequested, this,
            [&timeout](const SessionSpec &spec) { timeout = spec.options.connectTimeout; });
    type("127.0.0.1:7");
    QCOMPARE(timeout, std::chrono::milliseconds(500));
}

void tst_TargetBar::optionsBelongToTheirTarget()
{
    SessionOptions options;
    QVERIFY(options.set(QStringLiteral("connect-timeout"), QStringLiteral("500")));
    QVERIFY(options.set(QStringLiteral("auth"), QStringLiteral("me:secret")));
    m_bar->setScheme(QStringLiteral("ws"));
    m_bar->setOptions(options);
    type("127.0.0.1:7");
    type("127.0.0.1:8");
    QCOMPARE(m_bar->options(), SessionOptions());

    // The same target again has them again; after a restart all but the secret.
    type("127.0.0.1:7");
    QCOMPARE(m_bar->options(), options);
    TargetBar other(*m_settings);
    other.submit(QStringLiteral("ws://127.0.0.1:7/"));
    QCOMPARE(other.options().connectTimeout, options.connectTimeout);
    QVERIFY(other.options().auth.isEmpty());

    // What is composed for a target that is still typed is not taken by another session.
    m_bar->setOptions(options);
    m_bar->setText(QStringLiteral("127.0.0.1:9"));
    QCOMPARE(m_bar->options(), options);
    m_bar->submit(QStringLiteral("127.0.0.1:8"));
    QCOMPARE(m_bar->options(), SessionOptions());
}

void tst_TargetBar::theSchemesThatCanBeOpenedAreNamed()
{
    type("gopher://localhost:70");
    const QString problem = child<QLabel>("targetProblem").text();
    QVERIFY2(problem.contains(QStringLiteral("udp-listen")), qPrintable(problem));
    QVERIFY2(problem.contains(QStringLiteral("wss-listen")), qPrintable(problem));
    type("wss://localhost/");
    QCOMPARE(m_opened, QStringList(QStringLiteral("wss://localhost/")));
}

void tst_TargetBar::theOptionsAreCountedAndNamed()
{
    auto &button = child<QToolButton>("optionsButton");
    QCOMPARE(button.text(), QStringLiteral("Options…"));
    SessionOptions options;
    QVERIFY(options.set(QStringLiteral("connect-timeout"), QStringLiteral("500")));
    m_bar->setOptions(options);
    QCOMPARE(button.text(), QStringLiteral("1 option…"));
    QVERIFY(options.set(QStringLiteral("auth"), QStringLiteral("me:secret")));
    options.tls.passphrase = QStringLiteral("sesame");
    m_bar->setOptions(options);
    QCOMPARE(button.text(), QStringLiteral("3 options…"));
    QVERIFY(button.toolTip().contains(QStringLiteral("connect-timeout = 500")));
    QVERIFY(button.toolTip().contains(QStringLiteral("auth"))
            && button.toolTip().contains(QStringLiteral("passphrase")));
    QVERIFY(!button.toolTip().contains(QStringLiteral("secret"))
            && !button.toolTip().contains(QStringLiteral("sesame")));
}

void tst_TargetBar::optionsWithoutAMeaningAreSaidBeforeOpening()
{
    SessionOptions options;
    QVERIFY(options.set(QStringLiteral("origin"), QStringLiteral("https://example.org")));
    m_bar->setOptions(options);
    type("udp://127.0.0.1:7");
    QVERIFY(m_opened.isEmpty());
    QVERIFY(child<QLabel>("targetProblem").text().contains(QStringLiteral("origin")));
    type("ws://127.0.0.1:7/");
    QCOMPARE(m_opened, QStringList(QStringLiteral("ws://127.0.0.1:7/")));
}

QTEST_MAIN(tst_TargetBar)
#include "tst_targetbar.moc"
