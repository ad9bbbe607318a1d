// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"
#include "ui/theme/markcolors.h"
#include "ui/views/byteview.h"
#include "ui/views/messageview.h"
#include "ui/views/trafficview.h"
#include "ui/widgets/searchbar.h"

#include <QComboBox>
#include <QImage>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;
using TestSupport::LogBuilder;

namespace {

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
        bar = view.findChild<SearchBar *>();
        field = view.findChild<QLineEdit *>(QStringLiteral("searchText"));
        QObject::connect(&view, &TrafficView::selectionChanged, &view, [this](const QString &text) { facts = text; });
        QObject::connect(&view, &TrafficView::bookmarkMade, &view, [this](const Event &event) {
            view.keepUnsaved(event);
            view.refresh();
        });
    }

    void find(const QString &text)
    {
        view.find();
        field->setText(text);
        QTest::keyClick(field, Qt::Key_Return);
    }

    /// Whether the bar says so, at the latest when all is found.
    bool says(const QString &status)
    {
        const bool isSaid = QTest::qWaitFor([&] {
            view.refresh();
            return bar->status() == status;
        });
        if (!isSaid) {
            qInfo("It says: %s", qPrintable(bar->status()));
        }
        return isSaid;
    }

    std::shared_ptr<SessionLog> log;
    TrafficView view;
    ByteView *bytes = nullptr;
    MessageView *messages = nullptr;
    SearchBar *bar = nullptr;
    QLineEdit *field = nullptr;
    QString facts;
};

std::shared_ptr<SessionLog> errors()
{
    LogBuilder builder;
    builder.open();
    builder.in("an error\n").out("no\n").in("an Er").in("ror\n").in("fine\n");
    return builder.finish(QStringLiteral("lines"));
}

bool hasColor(QWidget *widget, Theme::Mark mark)
{
    const QImage image = widget->grab().toImage();
    const QRgb wanted = Theme::markColor(mark).rgb();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) == wanted) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

class tst_Finding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void stepsFromMatchToMatchAndAround();
    void marksWhatIsFoundInBothViews();
    void marksWithoutGoingThere();
    void findsWhatIsMasked();
    void takesTheSelectedBytes();
    void saysWhatIsWrongWithAPattern();
    void saysWhereItLooked();
    void goesOnWithTheTraffic();
    void stopsFollowing();
    void escapeClosesAndUnmarks();
    void bookmarksAreMadeShownAndTakenAway();
};

void tst_Finding::stepsFromMatchToMatchAndAround()
{
    Shown shown(errors());
    QVERIFY(shown.bar->isHidden());
    shown.find(QStringLiteral("error"));
    QVERIFY(shown.says(QStringLiteral("1 of 2")));
    QCOMPARE(shown.facts, QStringLiteral("in 0x3..0x7, 5 B"));
    QCOMPARE(shown.messages->current(), 0);
    QTest::keyClick(shown.field, Qt::Key_Return);
    QVERIFY(shown.says(QStringLiteral("2 of 2")));
    QVERIFY(shown.facts.startsWith(QStringLiteral("in 0xc..0x10, 5 B"))); // Over two reads
    QCOMPARE(shown.messages->current(), 2);
    shown.view.findNext();
    QVERIFY(shown.says(QStringLiteral("1 of 2, from the start again")));
    shown.view.findPrevious();
    QVERIFY(shown.says(QStringLiteral("2 of 2, from the end again")));
    QTest::keyClick(shown.field, Qt::Key_Return, Qt::ShiftModifier);
    QVERIFY(shown.says(QStringLiteral("1 of 2")));
    // From another place, that place counts.
    Q_EMIT shown.messages->currentRequested(1);
    QVERIFY(shown.says(QStringLiteral("2 found")));
    shown.view.findNext();
    QVERIFY(shown.says(QStringLiteral("2 of 2")));
}

void tst_Finding::marksWhatIsFoundInBothViews()
{
    Shown shown(errors());
    QVERIFY(!hasColor(shown.bytes->viewport(), Theme::Mark::Match));
    shown.find(QStringLiteral("n"));
    QVERIFY(shown.says(QStringLiteral("1 of 4")));
    QTRY_VERIFY(hasColor(shown.bytes->viewport(), Theme::Mark::Match));
    QTRY_VERIFY(hasColor(shown.bytes->viewport(), Theme::Mark::MatchLine));
    QTRY_VERIFY(hasColor(shown.messages->viewport(), Theme::Mark::Match));
    QTRY_VERIFY(hasColor(shown.messages->viewport(), Theme::Mark::MatchLine));
}

void tst_Finding::marksWithoutGoingThere()
{
    TrafficView empty;
    empty.markFound(QStringLiteral("error"));
    empty.setLog(errors()); // What a command line asks for comes before the log
    Shown shown(errors());
    shown.view.markFound(QStringLiteral("error"));
    auto *bar = empty.findChild<SearchBar *>();
    QTRY_VERIFY((empty.refresh(), bar->status() == QLatin1String("2 found")));
    QVERIFY(empty.isFollowing());
    QVERIFY(shown.says(QStringLiteral("2 found")));
    QVERIFY(shown.facts.isEmpty());
    QVERIFY(shown.view.isFollowing());
    QTRY_VERIFY(hasColor(shown.messages->viewport(), Theme::Mark::Match));
    shown.view.findNext();
    QVERIFY(shown.says(QStringLiteral("1 of 2")));
}

