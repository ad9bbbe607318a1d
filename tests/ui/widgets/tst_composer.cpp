// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/settings/keys.h"
#include "ui/theme/theme.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/composeredit.h"
#include "ui/widgets/liveline.h"
#include "ui/widgets/recipientbutton.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Sidewire;
using Target = Composer::Target;

class tst_Composer : public QObject
{
    Q_OBJECT

private:
    /// A composer that is shown, and what it sent.
    struct Fixture
    {
        explicit Fixture(QSettings &settings, Target target)
            : composer(settings, target)
        {
            composer.resize(900, 80);
            composer.show();
            QObject::connect(&composer, &Composer::sendRequested, &composer,
                             [this](const SendRequest &request) { sent.append(request); });
            edit().setFocus();
        }
        template<typename T>
        T &child(const char *name)
        {
            T *found = composer.findChild<T *>(QString::fromLatin1(name));
            Q_ASSERT(found);
            return *found;
        }
        ComposerEdit &edit() { return child<ComposerEdit>("composerField"); }
        QString live() { return child<QLabel>("composerLive").text(); }
        void type(const char *text) { QTest::keyClicks(&edit(), QString::fromLatin1(text)); }
        void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&edit(), key, modifiers); }

        QList<SendRequest> sent;
        Composer composer;
    };

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;

private Q_SLOTS:
    void init();
    void enterSendsVerbatimWithTheEndingOfTheTarget_data();
    void enterSendsVerbatimWithTheEndingOfTheTarget();
    void theLiveLineShowsTheBytesThatWillLeave();
    void whatWasSentStaysSelectedAndTheFocusStays();
    void severalLinesNeedControlEnter();
    void enterDoesNotSendWhileAnInputMethodComposes();
    void pastedLineEndsLeaveAsTheyCame();
    void upAndDownWalkThroughWhatWasSent();
    void historyIsKeptOverRestarts();
    void theChosenEndingIsRemembered();
    void escapesAreASwitchThatIsOff();
    void brokenHexIsSaidAndNothingIsSent();
    void anObstacleIsSaidAndTheTextStays();
    void aDatagramThatIsTooLargeIsSaid();
    void webSocketKinds();
    void aRepeatAsksForIntervalAndCount();
    void theLiveLineIsCutBetweenBytes();
    void aFileIsSentByItsBytes();
    void anOpenedLogCannotSend();
    void whatIsSentGoesToTheRecipients();
    void framesWhatIsSentAsTheLensCuts();
    void offersNoFrameWhereThereIsNone();
};

void tst_Composer::init()
{
    TestSupport::failOnWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
}

void tst_Composer::enterSendsVerbatimWithTheEndingOfTheTarget_data()
{
    QTest::addColumn<int>("target");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("tcp") << static_cast<int>(Target::Tcp) << QByteArray("{\"a\": 1.10}\n");
    QTest::newRow("udp") << static_cast<int>(Target::Udp) << QByteArray("{\"a\": 1.10}");
    QTest::newRow("ws") << static_cast<int>(Target::WebSocket) << QByteArray("{\"a\": 1.10}");
}

void tst_Composer::enterSendsVerbatimWithTheEndingOfTheTarget()
{
    QFETCH(int, target);
    Fixture fixture(*m_settings, static_cast<Target>(target));
    fixture.type("{\"a\": 1.10}");
    fixture.press(Qt::Key_Return);
    QCOMPARE(fixture.sent.size(), 1);
    QTEST(fixture.sent.first().bytes, "bytes");
}

void tst_Composer::theLiveLineShowsTheBytesThatWillLeave()
{
    Fixture fixture(*m_settings, Target::WebSocket);
    QCOMPARE(fixture.live(), QStringLiteral("→ 0 B"));
    fixture.type("hello");
    QCOMPARE(fixture.live(), QStringLiteral("→ 5 B: 68 65 6c 6c 6f"));
    fixture.child<QComboBox>("composerEnding").setCurrentIndex(static_cast<int>(LineEnding::CrLf));
    QCOMPARE(fixture.live(), QStringLiteral("→ 7 B: 68 65 6c 6c 6f 0d 0a"));
}

