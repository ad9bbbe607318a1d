// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"
#include "ui/models/fieldmodel.h"
#include "ui/theme/theme.h"
#include "ui/views/byteview.h"
#include "ui/views/detailview.h"
#include "ui/views/fieldview.h"
#include "ui/views/messageview.h"
#include "ui/views/trafficview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QImage>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace Sidewire;
using TestSupport::FrameBuilder;
using TestSupport::LogBuilder;

namespace {

/// A WebSocket session with the detail open at its frames.
struct Shown
{
    explicit Shown(const QByteArray &sent, const QByteArray &before = {})
    {
        LogBuilder builder;
        builder.open();
        builder.out(TestSupport::upgradeRequest()).in(TestSupport::upgradeResponse());
        begin = TestSupport::upgradeRequest().size() + before.size();
        if (!before.isEmpty()) {
            builder.out(before);
        }
        builder.out(sent);
        log = builder.finish(QStringLiteral("websocket"));
        view.resize(1160, 700);
        view.setLog(log);
        view.setDetailVisible(true);
        view.show();
        bytes = view.findChild<ByteView *>();
        messages = view.findChild<MessageView *>();
        fields = view.findChild<FieldView *>();
        view.findChild<DetailView *>()->setCurrentTab(DetailView::FrameTab);
    }

    /// Waits until the fields of the message are there.
    bool choose(qint64 row)
    {
        Q_EMIT messages->currentRequested(row);
        return QTest::qWaitFor([&] {
            view.refresh();
            return fields->model()->rowCount() > 0;
        });
    }

    /// Makes the first field of that name the current one.
    void choose(const QString &name)
    {
        const QModelIndexList found = fields->model()->match(fields->model()->index(0, 0), Qt::DisplayRole, name, 1,
                                                             Qt::MatchExactly | Qt::MatchRecursive);
        QVERIFY2(!found.isEmpty(), qPrintable(name));
        fields->setCurrentIndex(found.constFirst());
    }

    BitSpan marked() const { return bytes->mark() ? bytes->mark()->bits : BitSpan(); }

    std::shared_ptr<SessionLog> log;
    TrafficView view;
    ByteView *bytes = nullptr;
    MessageView *messages = nullptr;
    FieldView *fields = nullptr;
    qint64 begin = 0; ///< Of what was sent last
};

BitSpan bits(qint64 byte, int first, int count)
{
    return {8 * byte + first, 8 * byte + first + count};
}

/// The bits that the bar is under in the digits of a byte: "4..7"; empty where there is none.
QString paintedBits(const Shown &shown, qint64 record, qint64 offset, Theme::Tone tone = Theme::Tone::Text)
{
    const QImage image = shown.bytes->viewport()->grab().toImage();
    const QRect cell = shown.bytes->cellRect({record, offset}); // A half cell, two digits, a half cell
    const int y = cell.bottom() - 1;
    const FixedText text(Theme::fixedFont());
    const ByteGrid grid = ByteGrid::fitting(shown.bytes->viewport()->width(), text.cell(), 6);
    const int byte = grid.byteAt(cell.center().x());
    int first = -1;
    int last = -1;
    for (int x = BitMarkPainter::bitX(grid, byte, 0); y < image.height() && x < BitMarkPainter::bitX(grid, byte, 8);
         ++x) {
        if (image.pixelColor(x, y) == Theme::color(tone)) {
            first = first < 0 ? x : first;
            last = x;
        }
    }
    for (int begin = 0; begin < 8; ++begin) {
        for (int end = begin + 1; end <= 8; ++end) {
            const int left = BitMarkPainter::bitX(grid, byte, begin);
            if (first == left && last + 1 == std::max(BitMarkPainter::bitX(grid, byte, end), left + 2)) {
                return QStringLiteral("%1..%2").arg(begin).arg(end - 1);
            }
        }
    }
    return first < 0 ? QString() : QStringLiteral("pixels %1..%2").arg(first).arg(last);
}

} // namespace

class tst_FieldView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void showsTheFieldsOfAMessage();
    void aFieldIsMarkedInTheBytes();
    void theArrowsMoveTheMark();
    void theMarkGoesWithTheMessageAndTheTab();
    void scrollsNoFurtherThanNeeded();
    void enterSelectsTheBytes();
    void copiesAValueOrAll();
    void aByteIsNamedWhereThePointerRests();
    void aBrokenFieldIsMarkedInItsColor();
    void aMessageThatGrowsKeepsItsField();
    void readsEachLineOfAHead();
};

void tst_FieldView::showsTheFieldsOfAMessage()
{
    Shown shown(FrameBuilder::text("hello").masked().toWire());
    QVERIFY(shown.choose(2));
    QCOMPARE(shown.fields->accessibleName(), QStringLiteral("Fields of the message"));
    shown.choose(QStringLiteral("Opcode"));
    const QModelIndex index = shown.fields->currentIndex();
    QCOMPARE(index.siblingAtColumn(FieldModel::ValueColumn).data().toString(), QStringLiteral("1 text"));
    QCOMPARE(index.siblingAtColumn(FieldModel::PlaceColumn).data().toString(),
             QStringLiteral("0x%1 bits 4..7").arg(shown.begin, 0, 16));
    QVERIFY(shown.fields->isExpanded(index.parent()));
}

