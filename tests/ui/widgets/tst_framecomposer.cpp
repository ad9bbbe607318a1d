// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/lensrunner.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/framepanel.h"
#include "ui/widgets/framepresets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <numeric>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

/// A composer of a WebSocket session that makes frames.
struct Fixture
{
    explicit Fixture(FrameDecoder::Sender sender = FrameDecoder::Sender::Server)
        : settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
        , composer(settings, Composer::Target::WebSocket)
    {
        QObject::connect(&composer, &Composer::sendRequested, &composer,
                         [this](const SendRequest &request) { sent.append(request); });
        composer.setFrameSender(sender);
        composer.resize(900, 120);
        composer.show();
        child<QComboBox>("composerAs").setCurrentIndex(static_cast<int>(Payload::As::Frames));
    }

    template<typename T>
    T &child(const char *name)
    {
        T *found = composer.findChild<T *>(QString::fromLatin1(name));
        Q_ASSERT(found);
        return *found;
    }
    QString live() { return child<QLabel>("composerLive").text(); }

    void write(const char *text)
    {
        Payload payload = composer.payload();
        payload.text = QString::fromUtf8(text);
        composer.setPayload(payload);
    }

    QTemporaryDir folder;
    QSettings settings;
    QList<SendRequest> sent;
    Composer composer;
};

} // namespace

class tst_FrameComposer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void thePanelIsThereForFramesOnly();
    void theLiveLineShowsTheHeaders();
    void whatCannotBeCodedIsSaidAndNotSent();
    void theRequestIsWhatThePanelSays();
    void eachMistakeBreaksItsRule_data();
    void eachMistakeBreaksItsRule();
    void aMistakeFillsThePanel();
    void settingsAreSavedAndLoaded();
    void everythingIsReachedByTab();
};

void tst_FrameComposer::thePanelIsThereForFramesOnly()
{
    Fixture fixture;
    QVERIFY(fixture.child<QWidget>("framePanel").isVisible());
    fixture.child<QComboBox>("composerAs").setCurrentIndex(static_cast<int>(Payload::As::Text));
    QVERIFY(!fixture.child<QWidget>("framePanel").isVisible());
}

void tst_FrameComposer::theLiveLineShowsTheHeaders()
{
    Fixture fixture;
    fixture.write("hello");
    QCOMPARE(fixture.live(), QStringLiteral("→ 7 B: 81 05 + 5 B"));
    fixture.composer.setFrameSender(FrameDecoder::Sender::Client);
    QCOMPARE(fixture.live(), QStringLiteral("→ 11 B: 81 85 kk kk kk kk + 5 B"));
    fixture.child<QComboBox>("frameMasking").setCurrentIndex(static_cast<int>(FrameSpec::Masking::Chosen));
    fixture.child<QLineEdit>("frameKey").setText(QStringLiteral("01020a"));
    QCOMPARE(fixture.live(), QStringLiteral("→ 11 B: 81 85 01 02 0a 00 + 5 B"));
    fixture.child<QComboBox>("frameMasking").setCurrentIndex(static_cast<int>(FrameSpec::Masking::Off));
    fixture.child<QSpinBox>("frameFragment").setValue(1);
    QCOMPARE(fixture.live(),
             QStringLiteral("→ 15 B in 5 frames: 01 01 + 1 B | 00 01 + 1 B | 00 01 + 1 B | 00 01 + 1 B | …"));
}

void tst_FrameComposer::whatCannotBeCodedIsSaidAndNotSent()
{
    Fixture fixture;
    fixture.write("hello");
    fixture.child<QLineEdit>("frameLength").setText(QStringLiteral("128"));
    fixture.child<QComboBox>("frameCoding").setCurrentIndex(static_cast<int>(FrameSpec::LengthCoding::Bits7));
    QCOMPARE(fixture.live(), QStringLiteral("a length of 128 does not fit into 7 bits"));
    fixture.composer.submit();
    QVERIFY(fixture.sent.isEmpty());
}

void tst_FrameComposer::theRequestIsWhatThePanelSays()
{
    Fixture fixture;
    fixture.write("hello");
    fixture.child<QComboBox>("frameOpcode").setCurrentIndex(11);
    fixture.child<QCheckBox>("frameFin").setChecked(false);
    fixture.child<QCheckBox>("frameRsv1").setChecked(true);
    fixture.child<QCheckBox>("frameRsv3").setChecked(true);
    fixture.child<QLineEdit>("frameLength").setText(QStringLiteral("0x8000000000000005"));
    fixture.child<QComboBox>("frameBefore").setCurrentIndex(static_cast<int>(FrameSettings::Before::OpenText));
    fixture.child<QSpinBox>("framePause").setValue(250);
    fixture.composer.submit();
    QCOMPARE(fixture.sent.size(), 1);
    const SendRequest request = fixture.sent.first();
    QCOMPARE(request.kind, SendRequest::Kind::Frames);
    QCOMPARE(request.pause, std::chrono::milliseconds(250));
    QCOMPARE(request.frames.size(), std::size_t(2));
    QVERIFY(!request.frames[0].isFinal);
    QCOMPARE(request.frames[1].fragment(0, FrameDecoder::Sender::Server, {}),
             QByteArray::fromHex("5b7f8000000000000005") + "hello");
}

