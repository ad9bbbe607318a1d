// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"
#include "ui/theme/theme.h"
#include "ui/views/byteview.h"
#include "ui/views/detailview.h"
#include "ui/views/messageview.h"
#include "ui/views/trafficview.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;
using TestSupport::LogBuilder;

namespace {

/// A view of a log on the screen, its parts at hand.
struct Shown
{
    explicit Shown(const std::shared_ptr<SessionLog> &sessionLog)
        : log(sessionLog)
    {
        view.resize(1160, 600);
        view.setLog(log);
        view.show();
        bytes = view.findChild<ByteView *>();
        messages = view.findChild<MessageView *>();
        detail = view.findChild<DetailView *>();
    }

    void choose(qint64 row) { Q_EMIT messages->currentRequested(row); }

    /// The text of a tab of the detail once the bytes are there.
    QString detailText(const char *name)
    {
        auto *text = view.findChild<QPlainTextEdit *>(QLatin1String(name));
        auto *tabs = view.findChild<QTabWidget *>();
        const bool isThere = QTest::qWaitFor([&] {
            view.refresh();
            for (int tab = 0; tab < tabs->count(); ++tab) {
                if (tabs->widget(tab) == text || tabs->widget(tab)->isAncestorOf(text)) {
                    tabs->setCurrentIndex(tab); // Each time: the tab that fits best is chosen once the bytes are there
                }
            }
            return !text->toPlainText().isEmpty();
        });
        return isThere ? text->toPlainText() : QStringLiteral("(nothing)");
    }

    std::shared_ptr<SessionLog> log;
    TrafficView view;
    ByteView *bytes = nullptr;
    MessageView *messages = nullptr;
    DetailView *detail = nullptr;
};

/// Hex of the bytes that are painted as selected, a space between stretches that are apart.
QString paintedSelection(const Shown &shown)
{
    const QImage image = shown.bytes->viewport()->grab().toImage();
    const QColor selected = Theme::color(Theme::Tone::Selection);
    QString text;
    bool wasMarked = false;
    for (const ByteView::Strip &strip : shown.bytes->visibleStrips()) {
        for (qint64 offset = strip.span.begin; offset < strip.span.end; ++offset) {
            const QRect cell = shown.bytes->cellRect({strip.record, offset});
            const bool isMarked = image.pixelColor(cell.center().x(), cell.bottom() - 1) == selected
                || image.pixelColor(cell.left() + 2, cell.top() + 1) == selected;
            if (isMarked) {
                const RecordRow &row = shown.log->records().at(strip.record);
                const QByteArray byte = shown.log->bytes().read(row.fileOffset + offset - row.streamOffset, 1);
                text +=
                    (wasMarked || text.isEmpty() ? QString() : QStringLiteral(" ")) + QString::fromLatin1(byte.toHex());
            }
            wasMarked = isMarked;
        }
    }
    return text;
}

std::vector<qint64> markedRows(const Shown &shown)
{
    std::vector<qint64> rows;
    for (const MessageView::Strip &strip : shown.messages->visibleStrips()) {
        if (shown.messages->isSelected(strip.row, strip.message)) {
            rows.push_back(strip.row);
        }
    }
    return rows;
}

std::shared_ptr<SessionLog> helloLog()
{
    LogBuilder builder;
    builder.open();
    builder.out("HELO you\r\n").in("250 ok\r\n250 se").in("cond\r\n").out("QUIT\r\n").in("221 bye\r\n");
    return builder.finish(QStringLiteral("lines"));
}

} // namespace