void tst_FieldView::aFieldIsMarkedInTheBytes()
{
    Shown shown(FrameBuilder::text("hello").masked().toWire());
    QVERIFY(shown.choose(2));
    QCOMPARE(shown.marked(), BitSpan());
    QSignalSpy facts(&shown.view, &TrafficView::selectionChanged);

    shown.choose(QStringLiteral("Opcode"));
    QCOMPARE(shown.marked(), bits(shown.begin, 4, 4));
    QCOMPARE(facts.last().first().toString(),
             QStringLiteral("bits 4..7 of 0x%1: Opcode 1 text").arg(shown.begin, 0, 16));
    QTRY_COMPARE(paintedBits(shown, 2, shown.begin), QStringLiteral("4..7"));
    QCOMPARE(paintedBits(shown, 2, shown.begin + 1), QString());
    QCOMPARE(shown.bytes->spokenText(), facts.last().first().toString());

    shown.choose(QStringLiteral("FIN"));
    QTRY_COMPARE(paintedBits(shown, 2, shown.begin), QStringLiteral("0..0"));
    shown.choose(QStringLiteral("Masking key"));
    QTRY_COMPARE(paintedBits(shown, 2, shown.begin + 2), QStringLiteral("0..7"));
    QCOMPARE(paintedBits(shown, 2, shown.begin + 1), QString());
}

void tst_FieldView::theArrowsMoveTheMark()
{
    Shown shown(FrameBuilder::text("hello").masked().toWire());
    QVERIFY(shown.choose(2));
    shown.choose(QStringLiteral("FIN"));
    for (int bit = 1; bit < 4; ++bit) {
        QTest::keyClick(shown.fields, Qt::Key_Down);
        QCOMPARE(shown.marked(), bits(shown.begin, bit, 1));
    }
    QTest::keyClick(shown.fields, Qt::Key_Down);
    QTest::keyClick(shown.fields, Qt::Key_Down);
    QCOMPARE(shown.marked(), bits(shown.begin + 1, 0, 1)); // MASK
    QTest::keyClick(shown.fields, Qt::Key_Up);
    QCOMPARE(shown.marked(), bits(shown.begin, 4, 4));
}

void tst_FieldView::theMarkGoesWithTheMessageAndTheTab()
{
    Shown shown(FrameBuilder::text("hello").masked().toWire());
    QVERIFY(shown.choose(2));
    shown.choose(QStringLiteral("FIN"));
    auto *detail = shown.view.findChild<DetailView *>();
    detail->setCurrentTab(DetailView::HexTab);
    QCOMPARE(shown.marked(), BitSpan());
    detail->setCurrentTab(DetailView::FrameTab);
    QCOMPARE(shown.marked(), bits(shown.begin, 0, 1));
    shown.view.setDetailVisible(false);
    QCOMPARE(shown.marked(), BitSpan());
    shown.view.setDetailVisible(true);
    QVERIFY(shown.choose(1));
    QCOMPARE(shown.marked(), BitSpan());
    shown.view.setLog(nullptr);
    QCOMPARE(shown.fields->model()->rowCount(), 0);
}