void tst_FrameComposer::eachMistakeBreaksItsRule_data()
{
    QTest::addColumn<qsizetype>("number");
    const std::vector<FramePreset> presets = FramePresets::all();
    for (std::size_t i = 0; i < presets.size(); ++i) {
        QTest::newRow(qPrintable(presets[i].name)) << qsizetype(i);
    }
}

void tst_FrameComposer::eachMistakeBreaksItsRule()
{
    QFETCH(qsizetype, number);
    const FramePreset preset = FramePresets::all().at(std::size_t(number));
    const bool isServer = preset.breaks == Violation::MaskedServer;
    const auto sender = isServer ? FrameDecoder::Sender::Server : FrameDecoder::Sender::Client;
    const Result<SendRequest> request = ComposedRequest::make(preset.payload, ComposerTarget::WebSocket);
    QVERIFY(request.has_value());
    QByteArray wire;
    for (const FrameSpec &frame : request->frames) {
        for (qint64 index = 0; index < frame.fragmentCount(); ++index) {
            wire += frame.fragment(index, sender, {1, 2, 3, 4});
        }
    }
    const Direction direction = isServer ? Direction::In : Direction::Out;
    const LensRun run =
        runLens(QStringLiteral("websocket"), {Transport::Tcp, true, Direction::Out},
                {{Direction::Out, upgradeRequest()}, {Direction::In, upgradeResponse()}, {direction, wire}});
    quint32 violations = 0;
    for (const std::vector<Message> *list : {&run.messages, &run.unfinished}) {
        for (const Message &message : *list) {
            violations |= message.violations;
        }
    }
    QCOMPARE(violations & bit(preset.breaks), bit(preset.breaks));
    QVERIFY(!FramePresets::ruleOf(preset).isEmpty());
    if (preset.breaks == Violation{}) {
        QCOMPARE(violations, 0u);
        QVERIFY(!run.unfinished.empty());
    }
}

void tst_FrameComposer::aMistakeFillsThePanel()
{
    Fixture fixture;
    for (QAction *action : fixture.child<QToolButton>("framePresets").menu()->actions()) {
        action->trigger();
        QVERIFY(!action->toolTip().isEmpty());
    }
    const FramePreset last = FramePresets::all().back();
    QCOMPARE(fixture.composer.payload().frames, last.payload.frames);
    QCOMPARE(fixture.live(), QStringLiteral("→ 2 B: 81 05"));
    fixture.composer.submit();
    QCOMPARE(fixture.sent.size(), 1);
}

void tst_FrameComposer::settingsAreSavedAndLoaded()
{
    Fixture fixture;
    const std::vector<FramePreset> presets = FramePresets::all();
    for (const FramePreset &preset : presets) {
        QCOMPARE(Payload::fromJson(preset.payload.toJson()), preset.payload);
        fixture.composer.setPayload(preset.payload);
        QCOMPARE(fixture.composer.payload(), preset.payload);
    }
    Payload odd = presets.front().payload;
    odd.frames.frame.masking = FrameSpec::Masking::Chosen;
    odd.frames.frame.key = {1, 0x20, 0xff, 4};
    odd.frames.frame.reserved = 3;
    odd.frames.pause = std::chrono::milliseconds(77);
    odd.frames.before = FrameSettings::Before::Close;
    QCOMPARE(Payload::fromJson(odd.toJson()), odd);
    fixture.composer.setPayload(odd);
    QCOMPARE(fixture.composer.payload(), odd);

    // Saved before there were frames, or by nobody at all.
    QCOMPARE(Payload::fromJson({{QStringLiteral("as"), 3}}).frames, FrameSettings());
    const QJsonObject broken{
        {QStringLiteral("opcode"), 77}, {QStringLiteral("mask"), -1}, {QStringLiteral("length"), 5}};
    QCOMPARE(FrameSettings::fromJson(broken), FrameSettings());
}

void tst_FrameComposer::everythingIsReachedByTab()
{
    Fixture fixture;
    fixture.composer.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.composer));
    QSet<QString> reached;
    fixture.child<QComboBox>("composerAs").setFocus();
    for (int i = 0; i < 40; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        reached.insert(QApplication::focusWidget()->objectName());
    }
    for (const char *name : {"frameOpcode", "frameFin", "frameRsv1", "frameMasking", "frameCoding", "frameLength",
                             "frameFragment", "frameBefore", "framePresets"}) {
        QVERIFY2(reached.contains(QString::fromLatin1(name)), name);
    }
}

QTEST_MAIN(tst_FrameComposer)
#include "tst_framecomposer.moc"