class tst_TrafficView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void aMessageMarksExactlyItsBytes();
    void aFragmentedMessageLeavesOutWhatLiesBetween();
    void bytesMarkTheirMessages();
    void theKeyboardSelectsBytes();
    void theMouseSelectsBytes();
    void selectingTellsWhatItIs();
    void escapeGivesTheSelectionUp();
    void followsUntilTheUserScrollsUp();
    void selectingStopsFollowing();
    void anotherLensKeepsThePlaceOfBothViews();
    void followingStaysAtTheNewestInAnotherSize();
    void newRowsDoNotMoveWhatIsRead();
    void anotherLensKeepsThePlaceAndTheSelection();
    void theViewThatWasScrolledLeads();
    void showsWhatHasNotEnded();
    void viewsStartHereUntilAllIsShown();
    void copies_data();
    void copies();
    void theDetailShowsOneMessage();
    void theDetailBreaksLinesThatAreTooLong();
    void theDetailShowsBinaryAsHexAndComesBack();
    void assistiveToolsHearWhatIsSelected();
    void emptyDatagramsCanBeSelected();
    void remembersItsState();
    void refusesAForeignState();
    void showsNothingWithoutALog();
};

void tst_TrafficView::aMessageMarksExactlyItsBytes()
{
    Shown shown(helloLog());
    QCOMPARE(shown.messages->messageCount(), 5);
    shown.choose(2); // "250 second", cut by a read
    QCOMPARE(shown.bytes->selection()->spans, (std::vector<ByteSpan>{{8, 20}}));
    QTRY_COMPARE(paintedSelection(shown), QString::fromLatin1(QByteArray("250 second\r\n").toHex()));
    shown.choose(0);
    QTRY_COMPARE(paintedSelection(shown), QString::fromLatin1(QByteArray("HELO you\r\n").toHex()));
}

void tst_TrafficView::aFragmentedMessageLeavesOutWhatLiesBetween()
{
    const QByteArray first = FrameBuilder::text("ab").notFinal().toWire();
    const QByteArray ping = FrameBuilder::ping("p").toWire();
    const QByteArray second = FrameBuilder::continuation("cd").toWire();
    LogBuilder builder;
    builder.open();
    builder.out(TestSupport::upgradeRequest()).in(TestSupport::upgradeResponse()).in(first + ping).in(second);
    Shown shown(builder.finish(QStringLiteral("websocket")));
    QCOMPARE(shown.messages->messageCount(), 4);
    const qint64 begin = shown.messages->messageAt(3)->begin;

    // Which frames they are shows only in the bytes: asked for while painting, there at a later choice.
    const std::vector<ByteSpan> spans{{begin, begin + 4}, {begin + 7, begin + 11}};
    QTRY_VERIFY((shown.choose(3), shown.bytes->selection()->spans == spans));
    QTRY_COMPARE(paintedSelection(shown), QString::fromLatin1(first.toHex() + ' ' + second.toHex()));
    QCOMPARE(shown.bytes->selection()->size(), 8);
}

void tst_TrafficView::bytesMarkTheirMessages()
{
    Shown shown(helloLog());
    // From the last byte of "250 ok\r\n" into the next line; the mouse and the keys end in the same signal.
    Q_EMIT shown.bytes->selectionRequested({ConnectionId{0}, Direction::In, {{7, 9}}, 1, 1});
    QCOMPARE(markedRows(shown), (std::vector<qint64>{1, 2}));
    QCOMPARE(shown.messages->current(), 1);
    Q_EMIT shown.bytes->selectionRequested({ConnectionId{0}, Direction::Out, {{9, 10}}, 0, 0});
    QCOMPARE(markedRows(shown), (std::vector<qint64>{0}));
}