void tst_Composer::whatWasSentStaysSelectedAndTheFocusStays()
{
    Fixture fixture(*m_settings, Target::WebSocket);
    QVERIFY(QTest::qWaitForWindowActive(&fixture.composer));
    fixture.type("one");
    fixture.press(Qt::Key_Return);
    QVERIFY(fixture.edit().hasFocus());
    fixture.press(Qt::Key_Return);
    fixture.type("two");
    fixture.press(Qt::Key_Return);
    QCOMPARE(fixture.sent.size(), 3);
    QCOMPARE(fixture.sent.at(1).bytes, QByteArray("one"));
    QCOMPARE(fixture.sent.at(2).bytes, QByteArray("two"));
}

void tst_Composer::severalLinesNeedControlEnter()
{
    Fixture fixture(*m_settings, Target::WebSocket);
    fixture.type("a");
    fixture.press(Qt::Key_Return, Qt::ShiftModifier);
    fixture.type("b");
    fixture.press(Qt::Key_Return);
    fixture.type("c");
    QVERIFY(fixture.sent.isEmpty());
    fixture.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(fixture.sent.size(), 1);
    QCOMPARE(fixture.sent.first().bytes, QByteArray("a\nb\nc"));
}

void tst_Composer::enterDoesNotSendWhileAnInputMethodComposes()
{
    Fixture fixture(*m_settings, Target::WebSocket);
    fixture.type("x");
    QInputMethodEvent composing(QStringLiteral("ni"), {});
    QCoreApplication::sendEvent(&fixture.edit(), &composing);
    fixture.press(Qt::Key_Return);
    QVERIFY(fixture.sent.isEmpty());
    QInputMethodEvent done;
    done.setCommitString(QStringLiteral("\u4f60"));
    QCoreApplication::sendEvent(&fixture.edit(), &done);
    fixture.edit().setPlainText(QStringLiteral("\u4f60"));
    fixture.press(Qt::Key_Return);
    QCOMPARE(fixture.sent.size(), 1);
    QCOMPARE(fixture.sent.first().bytes, QByteArray("\xe4\xbd\xa0"));
}

void tst_Composer::pastedLineEndsLeaveAsTheyCame()
{
    Fixture fixture(*m_settings, Target::WebSocket);
    QGuiApplication::clipboard()->setText(QStringLiteral("GET / HTTP/1.1\r\nHost:\u00a0x\r\n\r\n"));
    fixture.edit().paste();
    fixture.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(fixture.sent.size(), 1);
    QCOMPARE(fixture.sent.first().bytes, QByteArray("GET / HTTP/1.1\r\nHost:\xc2\xa0x\r\n\r\n"));
}

void tst_Composer::upAndDownWalkThroughWhatWasSent()
{
    Fixture fixture(*m_settings, Target::WebSocket);
    for (const char *text : {"one", "two", "three"}) {
        fixture.type(text);
        fixture.press(Qt::Key_Return);
    }
    fixture.press(Qt::Key_Up);
    QCOMPARE(fixture.edit().text(), QStringLiteral("two"));
    fixture.press(Qt::Key_Up);
    fixture.press(Qt::Key_Up);
    QCOMPARE(fixture.edit().text(), QStringLiteral("one"));
    fixture.press(Qt::Key_Down);
    fixture.press(Qt::Key_Down);
    QCOMPARE(fixture.edit().text(), QStringLiteral("three"));
    // What was being written comes back.
    fixture.edit().setText(QStringLiteral("draft"));
    fixture.press(Qt::Key_Return, Qt::ShiftModifier);
    fixture.press(Qt::Key_Up);
    QCOMPARE(fixture.edit().text(), QStringLiteral("draft\n"));
}

