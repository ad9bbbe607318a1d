// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"
#include "ui/theme/theme.h"
#include "ui/views/byteview.h"
#include "ui/views/messageview.h"
#include "ui/views/trafficview.h"

#include <QAction>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using TestSupport::LogBuilder;
using TestSupport::LogScript;

/// The views while only some of the messages are shown, and while some stand out.
class tst_MessageFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void onlyWhatMatchesIsShown();
    void theByteViewShowsEverything();
    void itCombinesWithTheConnections();
    void thePlaceAndTheSelectionStay();
    void bytesOfAHiddenMessageMarkNoOtherRow();
    void whatComesIsFilteredToo();
    void whatEndsChangesTheAnswersOfBefore();
    void anotherLensKeepsTheFilter();
    void matchesOfEachConnectionAreCounted();
    void aMessageWritesTheFilter();
    void highlightsAreOrderedAndMarked();
    void highlightsLookIntoContents();

private:
    static constexpr qint64 Lines = 400; // "line N\n", from connection N % 2, each fourth one sent

    void say(qint64 lines);
    void filter(const char *text, qint64 expected);
    bool isShown(qint64 count);
    QString count() const { return m_view->findChild<QLabel *>(QStringLiteral("filterCount"))->text(); }
    void trigger(const char *action) const { m_view->findChild<QAction *>(QString::fromLatin1(action))->trigger(); }
    QString typed() const { return m_view->findChild<QLineEdit *>(QStringLiteral("filterField"))->text(); }
    QColor colorOfRow(qint64 row) const;

    std::unique_ptr<LogBuilder> m_builder;
    std::shared_ptr<SessionLog> m_log;
    std::unique_ptr<TrafficView> m_view;
    ByteView *m_bytes = nullptr;
    MessageView *m_messages = nullptr;
    qint64 m_said = 0;
};

void tst_MessageFilter::init()
{
    TestSupport::failOnWarnings();
    m_said = 0;
    m_builder = std::make_unique<LogBuilder>();
    m_builder->open();
    m_builder->open();
    m_log = m_builder->follow(QStringLiteral("lines"));
    say(Lines);
    m_view = std::make_unique<TrafficView>();
    m_view->resize(1160, 600);
    m_view->setLog(m_log);
    m_view->show();
    m_bytes = m_view->findChild<ByteView *>();
    m_messages = m_view->findChild<MessageView *>();
    QCOMPARE(m_messages->messageCount(), Lines);
}

void tst_MessageFilter::cleanup()
{
    m_view.reset();
    m_log.reset();
    m_builder.reset();
}

void tst_MessageFilter::say(qint64 lines)
{
    for (const qint64 end = m_said + lines; m_said < end; ++m_said) {
        const ConnectionId connection{static_cast<quint32>(m_said % 2)};
        const QByteArray line = "line " + QByteArray::number(m_said) + '\n';
        if (m_said % 4 == 0) {
            m_builder->out(line, connection);
        } else {
            m_builder->in(line, connection);
        }
    }
    m_builder->publish(*m_log);
}

bool tst_MessageFilter::isShown(qint64 count)
{
    m_view->refresh();
    return m_messages->messageCount() == count && m_messages->examined() == m_messages->totalCount();
}

void tst_MessageFilter::filter(const char *text, qint64 expected)
{
    m_view->setMessageFilter(QString::fromLatin1(text));
    QTRY_VERIFY2(isShown(expected), qPrintable(QString::number(m_messages->messageCount())));
}

void tst_MessageFilter::onlyWhatMatchesIsShown()
{
    filter("out", 100);
    QCOMPARE(m_messages->numberOf(1), 4); // Numbers stay
    QVERIFY(m_messages->isAtEnd()); // Still following
    QCOMPARE(count(), QStringLiteral("100 of 400 match"));
    filter("\"line 1\" len=6", 1);
    QCOMPARE(m_messages->numberOf(0), 1);
    filter("in /7$/ n<100", 10);
    filter("violation", 0);
    filter("", Lines);
}

void tst_MessageFilter::theByteViewShowsEverything()
{
    const qint64 lines = m_bytes->lineCount();
    filter("n:20", 1);
    QCOMPARE(m_bytes->lineCount(), lines);
}