void tst_TrafficView::theKeyboardSelectsBytes()
{
    Shown shown(helloLog());
    ByteView *bytes = shown.bytes;
    bytes->setFocus();
    QTest::keyClick(bytes, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(bytes->selection()->spans, (std::vector<ByteSpan>{{0, 1}}));
    QCOMPARE(bytes->selection()->direction, Direction::Out);
    QTest::keyClick(bytes, Qt::Key_Right);
    QTest::keyClick(bytes, Qt::Key_End, Qt::ShiftModifier);
    QCOMPARE(bytes->selection()->spans, (std::vector<ByteSpan>{{1, 10}}));

    // Over the records of the other direction into the next one of this direction.
    QTest::keyClick(bytes, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(bytes->selection()->spans, (std::vector<ByteSpan>{{1, 11}}));
    QCOMPARE(bytes->selection()->lastRecord, 3);
    QTest::keyClick(bytes, Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(bytes->selection()->spans, (std::vector<ByteSpan>{{1, 10}}));

    QTest::keyClick(bytes, Qt::Key_Down); // Past a header row, to the other direction
    QCOMPARE(bytes->selection()->direction, Direction::In);
    QTest::keyClick(bytes, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(bytes->selection()->spans, (std::vector<ByteSpan>{{0, 29}}));
    QTest::keyClick(bytes, Qt::Key_Home);
    QCOMPARE(bytes->selection()->spans, (std::vector<ByteSpan>{{20, 21}}));
}

void tst_TrafficView::theMouseSelectsBytes()
{
    Shown shown(helloLog());
    QWidget *area = shown.bytes->viewport();
    const auto at = [&](qint64 record, qint64 offset) {
        return shown.bytes->cellRect({record, offset}).center();
    };
    QTest::mousePress(area, Qt::LeftButton, {}, at(1, 2));
    QTest::mouseMove(area, at(1, 5));
    QTest::mouseRelease(area, Qt::LeftButton, {}, at(1, 5));
    QCOMPARE(shown.bytes->selection()->spans, (std::vector<ByteSpan>{{2, 6}}));
    QTest::mouseClick(area, Qt::LeftButton, Qt::ShiftModifier, at(4, 21));
    QCOMPARE(shown.bytes->selection()->spans, (std::vector<ByteSpan>{{2, 22}}));
    QTest::mouseClick(area, Qt::LeftButton, Qt::ShiftModifier, at(3, 12)); // The other direction: up to where it is met
    QCOMPARE(shown.bytes->selection()->spans, (std::vector<ByteSpan>{{2, 20}}));
    QTest::mouseDClick(area, Qt::LeftButton, {}, at(2, 17));
    QCOMPARE(shown.bytes->selection()->spans, (std::vector<ByteSpan>{{14, 20}}));
}

void tst_TrafficView::selectingTellsWhatItIs()
{
    Shown shown(helloLog());
    QSignalSpy facts(&shown.view, &TrafficView::selectionChanged);
    shown.choose(2);
    QCOMPARE(facts.last().first().toString(), QStringLiteral("in 0x8..0x13, 12 B within 1.00 ms"));
    shown.choose(0);
    QCOMPARE(facts.last().first().toString(), QStringLiteral("out 0x0..0x9, 10 B"));
}

void tst_TrafficView::escapeGivesTheSelectionUp()
{
    Shown shown(helloLog());
    for (QWidget *view : {static_cast<QWidget *>(shown.bytes), static_cast<QWidget *>(shown.messages)}) {
        shown.choose(2);
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(!shown.bytes->selection());
        QVERIFY(markedRows(shown).empty());
    }
}

void tst_TrafficView::followsUntilTheUserScrollsUp()
{
    LogBuilder builder;
    builder.open();
    const std::shared_ptr<SessionLog> log = builder.follow(QStringLiteral("lines"));
    Shown shown(log);
    for (int i = 0; i < 200; ++i) {
        builder.in("line\n");
    }
    builder.publish(*log);
    shown.view.refresh();
    QVERIFY(shown.messages->isAtEnd());
    QVERIFY(shown.bytes->isAtEnd());
    QCOMPARE(shown.messages->messageCount(), 200);

    QSignalSpy following(&shown.view, &TrafficView::followingChanged);
    QSignalSpy counted(&shown.view, &TrafficView::newMessagesChanged);
    shown.messages->verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
    QVERIFY(!shown.view.isFollowing());
    const qint64 top = shown.messages->topLine();
    builder.in("line\nline\n").in("line\n");
    builder.publish(*log);
    shown.view.refresh();
    QCOMPARE(shown.messages->topLine(), top);
    QCOMPARE(shown.view.newMessages(), 3);
    QCOMPARE(counted.last().first().toLongLong(), 3);

    QTest::keyClick(shown.messages, Qt::Key_End);
    QVERIFY(shown.view.isFollowing());
    QCOMPARE(shown.view.newMessages(), 0);
    QVERIFY(shown.messages->isAtEnd());
    QVERIFY(shown.bytes->isAtEnd());
    QCOMPARE(following.count(), 2);
}

void tst_TrafficView::anotherLensKeepsThePlaceOfBothViews()
{
    LogBuilder builder;
    builder.open();
    for (int i = 0; i < 500; ++i) {
        builder.in("one\ntwo\nthree\n");
    }
    Shown shown(builder.finish(QStringLiteral("lines")));
    QScrollBar *bar = shown.bytes->verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    const qint64 bytesTop = shown.bytes->topLine();
    const auto topByte = [&shown] {
        return shown.messages->messageAt(shown.messages->topLine())->begin;
    };
    const qint64 before = topByte();
    QVERIFY(before > 0);
    for (const char *lens : {"fixed:7", "reads", "fixed:1", "lines"}) {
        const qint64 top = topByte();
        shown.log->setLens(LensSpec::parse(QString::fromLatin1(lens)).value());
        shown.log->waitUntilCaughtUp();
        shown.view.refresh();
        QCOMPARE(shown.bytes->topLine(), bytesTop);
        const Message message = *shown.messages->messageAt(shown.messages->topLine());
        QVERIFY2(message.begin <= top && top < message.end, lens);
    }
    // A message of a coarser lens moves the top to its beginning, and no further.
    QVERIFY2(before - topByte() < 20, qPrintable(QString::number(before - topByte())));
}

void tst_TrafficView::followingStaysAtTheNewestInAnotherSize()
{
    LogBuilder builder;
    builder.open();
    for (int i = 0; i < 200; ++i) {
        builder.in("line\n");
    }
    Shown shown(builder.finish(QStringLiteral("lines")));
    QVERIFY(shown.view.isFollowing());
    for (const bool isVisible : {true, false, true}) { // The detail takes room from the views and gives it back
        shown.view.setDetailVisible(isVisible);
        QCoreApplication::processEvents();
        QVERIFY(shown.view.isFollowing());
        QVERIFY(shown.bytes->isAtEnd() && shown.messages->isAtEnd());
    }
}

void tst_TrafficView::selectingStopsFollowing()
{
    Shown shown(helloLog());
    QVERIFY(shown.view.isFollowing());
    QTest::keyClick(shown.messages, Qt::Key_Down);
    QVERIFY(!shown.view.isFollowing());
    shown.view.setFollowing(true);
    QTest::keyClick(shown.bytes, Qt::Key_Right);
    QVERIFY(!shown.view.isFollowing());
}

void tst_TrafficView::newRowsDoNotMoveWhatIsRead()
{
    LogBuilder builder;
    builder.open();
    const std::shared_ptr<SessionLog> log = builder.follow(QStringLiteral("lines"));
    for (int i = 0; i < 300; ++i) {
        builder.in("some line of text that fills more than one row of bytes\n");
    }
    builder.publish(*log);
    Shown shown(log);
    shown.choose(150);
    const qint64 bytesTop = shown.bytes->topLine();
    const qint64 messagesTop = shown.messages->topLine();
    for (int i = 0; i < 100; ++i) {
        builder.out("and more\n");
        builder.publish(*log);
        shown.view.refresh();
    }
    QCOMPARE(shown.bytes->topLine(), bytesTop);
    QCOMPARE(shown.messages->topLine(), messagesTop);
    QCOMPARE(shown.messages->current(), 150);
    QCOMPARE(shown.view.newMessages(), 100);
}

void tst_TrafficView::anotherLensKeepsThePlaceAndTheSelection()
{
    LogBuilder builder;
    builder.open();
    for (int i = 0; i < 500; ++i) {
        builder.in("one\ntwo\nthree\n");
    }
    Shown shown(builder.finish(QStringLiteral("lines")));
    QCOMPARE(shown.messages->messageCount(), 1500);
    shown.view.setFollowing(false);
    shown.messages->scrollTo(700); // "two" of read 233
    shown.choose(701); // "three"
    const std::optional<TrafficSelection> before = shown.bytes->selection();

    shown.log->setLens(LensSpec::parse(QStringLiteral("reads")).value());
    shown.log->waitUntilCaughtUp();
    shown.view.refresh();
    QCOMPARE(shown.messages->messageCount(), 500);
    QCOMPARE(shown.messages->topLine(), 233);
    QCOMPARE(shown.bytes->selection(), before);
    QCOMPARE(markedRows(shown), (std::vector<qint64>{233}));
    QCOMPARE(shown.messages->current(), 233);
}

void tst_TrafficView::theViewThatWasScrolledLeads()
{
    LogBuilder builder;
    builder.open();
    for (int i = 0; i < 2000; ++i) {
        builder.in(QByteArray(i % 40, 'x') + "\n");
    }
    Shown shown(builder.finish(QStringLiteral("lines")));
    QScrollBar *bar = shown.bytes->verticalScrollBar();
    bar->setValue(bar->maximum() / 3);
    QVERIFY(!shown.view.isFollowing());
    const qint64 middle = shown.bytes->topLine() + shown.bytes->visibleLines() / 3;
    const qint64 record = shown.bytes->placeOfLine(middle).record; // One record, one message
    QVERIFY(std::abs(shown.messages->topLine() + shown.messages->visibleLines() / 3 - record) <= 2);

    shown.messages->verticalScrollBar()->setValue(0);
    QCOMPARE(shown.bytes->topLine(), 0);
    shown.messages->verticalScrollBar()->setValue(shown.messages->verticalScrollBar()->maximum());
    QVERIFY(shown.bytes->isAtEnd());
    QVERIFY(shown.view.isFollowing());
}

void tst_TrafficView::showsWhatHasNotEnded()
{
    LogBuilder builder;
    builder.open();
    const std::shared_ptr<SessionLog> log = builder.follow(QStringLiteral("lines"));
    builder.in("done\nunfin");
    builder.publish(*log);
    Shown shown(log);
    QCOMPARE(shown.messages->messageCount(), 1);
    QCOMPARE(shown.messages->lineCount(), 2);
    QVERIFY(shown.messages->isUnfinished(1));
    shown.choose(1);
    QTRY_COMPARE(paintedSelection(shown), QString::fromLatin1(QByteArray("unfin").toHex()));

    builder.in("ished\n");
    builder.publish(*log);
    shown.view.refresh();
    QCOMPARE(shown.messages->lineCount(), 2);
    QVERIFY(!shown.messages->isUnfinished(1));
    QCOMPARE(shown.messages->messageAt(1)->span(), (ByteSpan{5, 16}));
}

void tst_TrafficView::viewsStartHereUntilAllIsShown()
{
    LogBuilder builder;
    builder.open();
    const std::shared_ptr<SessionLog> log = builder.follow(QStringLiteral("lines"));
    builder.in("old\n").in("old\n");
    builder.publish(*log);
    Shown shown(log);
    shown.view.startHere();
    QVERIFY(shown.view.hasStart());
    QCOMPARE(shown.messages->visibleStrips().size(), 0);
    QCOMPARE(shown.bytes->visibleStrips().size(), 0);
    builder.in("new\n");
    builder.publish(*log);
    shown.view.refresh();
    QCOMPARE(shown.messages->visibleStrips().size(), 1);
    QCOMPARE(shown.messages->topLine(), 2);
    QCOMPARE(shown.bytes->visibleStrips().size(), 2); // Header and bytes
    shown.view.showAll();
    QVERIFY(!shown.view.hasStart());
    QCOMPARE(shown.messages->visibleStrips().size(), 3);
}

void tst_TrafficView::copies_data()
{
    QTest::addColumn<int>("action");
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("wire");

    QTest::newRow("text") << 0 << QStringLiteral("QUIT") << QStringLiteral("QUIT\r\n");
    QTest::newRow("hex") << 1 << QStringLiteral("51 55 49 54") << QStringLiteral("51 55 49 54 0d 0a");
    QTest::newRow("hex dump") << 2
                              << QStringLiteral("00000000  51 55 49 54                                       |QUIT|\n")
                              << QStringLiteral(
                                     "0000000a  51 55 49 54 0d 0a                                 |QUIT..|\n");
    QTest::newRow("C array") << 4 << QStringLiteral("const unsigned char data[] = {0x51, 0x55, 0x49, 0x54};")
                             << QStringLiteral("const unsigned char data[] = {0x51, 0x55, 0x49, 0x54, 0x0d, 0x0a};");
    QTest::newRow("base64") << 3 << QStringLiteral("UVVJVA==") << QStringLiteral("UVVJVA0K");
}

void tst_TrafficView::copies()
{
    QFETCH(int, action);
    QFETCH(QString, content);
    QFETCH(QString, wire);
    Shown shown(helloLog());
    QAction *copy = shown.view.copyActions().at(action);
    QVERIFY(!copy->isEnabled());

    shown.choose(3);
    copy->trigger();
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), content);
    Q_EMIT shown.bytes->selectionRequested({ConnectionId{0}, Direction::Out, {{10, 16}}, 3, 3});
    copy->trigger();
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), wire);
}