void tst_Composer::historyIsKeptOverRestarts()
{
    {
        Fixture fixture(*m_settings, Target::Tcp);
        fixture.type("kept");
        fixture.press(Qt::Key_Return);
    }
    Fixture fixture(*m_settings, Target::Tcp);
    fixture.type("draft");
    fixture.press(Qt::Key_Up);
    QCOMPARE(fixture.edit().text(), QStringLiteral("kept"));
    fixture.press(Qt::Key_Down);
    QCOMPARE(fixture.edit().text(), QStringLiteral("draft"));
}

void tst_Composer::theChosenEndingIsRemembered()
{
    {
        Fixture fixture(*m_settings, Target::Tcp);
        auto &ending = fixture.child<QComboBox>("composerEnding");
        QCOMPARE(ending.currentIndex(), static_cast<int>(LineEnding::Lf));
        ending.setCurrentIndex(static_cast<int>(LineEnding::CrLf));
        Q_EMIT ending.activated(ending.currentIndex());
    }
    Fixture tcp(*m_settings, Target::Tcp);
    QCOMPARE(tcp.child<QComboBox>("composerEnding").currentIndex(), static_cast<int>(LineEnding::CrLf));
    Fixture udp(*m_settings, Target::Udp);
    QCOMPARE(udp.child<QComboBox>("composerEnding").currentIndex(), static_cast<int>(LineEnding::None));
}

void tst_Composer::escapesAreASwitchThatIsOff()
{
    Fixture fixture(*m_settings, Target::WebSocket);
    fixture.type("a\\n");
    fixture.press(Qt::Key_Return);
    fixture.child<QCheckBox>("composerEscapes").setChecked(true);
    fixture.press(Qt::Key_Return);
    QCOMPARE(fixture.sent.at(0).bytes, QByteArray("a\\n"));
    QCOMPARE(fixture.sent.at(1).bytes, QByteArray("a\n"));
}

void tst_Composer::brokenHexIsSaidAndNothingIsSent()
{
    Fixture fixture(*m_settings, Target::WebSocket);
    fixture.child<QToolButton>("composerMode1").click();
    fixture.type("0x68, 65:6");
    fixture.press(Qt::Key_Return);
    QVERIFY(fixture.sent.isEmpty());
    QVERIFY(!fixture.live().isEmpty());
    QVERIFY2(!fixture.live().startsWith(QStringLiteral("→")), qPrintable(fixture.live()));
    fixture.type("c");
    fixture.press(Qt::Key_Return);
    QCOMPARE(fixture.sent.size(), 1);
    QCOMPARE(fixture.sent.first().bytes, QByteArray("hel"));
    QCOMPARE(fixture.sent.first().kind, SendRequest::Kind::Binary);
}

void tst_Composer::anObstacleIsSaidAndTheTextStays()
{
    Fixture fixture(*m_settings, Target::Tcp);
    fixture.composer.setObstacle([] { return QStringLiteral("The connection is closed"); });
    fixture.type("precious");
    fixture.press(Qt::Key_Return);
    QVERIFY(fixture.sent.isEmpty());
    QCOMPARE(fixture.edit().text(), QStringLiteral("precious"));
    QCOMPARE(fixture.live(), QStringLiteral("The connection is closed"));
    fixture.type("!");
    QVERIFY(fixture.live().startsWith(QStringLiteral("→ 10 B")));
}

