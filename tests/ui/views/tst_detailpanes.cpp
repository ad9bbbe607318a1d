// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "ui/views/copytable.h"
#include "ui/views/detailview.h"
#include "ui/views/hexpane.h"
#include "ui/views/messageview.h"
#include "ui/views/panebar.h"
#include "ui/views/selectionpane.h"
#include "ui/views/trafficview.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Sidewire;
using TestSupport::LogBuilder;

namespace {

const QByteArray Gzip =
    QByteArray::fromHex("1f8b0800000000000203ab56ca4bcc4d55b2520ace4c492dcf2c4a55d251cac92c2e51b28a36"
                        "d431d231d64122636b0185b914d12e000000"); // {"name":"Sidewire","list":[1,2,3 ...

/// A log of datagrams with its detail.
struct Shown
{
    explicit Shown(const QList<QByteArray> &datagrams)
    {
        LogBuilder builder;
        builder.open(Transport::Udp);
        for (const QByteArray &datagram : datagrams) {
            builder.in(datagram);
        }
        view.resize(1160, 600);
        view.setLog(builder.finish(QStringLiteral("datagrams")));
        view.setDetailVisible(true);
        view.show();
        detail = view.findChild<DetailView *>();
        tabs = detail->findChild<QTabWidget *>();
    }

    /// Selects it and tells which tab is shown.
    QString choose(qint64 row)
    {
        Q_EMIT view.findChild<MessageView *>()->currentRequested(row);
        view.refresh();
        return tabs->tabText(tabs->currentIndex());
    }

    QString text(const char *name)
    {
        view.refresh(); // The bytes may have come meanwhile
        return detail->findChild<QPlainTextEdit *>(QLatin1String(name))->toPlainText();
    }

    QString remark()
    {
        view.refresh();
        return tabs->currentWidget()->findChild<PaneBar *>()->remark();
    }

    template<typename T>
    T *part(const char *name) const
    {
        return detail->findChild<T *>(QLatin1String(name));
    }

    TrafficView view;
    DetailView *detail = nullptr;
    QTabWidget *tabs = nullptr;
};

QString valueOf(const CopyTable &table, const QString &name, int column = 1)
{
    for (int row = 0; row < table.rowCount(); ++row) {
        if (table.item(row, 0)->text() == name) {
            return table.item(row, column)->text();
        }
    }
    return QStringLiteral("(no such row)");
}

} // namespace

class tst_DetailPanes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void showsWhatFitsBestUntilATabIsChosen();
    void readsTextInTheChosenEncoding();
    void unfoldsJson();
    void copiesValuesAndPathsOfJson();
    void saysWhatIsTooMuchForJson();
    void takesWrappingsOff();
    void saysWhyADecoderDoesNotApply();
    void knowsTheNumbersAtTheCursor();
    void findsTheByteOfAColumn();
    void tellsTheFactsOfTheSelection();
    void factsOfManyRecordsAreBounded();
    void anotherSelectionCancelsTheFacts();
    void longPayloadsComeFromAWorker();
    void nothingOfAnotherMessageIsShown();
    void aMessageThatGrowsKeepsThePlaceInItsText();
};

void tst_DetailPanes::showsWhatFitsBestUntilATabIsChosen()
{
    Shown shown({"{\"a\":1}", "plain text", QByteArray("\x00\xff\x01", 3), Gzip, "user=anna&city=K%C3%B6ln", "42"});
    QTRY_COMPARE(shown.choose(0), QStringLiteral("JSON"));
    QTRY_COMPARE(shown.choose(1), QStringLiteral("Text"));
    QTRY_COMPARE(shown.choose(2), QStringLiteral("Hex"));
    QTRY_COMPARE(shown.choose(3), QStringLiteral("Decoded"));
    QTRY_COMPARE(shown.choose(4), QStringLiteral("Decoded"));
    QTRY_COMPARE(shown.choose(5), QStringLiteral("Text"));

    shown.detail->setCurrentTab(DetailView::TextTab);
    QTRY_COMPARE(shown.choose(0), QStringLiteral("Text"));
    QTRY_COMPARE(shown.choose(2), QStringLiteral("Hex"));
    QTRY_COMPARE(shown.choose(4), QStringLiteral("Text"));
    shown.view.showBestDetail();
    QTRY_COMPARE(shown.choose(0), QStringLiteral("JSON"));
}