void tst_TrafficView::theDetailShowsOneMessage()
{
    LogBuilder builder;
    builder.open();
    builder.in("{\"b\":1.10,\"a\":[],\"b\":2}\n").in("<b>not</b> json\n");
    Shown shown(builder.finish(QStringLiteral("lines")));
    shown.view.setDetailVisible(true);
    shown.choose(0);
    QCOMPARE(shown.detailText("detailText"), QStringLiteral("{\"b\":1.10,\"a\":[],\"b\":2}"));
    QCOMPARE(shown.detailText("detailJson"), QStringLiteral("{\n  \"b\": 1.10,\n  \"a\": [],\n  \"b\": 2\n}"));
    QVERIFY(shown.detailText("detailHex").startsWith(QStringLiteral("00000000  7b 22 62")));

    shown.choose(1);
    QCOMPARE(shown.detailText("detailText"), QStringLiteral("<b>not</b> json"));
    const auto *tabs = shown.view.findChild<QTabWidget *>();
    QVERIFY(!tabs->isTabEnabled(1));
    QVERIFY(tabs->tabToolTip(1).startsWith(QStringLiteral("Not JSON: ")));
}

void tst_TrafficView::theDetailBreaksLinesThatAreTooLong()
{
    LogBuilder builder;
    builder.open();
    builder.in(QByteArray(5000, 'x') + "\n").in("short\n");
    Shown shown(builder.finish(QStringLiteral("lines")));
    shown.view.setDetailVisible(true);
    shown.choose(0);
    QCOMPARE(shown.detailText("detailText"), QString(4096, u'x') + u'\n' + QString(904, u'x'));
    const auto *remark = shown.view.findChild<QLabel *>(QStringLiteral("detailLimit"));
    QVERIFY(remark->isVisible());
    shown.choose(1);
    QCOMPARE(shown.detailText("detailText"), QStringLiteral("short"));
    QVERIFY(!remark->isVisible());
}