void tst_Finding::findsWhatIsMasked()
{
    LogBuilder builder;
    builder.open();
    builder.out(TestSupport::upgradeRequest()).in(TestSupport::upgradeResponse());
    builder.out(FrameBuilder::text("an error").masked().toWire());
    Shown shown(builder.finish(QStringLiteral("websocket")));
    shown.find(QStringLiteral("error"));
    QVERIFY(shown.says(QStringLiteral("1 of 1")));
    QCOMPARE(shown.messages->current(), 2);
    const qint64 begin = TestSupport::upgradeRequest().size() + 6 + 3;
    QVERIFY(shown.facts.startsWith(QStringLiteral("out 0x%1..").arg(begin, 0, 16)));
    auto *scope = shown.view.findChild<QComboBox *>(QStringLiteral("searchScope"));
    QVERIFY(scope->isVisible());
    scope->setCurrentIndex(1);
    QVERIFY(shown.says(QStringLiteral("not found in all bytes as they crossed")));
}

void tst_Finding::takesTheSelectedBytes()
{
    Shown shown(errors());
    QCOMPARE(shown.log->bytes().read(shown.log->records().at(0).fileOffset, 2), QByteArray("an"));
    Q_EMIT shown.bytes->selectionRequested({ConnectionId{0}, Direction::In, {{0, 2}}, 0, 0});
    shown.view.find();
    QCOMPARE(shown.field->text(), QStringLiteral("an"));
    QVERIFY(shown.says(QStringLiteral("1 of 2")));
}

void tst_Finding::saysWhatIsWrongWithAPattern()
{
    Shown shown(errors());
    shown.view.find();
    shown.view.findChild<QComboBox *>(QStringLiteral("searchMode"))->setCurrentIndex(2);
    shown.field->setText(QStringLiteral("er[ro"));
    QTest::keyClick(shown.field, Qt::Key_Return);
    QVERIFY2(shown.bar->status().contains(QStringLiteral("missing ]")), qPrintable(shown.bar->status()));
    shown.field->setText(QStringLiteral("er+o"));
    QTest::keyClick(shown.field, Qt::Key_Return);
    QVERIFY(shown.says(QStringLiteral("1 of 2")));
}

void tst_Finding::saysWhereItLooked()
{
    Shown shown(errors());
    shown.find(QStringLiteral("nowhere"));
    QVERIFY(shown.says(QStringLiteral("not found in all bytes as they crossed")));
}

void tst_Finding::goesOnWithTheTraffic()
{
    LogBuilder builder;
    builder.open();
    builder.in("an error\n");
    const auto log = builder.follow(QStringLiteral("lines"));
    builder.publish(*log);
    Shown shown(log);
    shown.find(QStringLiteral("error"));
    QVERIFY(shown.says(QStringLiteral("1 of 1")));
    builder.in("another error\n");
    builder.publish(*log);
    QVERIFY(shown.says(QStringLiteral("1 of 2")));
}

void tst_Finding::stopsFollowing()
{
    Shown shown(errors());
    QVERIFY(shown.view.isFollowing());
    shown.find(QStringLiteral("error"));
    QVERIFY(shown.says(QStringLiteral("1 of 2")));
    QVERIFY(!shown.view.isFollowing());
}

void tst_Finding::escapeClosesAndUnmarks()
{
    Shown shown(errors());
    shown.find(QStringLiteral("n"));
    QVERIFY(shown.says(QStringLiteral("1 of 4")));
    QTest::keyClick(shown.field, Qt::Key_Escape);
    QVERIFY(shown.bar->isHidden());
    QVERIFY(!hasColor(shown.bytes->viewport(), Theme::Mark::MatchLine));
    // F3 takes it up again.
    shown.view.findNext();
    QVERIFY(!shown.bar->isHidden());
    QVERIFY(shown.says(QStringLiteral("1 of 4")));
}

void tst_Finding::bookmarksAreMadeShownAndTakenAway()
{
    Shown shown(errors());
    QVERIFY(!shown.view.toggleBookmark()); // Nothing is selected
    QVERIFY(!shown.view.goToBookmark(TrafficView::Step::Next));
    for (const qint64 row : {0, 2}) {
        Q_EMIT shown.messages->currentRequested(row);
        QVERIFY(shown.view.toggleBookmark());
    }
    QCOMPARE(shown.view.marks().all().size(), 2u);
    QCOMPARE(shown.view.titleOf(shown.view.marks().all()[1]), QStringLiteral("in 0x9"));
    QTRY_VERIFY(hasColor(shown.bytes->viewport(), Theme::Mark::Bookmark));
    QTRY_VERIFY(hasColor(shown.messages->viewport(), Theme::Mark::Bookmark));
    QVERIFY(shown.view.goToBookmark(TrafficView::Step::Next)); // Around
    QCOMPARE(shown.messages->current(), 0);
    QVERIFY(shown.view.goToBookmark(TrafficView::Step::Previous));
    QCOMPARE(shown.messages->current(), 2);
    QVERIFY(shown.view.toggleBookmark());
    QCOMPARE(shown.view.marks().all().size(), 1u);
    QCOMPARE(shown.view.marks().unsaved().size(), 3u);
}

QTEST_MAIN(tst_Finding)
#include "tst_finding.moc"