void tst_MessageFilter::itCombinesWithTheConnections()
{
    filter("in", 300);
    m_view->setFilter(ConnectionFilter({ConnectionId{1}}));
    QTRY_VERIFY(isShown(200));
    filter("in n<10", 5);
    m_view->setFilter({});
    QTRY_VERIFY(isShown(7));
}

void tst_MessageFilter::thePlaceAndTheSelectionStay()
{
    Q_EMIT m_messages->currentRequested(201);
    const auto selection = m_bytes->selection();
    QVERIFY(selection);
    m_messages->scrollTo(200);
    filter("in", 300);
    QTRY_COMPARE((m_view->refresh(), m_messages->numberOf(m_messages->topLine())), 201); // 200 was sent
    QCOMPARE(m_messages->numberOf(m_messages->current()), 201);
    QCOMPARE(m_bytes->selection(), selection);
    filter("out", 100);
    QCOMPARE(m_messages->current(), -1);
    QCOMPARE(m_bytes->selection(), selection);
    filter("", Lines);
    QTRY_COMPARE((m_view->refresh(), m_messages->current()), 201);
}

void tst_MessageFilter::bytesOfAHiddenMessageMarkNoOtherRow()
{
    filter("out", 100);
    const RecordRow &record = m_log->records().at(201); // A line that came in
    Q_EMIT m_bytes->selectionRequested(
        {record.connection, record.direction, {{record.streamOffset, record.streamOffset + 3}}, 201, 201});
    QVERIFY(m_bytes->selection());
    QCOMPARE(m_messages->current(), -1);
}

void tst_MessageFilter::whatComesIsFilteredToo()
{
    filter("out", 100);
    m_view->setFollowing(false);
    say(8);
    QTRY_VERIFY(isShown(102));
    QCOMPARE(m_view->newMessages(), 2);
    m_builder->in("not yet ended", ConnectionId{0}).out("nor this", ConnectionId{1});
    m_builder->publish(*m_log);
    QTRY_VERIFY((m_view->refresh(), m_messages->lineCount() == 103)); // The one that was sent
}

void tst_MessageFilter::whatEndsChangesTheAnswersOfBefore()
{
    LogScript script(QStringLiteral("ws://127.0.0.1:9001/"));
    for (int number = 0; number < 3; ++number) {
        const ConnectionId id = script.open();
        script.out(id, TestSupport::upgradeRequest());
        script.in(id, TestSupport::upgradeResponse());
        script.event(EventType::Upgraded, id, {{QStringLiteral("status"), 101}, {QStringLiteral("accepted"), true}});
    }
    m_log = SessionLog::create(script.file(), LensSpec::parse(QStringLiteral("websocket")).value()).value();
    const auto publish = [&] {
        script.flush();
        m_log->waitUntilCaughtUp();
    };
    publish();
    m_view->setLog(m_log);
    filter("code:1006", 0);
    qint64 shown = 0;
    for (const quint32 id :
         {1U, 0U, 2U}) { // The earlier one second: what is before the first has to be looked at again
        script.close(ConnectionId{id});
        publish();
        shown += 2;
        QTRY_VERIFY(isShown(shown));
    }
    QCOMPARE(m_view->matches()->of(ConnectionId{1}), 2);
}

void tst_MessageFilter::anotherLensKeepsTheFilter()
{
    filter("kind:line", Lines);
    m_log->setLens(LensSpec::parse(QStringLiteral("reads")).value());
    m_log->waitUntilCaughtUp();
    QTRY_VERIFY(isShown(0));
    filter("kind:read out", 100);
}

void tst_MessageFilter::matchesOfEachConnectionAreCounted()
{
    QVERIFY(!m_view->matches());
    filter("out", 100); // Each fourth one is of connection 0
    QVERIFY(m_view->matches());
    QCOMPARE(m_view->matches()->of(ConnectionId{0}), 100);
    QCOMPARE(m_view->matches()->of(ConnectionId{1}), 0);
    m_view->setFilter(ConnectionFilter({ConnectionId{1}}));
    QTRY_VERIFY(isShown(0));
    QCOMPARE(m_view->matches()->of(ConnectionId{0}), 100); // Hidden, and counted
    filter("", 200);
    QVERIFY(!m_view->matches());
}