void tst_TrafficView::theDetailShowsBinaryAsHexAndComesBack()
{
    LogBuilder builder;
    builder.open(Transport::Udp);
    builder.in("{\"a\":1}").in(QByteArray("\x00\xff", 2)).in("text");
    Shown shown(builder.finish(QStringLiteral("datagrams")));
    shown.view.setDetailVisible(true);
    const auto *tabs = shown.view.findChild<QTabWidget *>();
    const auto tabOf = [&](qint64 row) {
        shown.choose(row);
        shown.view.refresh();
        return tabs->tabText(tabs->currentIndex());
    };
    QTRY_COMPARE(tabOf(1), QStringLiteral("Hex"));
    QTRY_COMPARE(tabOf(2), QStringLiteral("Text"));
    shown.detail->setCurrentTab(1);
    QTRY_COMPARE(tabOf(1), QStringLiteral("Hex"));
    QTRY_COMPARE(tabOf(2), QStringLiteral("Text"));
    QTRY_COMPARE(tabOf(0), QStringLiteral("JSON"));
    QCOMPARE(shown.detail->currentTab(), 1);
}

void tst_TrafficView::assistiveToolsHearWhatIsSelected()
{
    Shown shown(helloLog());
    QAccessibleInterface *messages = QAccessible::queryAccessibleInterface(shown.messages);
    QAccessibleInterface *bytes = QAccessible::queryAccessibleInterface(shown.bytes);
    QVERIFY(messages && bytes);
    QCOMPARE(messages->role(), QAccessible::Document);
    QCOMPARE(messages->text(QAccessible::Name), QStringLiteral("Messages"));
    QCOMPARE(bytes->text(QAccessible::Name), QStringLiteral("Bytes at the socket"));
    QVERIFY(bytes->state().readOnly);
    QCOMPARE(messages->text(QAccessible::Value), QStringLiteral("no message selected"));
    QCOMPARE(bytes->text(QAccessible::Value), QStringLiteral("no bytes selected"));

    shown.choose(2);
    QTRY_COMPARE(messages->text(QAccessible::Value), QStringLiteral("no. 2, in, line, 10 bytes: 250 second"));
    // The first bytes are those of the first read.
    QTRY_COMPARE(bytes->text(QAccessible::Value), QStringLiteral("in 0x8, 12 bytes: 32 35 30 20 73 65, 250 se"));
    QVERIFY(bytes->textInterface());
    QCOMPARE(bytes->textInterface()->text(0, 6), QStringLiteral("in 0x8"));
}