void tst_FieldView::scrollsNoFurtherThanNeeded()
{
    Shown shown(FrameBuilder::text("head").masked().notFinal().toWire()
                + FrameBuilder::continuation(QByteArray(20'000, 'x')).masked().toWire());
    QVERIFY(shown.choose(2));
    shown.choose(QStringLiteral("FIN"));
    const qint64 top = shown.bytes->topLine();
    QTest::keyClick(shown.fields, Qt::Key_Down);
    QCOMPARE(shown.bytes->topLine(), top);

    shown.choose(QStringLiteral("Payload")); // Of the first frame: visible as well
    QCOMPARE(shown.bytes->topLine(), top);
    shown.bytes->scrollTo(shown.bytes->lineCount());
    const qint64 end = shown.bytes->topLine();
    QVERIFY(end > top);
    shown.view.refresh();
    QCOMPARE(shown.bytes->topLine(), end); // What is read stays
    shown.choose(QStringLiteral("MASK"));
    const qint64 line = shown.bytes->lineOf({2, shown.begin + 1});
    QVERIFY(shown.bytes->topLine() <= line && line < shown.bytes->topLine() + shown.bytes->visibleLines());
}

void tst_FieldView::enterSelectsTheBytes()
{
    Shown shown(FrameBuilder::text("hello").masked().toWire());
    QVERIFY(shown.choose(2));
    shown.choose(QStringLiteral("Masking key"));
    QTest::keyClick(shown.fields, Qt::Key_Return);
    QCOMPARE(shown.bytes->selection()->spans, (std::vector<ByteSpan>{{shown.begin + 2, shown.begin + 6}}));
    QCOMPARE(shown.messages->current(), 2);
    QCOMPARE(shown.marked(), BitSpan::ofBytes(shown.begin + 2, shown.begin + 6)); // Still in the tree

    shown.choose(QStringLiteral("MASK"));
    Q_EMIT shown.fields->doubleClicked(shown.fields->currentIndex());
    QCOMPARE(shown.bytes->selection()->spans, (std::vector<ByteSpan>{{shown.begin + 1, shown.begin + 2}}));
}

void tst_FieldView::copiesAValueOrAll()
{
    Shown shown(FrameBuilder::text("hello").masked().toWire());
    QVERIFY(shown.choose(2));
    shown.choose(QStringLiteral("Masking key"));
    QTest::keyClick(shown.fields, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("37 fa 21 3d"));
    QTest::keyClick(shown.fields, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString tree = QGuiApplication::clipboard()->text();
    QVERIFY2(tree.startsWith(QStringLiteral("Text: out, 11 B")), qPrintable(tree));
    QVERIFY2(tree.contains(QStringLiteral("\n    FIN: 1, the last frame of its message  [0x")), qPrintable(tree));
    shown.choose(QStringLiteral("Text"));
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(shown.fields, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), tree);
}

void tst_FieldView::aByteIsNamedWhereThePointerRests()
{
    Shown shown(FrameBuilder::text("<b>&").masked().toWire());
    QVERIFY(shown.choose(2));
    const auto toolTip = [&](qint64 offset) {
        const QPoint at = shown.bytes->cellRect({2, offset}).center();
        QHelpEvent event(QEvent::ToolTip, at, shown.bytes->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(shown.bytes->viewport(), &event);
        return QToolTip::text();
    };
    QTRY_COMPARE(toolTip(shown.begin + 1), QStringLiteral("<p>MASK 1, masked<br>Payload length 4 (7 bits)</p>"));
    QCOMPARE(toolTip(shown.begin + 3), QStringLiteral("<p>Masking key 37 fa 21 3d</p>"));
    QCOMPARE(toolTip(shown.begin + 6), QStringLiteral("<p>Payload 4 B, unmasked: &quot;&lt;b&gt;&amp;&quot;</p>"));
}

void tst_FieldView::aBrokenFieldIsMarkedInItsColor()
{
    Shown shown(FrameBuilder::text("hello").toWire()); // A client must mask
    QVERIFY(shown.choose(2));
    shown.choose(QStringLiteral("MASK"));
    const QModelIndex remark = shown.fields->currentIndex().siblingAtColumn(FieldModel::RemarkColumn);
    QCOMPARE(remark.data().toString(), QStringLiteral("A client frame was not masked (RFC 6455, 5.1)"));
    QTRY_COMPARE(paintedBits(shown, 2, shown.begin + 1, Theme::Tone::Violation), QStringLiteral("0..0"));
}

void tst_FieldView::aMessageThatGrowsKeepsItsField()
{
    LogBuilder builder;
    builder.open();
    const std::shared_ptr<SessionLog> log = builder.follow(QStringLiteral("lines"));
    builder.in("unfin");
    builder.publish(*log);
    TrafficView view;
    view.resize(1160, 700);
    view.setLog(log);
    view.show();
    view.setDetailVisible(true);
    view.findChild<DetailView *>()->setCurrentTab(DetailView::FrameTab);
    auto *fields = view.findChild<FieldView *>();
    Q_EMIT view.findChild<MessageView *>()->currentRequested(0);
    QTRY_VERIFY((view.refresh(), fields->model()->rowCount() > 0));
    fields->setCurrentIndex(fields->model()->index(0, 0, fields->model()->index(0, 0)));
    QCOMPARE(view.findChild<ByteView *>()->mark()->bits, BitSpan::ofBytes(0, 5));

    builder.in("ished\n");
    builder.publish(*log);
    view.refresh();
    Q_EMIT view.findChild<MessageView *>()->currentRequested(0);
    const auto *bytes = view.findChild<ByteView *>();
    QTRY_COMPARE((view.refresh(), bytes->mark() ? bytes->mark()->bits : BitSpan()),
                 BitSpan::ofBytes(0, 10)); // Without its line end
}

void tst_FieldView::readsEachLineOfAHead()
{
    Shown shown(FrameBuilder::text("x").masked().toWire());
    QVERIFY(shown.choose(1));
    shown.choose(QStringLiteral("Sec-WebSocket-Accept"));
    QCOMPARE(shown.fields->currentIndex().siblingAtColumn(FieldModel::RemarkColumn).data().toString(),
             QStringLiteral("answers the key of the request"));
    QVERIFY(shown.bytes->mark());
    QCOMPARE(shown.bytes->mark()->direction, Direction::In);
}

QTEST_MAIN(tst_FieldView)
#include "tst_fieldview.moc"