void tst_DetailPanes::readsTextInTheChosenEncoding()
{
    Shown shown({QByteArray("K\xf6ln"), QByteArray::fromHex("fffe480065006c006c006f00")});
    shown.detail->setCurrentTab(DetailView::TextTab);
    QTRY_COMPARE(shown.choose(1), QStringLiteral("Text"));
    QTRY_COMPARE(shown.text("detailText"), QStringLiteral("Hello"));
    QCOMPARE(shown.remark(), QStringLiteral("UTF-16LE"));

    QTRY_COMPARE(shown.choose(0), QStringLiteral("Hex")); // No UTF-8
    shown.tabs->setCurrentIndex(DetailView::TextTab);
    QTRY_COMPARE(shown.remark(), QStringLiteral("UTF-8, 1 broken character"));
    shown.part<QComboBox>("textEncoding")->setCurrentText(QStringLiteral("ISO-8859-1"));
    QCOMPARE(shown.text("detailText"), QStringLiteral("K\u00f6ln"));
    QCOMPARE(shown.remark(), QStringLiteral("ISO-8859-1"));
}

void tst_DetailPanes::unfoldsJson()
{
    Shown shown({R"({"a":[1,{"b":2}]})"});
    QTRY_COMPARE(shown.choose(0), QStringLiteral("JSON"));
    auto *tree = shown.part<QTreeView>("detailJsonTree");
    QVERIFY(tree->isVisible());
    QCOMPARE(shown.remark(), QStringLiteral("5 values"));
    const QModelIndex root = tree->model()->index(0, 0);
    QVERIFY(tree->isExpanded(root));
    QVERIFY(tree->isExpanded(tree->model()->index(0, 0, root)));
    shown.part<QToolButton>("jsonCollapse")->click();
    QVERIFY(!tree->isExpanded(root));
    shown.part<QToolButton>("jsonExpand")->click();
    QVERIFY(tree->isExpanded(tree->model()->index(0, 0, root)));
    shown.part<QToolButton>("jsonText")->click();
    QVERIFY(!tree->isVisible());
    QCOMPARE(shown.text("detailJson"), QStringLiteral("{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ]\n}"));
}

void tst_DetailPanes::copiesValuesAndPathsOfJson()
{
    Shown shown({R"({"a":[1,"x\ty"]})"});
    QTRY_COMPARE(shown.choose(0), QStringLiteral("JSON"));
    auto *tree = shown.part<QTreeView>("detailJsonTree");
    const QModelIndex root = tree->model()->index(0, 0);
    tree->setCurrentIndex(tree->model()->index(1, 1, tree->model()->index(0, 0, root)));
    const auto copied = [tree](int action) {
        tree->actions().at(action)->trigger();
        return QGuiApplication::clipboard()->text();
    };
    QCOMPARE(copied(0), QStringLiteral("\"x\\ty\""));
    QCOMPARE(copied(1), QStringLiteral("x\ty"));
    QCOMPARE(copied(2), QStringLiteral("$.a[1]"));
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier); // Not the copying of the views around it
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("\"x\\ty\""));
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("$.a[1]"));
    tree->setCurrentIndex(root);
    QCOMPARE(copied(0), QStringLiteral("{\"a\":[1,\"x\\ty\"]}"));
}