void tst_TrafficView::emptyDatagramsCanBeSelected()
{
    LogBuilder builder;
    builder.open(Transport::Udp);
    builder.out("a").in("").in("b");
    Shown shown(builder.finish(QStringLiteral("datagrams")));
    QCOMPARE(shown.messages->messageCount(), 3);
    shown.choose(1);
    QCOMPARE(markedRows(shown), (std::vector<qint64>{1}));
    QCOMPARE(paintedSelection(shown), QString());
    QTest::keyClick(shown.bytes, Qt::Key_Down);
    QVERIFY(shown.bytes->selection());
}

void tst_TrafficView::remembersItsState()
{
    Shown first(helloLog());
    first.view.setDetailVisible(true);
    first.view.setTimeStyle(TimeStyle::Delta);
    Shown second(helloLog());
    QVERIFY(!second.view.isDetailVisible());
    QVERIFY(second.view.restoreState(first.view.saveState()));
    QVERIFY(second.view.isDetailVisible());
    QCOMPARE(second.view.timeStyle(), TimeStyle::Delta);
}

void tst_TrafficView::refusesAForeignState()
{
    Shown shown(helloLog());
    QVERIFY(!shown.view.restoreState({}));
    QVERIFY(!shown.view.restoreState(QByteArray(40, '\xff')));
    QVERIFY(!shown.view.restoreState(shown.view.saveState().chopped(3)));
}

void tst_TrafficView::showsNothingWithoutALog()
{
    Shown shown(helloLog());
    shown.choose(1);
    shown.view.setLog(nullptr);
    shown.view.refresh();
    QCOMPARE(shown.bytes->visibleStrips().size(), 0);
    QCOMPARE(shown.messages->visibleStrips().size(), 0);
    QVERIFY(!shown.view.selectedContent());
    for (const int key : {Qt::Key_Down, Qt::Key_Home, Qt::Key_PageDown, Qt::Key_Escape}) {
        QTest::keyClick(shown.bytes, static_cast<Qt::Key>(key));
        QTest::keyClick(shown.messages, static_cast<Qt::Key>(key));
    }
    QVERIFY(!shown.view.grab().isNull());
}

QTEST_MAIN(tst_TrafficView)
#include "tst_trafficview.moc"