void tst_MessageFilter::aMessageWritesTheFilter()
{
    Q_EMIT m_messages->currentRequested(5); // In, of connection 1
    trigger("onlyLikeThis");
    QCOMPARE(typed(), QStringLiteral("in kind:line conn:1"));
    QTRY_VERIFY(isShown(200));
    m_view->setMessageFilter(QStringLiteral("out or len>6"));
    QTRY_VERIFY((m_view->refresh(), m_messages->examined() == Lines));
    m_messages->setCurrent(0); // Out, of connection 0
    trigger("onlyThisDirection");
    QCOMPARE(typed(), QStringLiteral("(out or len>6) out"));
    m_view->setMessageFilter({});
    m_messages->setCurrent(5);
    trigger("withoutLikeThis");
    QCOMPARE(typed(), QStringLiteral("not (in kind:line conn:1)"));
    QTRY_VERIFY(isShown(200));

    QSignalSpy spy(m_view.get(), &TrafficView::highlightRequested);
    m_messages->setCurrent(0);
    trigger("highlightLikeThis");
    QCOMPARE(spy.takeFirst().first().toString(), QStringLiteral("out kind:line conn:0"));
}

QColor tst_MessageFilter::colorOfRow(qint64 row) const
{
    const QImage image = m_messages->viewport()->grab().toImage();
    return image.pixelColor(image.width() - 3, m_messages->yOf(row) + 2);
}

void tst_MessageFilter::highlightsAreOrderedAndMarked()
{
    m_view->setFollowing(false);
    m_messages->scrollTo(0);
    m_view->setHighlightRules({{QStringLiteral("violation"), 5, true},
                               {QStringLiteral("n:1,4"), 3, true},
                               {QStringLiteral("this is none"), 4, true},
                               {QStringLiteral("in"), 1, false},
                               {QStringLiteral("out"), 0, true}});
    QCOMPARE(colorOfRow(0), Theme::highlightColor(0));
    QCOMPARE(colorOfRow(1), Theme::highlightColor(3));
    QCOMPARE(colorOfRow(2), Theme::color(Theme::Tone::InTint));
    QCOMPARE(colorOfRow(4), Theme::highlightColor(3)); // The first one that matches
    QCOMPARE(colorOfRow(8), Theme::highlightColor(0));

    // Not colour alone: beside it there is a mark, which no other row has.
    const QImage image = m_messages->viewport()->grab().toImage();
    const auto hasMark = [&](qint64 row, int color) {
        const QRgb mark = Theme::highlightMark(color).rgb();
        for (int x = 0; x < image.width(); ++x) {
            for (int y = m_messages->yOf(row); y < m_messages->yOf(row + 1); ++y) {
                if (image.pixel(x, y) == mark) {
                    return true;
                }
            }
        }
        return false;
    };
    QVERIFY(hasMark(1, 3));
    QVERIFY(!hasMark(2, 3));

    m_view->setHighlightRules({});
    QCOMPARE(colorOfRow(0), Theme::color(Theme::Tone::OutTint));
}

void tst_MessageFilter::highlightsLookIntoContents()
{
    m_view->setFollowing(false);
    m_messages->scrollTo(0);
    m_view->setHighlightRules({{QStringLiteral("/ 3$/"), 2, true}, {QStringLiteral("out"), 0, true}});
    QTRY_COMPARE(colorOfRow(3), Theme::highlightColor(2));
    QTRY_COMPARE(colorOfRow(4), Theme::highlightColor(0));
    QCOMPARE(colorOfRow(2), Theme::color(Theme::Tone::InTint));
    filter("n>2", Lines - 3); // A row is another message now
    m_messages->scrollTo(0);
    QTRY_COMPARE(colorOfRow(0), Theme::highlightColor(2));
    QTRY_COMPARE(colorOfRow(2), Theme::color(Theme::Tone::InTint));
    QCOMPARE(colorOfRow(1), Theme::highlightColor(0));
}

QTEST_MAIN(tst_MessageFilter)
#include "tst_messagefilter.moc"