void tst_Composer::aDatagramThatIsTooLargeIsSaid()
{
    Fixture fixture(*m_settings, Target::Udp);
    fixture.edit().setText(QString(65'508, QLatin1Char('x')));
    QVERIFY(fixture.live().startsWith(QStringLiteral("→ 65,508 of 65,507 B")));
    fixture.composer.submit();
    QVERIFY(fixture.sent.isEmpty());
    fixture.edit().setText(QString(65'507, QLatin1Char('x')));
    fixture.composer.submit();
    QCOMPARE(fixture.sent.size(), 1);
}

void tst_Composer::webSocketKinds()
{
    Fixture fixture(*m_settings, Target::WebSocket);
    auto &as = fixture.child<QComboBox>("composerAs");
    fixture.edit().setText(QStringLiteral("bye"));
    const QList<SendRequest::Kind> kinds{SendRequest::Kind::Text, SendRequest::Kind::Binary, SendRequest::Kind::Ping,
                                         SendRequest::Kind::Close};
    for (int kind = 0; kind < kinds.size(); ++kind) {
        as.setCurrentIndex(kind);
        fixture.child<QSpinBox>("composerCloseCode").setValue(4001);
        fixture.composer.submit();
        QCOMPARE(fixture.sent.last().kind, kinds.at(kind));
        QCOMPARE(fixture.sent.last().bytes, QByteArray("bye"));
    }
    QCOMPARE(fixture.sent.last().closeCode, 4001);
    fixture.edit().setText(QString(124, QLatin1Char('x')));
    fixture.composer.submit();
    QCOMPARE(fixture.sent.size(), 4);
}

void tst_Composer::aRepeatAsksForIntervalAndCount()
{
    Fixture fixture(*m_settings, Target::Tcp);
    QSignalSpy repeats(&fixture.composer, &Composer::repeatRequested);
    fixture.type("tick");
    fixture.child<QSpinBox>("composerInterval").setValue(250);
    fixture.child<QSpinBox>("composerCount").setValue(7);
    fixture.child<QPushButton>("composerRepeat").click();
    QCOMPARE(repeats.size(), 1);
    QCOMPARE(repeats.first().at(1).value<std::chrono::milliseconds>(), std::chrono::milliseconds(250));
    QCOMPARE(repeats.first().at(2).toLongLong(), 7);
    QVERIFY(fixture.sent.isEmpty());

    auto &stop = fixture.child<QPushButton>("composerStop");
    QVERIFY(!stop.isVisible());
    fixture.composer.setRepeatsLeft(6);
    QVERIFY(stop.isVisible());
    QVERIFY(!fixture.child<QPushButton>("composerRepeat").isVisible());
    QVERIFY(stop.text().contains(QStringLiteral("6 left")));
    fixture.composer.setRepeatsLeft(0);
    QVERIFY(!stop.isVisible());
}

void tst_Composer::theLiveLineIsCutBetweenBytes()
{
    const QString text = QStringLiteral("→ 5 B: 68 65 6c 6c 6f");
    const QFontMetrics metrics(Theme::fixedFont());
    const int whole = metrics.horizontalAdvance(text);
    QCOMPARE(LiveLine::cut(text, metrics, whole), text);
    for (int width = whole - 1; width > whole / 2; --width) {
        const QString cut = LiveLine::cut(text, metrics, width);
        QVERIFY2(cut.endsWith(QStringLiteral(" …")), qPrintable(cut));
        QVERIFY2(text.startsWith(cut.chopped(1)), qPrintable(cut));
        QVERIFY(metrics.horizontalAdvance(cut) <= width);
    }
}

void tst_Composer::aFileIsSentByItsBytes()
{
    QFile file(m_folder->filePath(QStringLiteral("data.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("\x00\xff\r\n", 4));
    file.close();
    Fixture fixture(*m_settings, Target::Tcp);
    fixture.child<QToolButton>("composerMode2").click();
    fixture.child<QLineEdit>("composerFile").setText(file.fileName());
    QCOMPARE(fixture.live(), QStringLiteral("→ 4 B: 00 ff 0d 0a"));
    fixture.composer.submit();
    QCOMPARE(fixture.sent.size(), 1);
    QCOMPARE(fixture.sent.first().bytes, QByteArray("\x00\xff\r\n", 4));
}

void tst_Composer::anOpenedLogCannotSend()
{
    Fixture fixture(*m_settings, Target::Tcp);
    fixture.composer.setReadOnly(QStringLiteral("This is an opened log"));
    QVERIFY(!fixture.edit().isEnabled());
    QVERIFY(!fixture.child<QPushButton>("composerSend").isEnabled());
    QCOMPARE(fixture.live(), QStringLiteral("This is an opened log"));
}

void tst_Composer::whatIsSentGoesToTheRecipients()
{
    Fixture fixture(*m_settings, Target::Udp);
    RecipientButton &button = fixture.composer.recipients();
    QVERIFY(!button.isVisible()); // One receiver: there is nothing to choose
    fixture.edit().setText(QStringLiteral("x"), LineEnding::Lf);
    fixture.composer.submit();
    QVERIFY(fixture.sent.last().to.empty());
    QVERIFY(!fixture.sent.last().isToLastSender);

    using Standing = RecipientButton::Standing;
    const Recipients two{Recipients::Kind::Chosen, {ConnectionId{3}, ConnectionId{5}}};
    button.showRecipients(two, QStringLiteral("#3, #5"), Standing::Reachable);
    QVERIFY(button.isVisible());
    QCOMPARE(button.text(), QStringLiteral("to #3, #5"));
    fixture.composer.submit();
    QCOMPARE(fixture.sent.last().to, two.chosen);
    button.showRecipients(two, QStringLiteral("#3, #5"), Standing::Gone);
    QCOMPARE(button.text(), QStringLiteral("to #3, #5 (gone)"));

    button.showRecipients({Recipients::Kind::LastSender, {}}, QStringLiteral("the last sender"), Standing::Reachable);
    fixture.composer.submit();
    QVERIFY(fixture.sent.last().to.empty());
    QVERIFY(fixture.sent.last().isToLastSender);
}

void tst_Composer::framesWhatIsSentAsTheLensCuts()
{
    Fixture fixture(*m_settings, Target::Tcp);
    fixture.composer.setLens(LensSpec::parse(QStringLiteral("length:u16be")).value());
    auto &wrap = fixture.child<QCheckBox>("composerWrap");
    QVERIFY(wrap.isVisible());
    QCOMPARE(wrap.text(), QStringLiteral("as length:u16be frame"));
    fixture.type("hi");
    wrap.click();
    QCOMPARE(fixture.live(), QStringLiteral("→ 4 B: 00 02 68 69")); // Without the LF
    QVERIFY(!fixture.child<QComboBox>("composerEnding").isVisible());
    fixture.press(Qt::Key_Return);
    QCOMPARE(fixture.sent.last().bytes, QByteArray("\0\2hi", 4));
    QCOMPARE(fixture.composer.payload().text, QStringLiteral("hi")); // What is kept is what was typed

    fixture.composer.setLens(LensSpec::parse(QStringLiteral("length:u16be")).value());
    QVERIFY(wrap.isChecked());
    fixture.composer.setLens(LensSpec::parse(QStringLiteral("fixed:1")).value());
    QVERIFY(!wrap.isChecked());
    wrap.click();
    fixture.press(Qt::Key_Return); // Two bytes are no one
    QCOMPARE(fixture.sent.size(), 1);
    QVERIFY(!fixture.live().startsWith(QStringLiteral("→")));
}

void tst_Composer::offersNoFrameWhereThereIsNone()
{
    Fixture fixture(*m_settings, Target::Tcp);
    auto &wrap = fixture.child<QCheckBox>("composerWrap");
    for (const char *lens : {"auto", "reads", "lines", "http", "length:u16be,offset=1", "slip"}) {
        fixture.composer.setLens(LensSpec::parse(QString::fromLatin1(lens)).value());
        QCOMPARE(wrap.isVisible(), QByteArray(lens) == "slip");
    }
    Fixture webSocket(*m_settings, Target::WebSocket);
    webSocket.composer.setLens(LensSpec::parse(QStringLiteral("slip")).value());
    QVERIFY(!webSocket.child<QCheckBox>("composerWrap").isVisible());
}

QTEST_MAIN(tst_Composer)
#include "tst_composer.moc"