void tst_DetailPanes::saysWhatIsTooMuchForJson()
{
    QByteArray many = "[0";
    for (int i = 0; i < 30'000; ++i) {
        many += ",0";
    }
    Shown shown({many.left(60'000) + "]"});
    QTRY_COMPARE(shown.choose(0), QStringLiteral("JSON"));
    QTRY_COMPARE(shown.remark(), QStringLiteral("30001 values"));
    shown.part<QToolButton>("jsonExpand")->click();
    QVERIFY2(shown.remark().contains(QStringLiteral("rows are open")), qPrintable(shown.remark()));
}

void tst_DetailPanes::takesWrappingsOff()
{
    Shown shown({Gzip.toBase64()});
    QTRY_COMPARE(shown.choose(0), QStringLiteral("Decoded"));
    QTRY_VERIFY(shown.text("detailDecoded").contains(QStringLiteral("\"name\": \"Sidewire\"")));
    QCOMPARE(shown.remark(), QStringLiteral("base64 \u2192 gzip: 76 B \u2192 46 B"));
}

void tst_DetailPanes::saysWhyADecoderDoesNotApply()
{
    Shown shown({"just words, not wrapped"});
    shown.detail->setCurrentTab(DetailView::DecodedTab);
    QTRY_COMPARE(shown.choose(0), QStringLiteral("Decoded"));
    QTRY_VERIFY(shown.remark().startsWith(QStringLiteral("No decoder fits")));
    shown.part<QComboBox>("decoderChooser")->setCurrentText(QStringLiteral("base64"));
    QCOMPARE(shown.remark(), QStringLiteral("Not base64: Not a character of base64 at byte 10"));
    QCOMPARE(shown.text("detailDecoded"), QString());
}

void tst_DetailPanes::knowsTheNumbersAtTheCursor()
{
    Shown shown({QByteArray("\x01\x00\x02\xff", 4)});
    QTRY_COMPARE(shown.choose(0), QStringLiteral("Hex"));
    auto *numbers = shown.part<CopyTable>("hexNumbers");
    QTRY_COMPARE(valueOf(*numbers, QStringLiteral("u16, i16")), QStringLiteral("1"));
    QCOMPARE(valueOf(*numbers, QStringLiteral("u16, i16"), 2), QStringLiteral("256"));
    auto *dump = shown.part<QPlainTextEdit>("detailHex");
    QTextCursor cursor = dump->textCursor();
    cursor.setPosition(16); // The third byte
    dump->setTextCursor(cursor);
    QCOMPARE(valueOf(*numbers, QStringLiteral("u16")), QStringLiteral("65282"));
    QCOMPARE(valueOf(*numbers, QStringLiteral("u32")), QStringLiteral("(no such row)"));
    numbers->setCurrentCell(0, 1);
    QTest::keyClick(numbers, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("2"));
}

void tst_DetailPanes::findsTheByteOfAColumn()
{
    const QString line =
        QStringLiteral("00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|");
    for (int column = 0; column < line.size(); ++column) {
        const int byte = HexPane::byteOfColumn(column);
        const bool isText = column > 60 && column < 77;
        const bool isHex = column >= 10 && column < 58 && line[column] != u' ';
        QCOMPARE(byte >= 0, isText || isHex);
        if (isText) {
            QCOMPARE(line[column], QStringLiteral("0123456789abcdef").at(byte));
        }
    }
}

void tst_DetailPanes::tellsTheFactsOfTheSelection()
{
    Shown shown({"123456789"});
    QString facts;
    connect(&shown.view, &TrafficView::selectionChanged, this, [&facts](const QString &text) { facts = text; });
    shown.choose(0);
    QTRY_COMPARE(facts, QStringLiteral("in 0x0..0x8, 9 B, CRC-32 cbf43926"));
    const auto *table = shown.part<CopyTable>("selectionFacts");
    QCOMPARE(valueOf(*table, QStringLiteral("offset")), QStringLiteral("in 0x0 (0) .. 0x8 (8)"));
    QCOMPARE(valueOf(*table, QStringLiteral("reads")), QStringLiteral("1"));
    QCOMPARE(valueOf(*table, QStringLiteral("CRC-16 Modbus")), QStringLiteral("4b37"));
    QCOMPARE(valueOf(*table, QStringLiteral("CRC-16 CCITT-FALSE")), QStringLiteral("29b1"));
    QCOMPARE(valueOf(*table, QStringLiteral("sum, 16 bits")), QStringLiteral("01dd"));
    QCOMPARE(valueOf(*table, QStringLiteral("XOR")), QStringLiteral("31"));
    QVERIFY(valueOf(*table, QStringLiteral("SHA-256")).startsWith(QStringLiteral("15e2b0d3c338")));
    QCOMPARE(valueOf(*shown.part<CopyTable>("selectionNumbers"), QStringLiteral("u8, i8")), QStringLiteral("49"));
    shown.choose(-1);
    QCOMPARE(table->rowCount(), 0);
}

void tst_DetailPanes::factsOfManyRecordsAreBounded()
{
    LogBuilder builder;
    builder.open();
    for (int i = 0; i < 100; ++i) {
        builder.in("abcd").out("ignored");
    }
    const auto log = builder.finish(QStringLiteral("reads"));
    const SelectionFacts facts =
        SelectionFactsJob{log, TrafficSelection{ConnectionId{0}, Direction::In, {{2, 398}}, 0, 198}}.run();
    QCOMPARE(facts.records, 100);
    QCOMPARE(facts.summed, 396);
    QCOMPARE(facts.elapsed, 198'000'000);
    ChecksumCounter counter;
    counter.feed(QByteArray("abcd").repeated(100).sliced(2, 396));
    QCOMPARE(facts.checksums, counter.result());
    QCOMPARE(facts.start, QByteArray("cdabcdabcdabcdab"));
}

void tst_DetailPanes::anotherSelectionCancelsTheFacts()
{
    LogBuilder builder;
    builder.open();
    builder.in("abcd").in("efgh");
    const auto log = builder.finish(QStringLiteral("reads"));
    const SelectionFactsJob job{log, TrafficSelection{ConnectionId{0}, Direction::In, {{0, 8}}, 0, 1}};
    *job.isCancelled = true;
    QCOMPARE(job.run().summed, 0);

    SelectionPane pane;
    for (qint64 end = 1; end <= 8; ++end) { // Dragging the mouse
        pane.setSelection(log, TrafficSelection{ConnectionId{0}, Direction::In, {{0, end}}, 0, end > 4 ? 1 : 0});
    }
    QTRY_COMPARE(pane.shortFacts(), QStringLiteral("CRC-32 aeef2a50"));
}

void tst_DetailPanes::longPayloadsComeFromAWorker()
{
    LogBuilder builder;
    builder.open();
    QByteArray json = "[\"";
    json += QByteArray(200'000, 'x') + "\"]\n";
    builder.in(json.first(60'000)).in(json.sliced(60'000, 60'000)).in(json.sliced(120'000));
    Shown shown({});
    shown.view.setLog(builder.finish(QStringLiteral("lines")));
    QTRY_COMPARE(shown.choose(0), QStringLiteral("JSON"));
    QTRY_COMPARE(shown.remark(), QStringLiteral("2 values"));
}

void tst_DetailPanes::nothingOfAnotherMessageIsShown()
{
    Shown shown({"first", "second", QByteArray(60'000, 'x'), "last"});
    QTRY_COMPARE(shown.choose(0), QStringLiteral("Text"));
    QTRY_COMPARE(shown.text("detailText"), QStringLiteral("first"));
    const auto *facts = shown.part<CopyTable>("selectionFacts");
    QTRY_VERIFY(facts->rowCount() > 0);
    const auto *text = shown.part<QPlainTextEdit>("detailText");
    for (const qint64 row : {1, 2, 3}) { // As a key that is held
        Q_EMIT shown.view.findChild<MessageView *>()->currentRequested(row);
        QCOMPARE(text->toPlainText(), QString());
        QCOMPARE(facts->rowCount(), 0);
    }
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("last"));
    QTRY_COMPARE(valueOf(*facts, QStringLiteral("length")), QStringLiteral("4 B"));
    Q_EMIT shown.view.findChild<MessageView *>()->currentRequested(-1);
    QCOMPARE(text->toPlainText(), QString());
    QCOMPARE(facts->rowCount(), 0);
}

void tst_DetailPanes::aMessageThatGrowsKeepsThePlaceInItsText()
{
    LogBuilder builder;
    builder.open();
    const std::shared_ptr<SessionLog> log = builder.follow(QStringLiteral("lines"));
    builder.in(QByteArray(3000, 'x'));
    builder.publish(*log);
    Shown shown({});
    shown.view.setLog(log);
    shown.detail->setCurrentTab(DetailView::TextTab);
    QTRY_COMPARE((shown.choose(0), shown.text("detailText").size()), 3000);
    auto *text = shown.part<QPlainTextEdit>("detailText");
    QTRY_VERIFY(text->verticalScrollBar()->maximum() > 2);
    text->verticalScrollBar()->setValue(2);

    builder.in(QByteArray(2000, 'y') + '\n');
    builder.publish(*log);
    QTRY_COMPARE((shown.choose(0), text->document()->characterCount()), 5001 + 1); // A long line is broken
    QCOMPARE(text->verticalScrollBar()->value(), 2);
}

QTEST_MAIN(tst_DetailPanes)
#include "tst_detailpanes.moc"
