// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "ui/theme/theme.h"
#include "ui/views/byteview.h"
#include "ui/views/messageview.h"
#include "ui/views/trafficview.h"

#include <QImage>
#include <QSet>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using TestSupport::LogBuilder;

/// Both views while only some of the connections are shown.
class tst_ConnectionFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void bothViewsShowTheChosenOnes();
    void numbersStayWhatTheyAre();
    void thePlaceAndTheSelectionStay();
    void aHiddenSelectionComesBack();
    void whatComesIsFilteredToo();
    void anotherLensIsFilteredToo();
    void everyLineHasTheLaneOfItsConnection();

private:
    static constexpr quint32 Connections = 4;
    static constexpr qint64 Records = 400;

    void speak(qint64 records); ///< In turn
    void showOnly(const std::vector<ConnectionId> &connections);
    void showEvery() { m_view->setFilter({}); }
    QSet<quint32> connectionsInBytes() const;
    QSet<quint32> connectionsInMessages() const;
    void refresh();

    std::unique_ptr<LogBuilder> m_builder;
    std::shared_ptr<SessionLog> m_log;
    std::unique_ptr<TrafficView> m_view;
    ByteView *m_bytes = nullptr;
    MessageView *m_messages = nullptr;
};

void tst_ConnectionFilter::init()
{
    TestSupport::failOnWarnings();
    m_builder = std::make_unique<LogBuilder>();
    for (quint32 number = 0; number < Connections; ++number) {
        m_builder->open();
    }
    m_log = m_builder->follow(QStringLiteral("lines"));
    speak(Records);
    m_builder->publish(*m_log);
    m_view = std::make_unique<TrafficView>();
    m_view->resize(1160, 600);
    m_view->setLog(m_log);
    m_view->show();
    m_bytes = m_view->findChild<ByteView *>();
    m_messages = m_view->findChild<MessageView *>();
    QCOMPARE(m_messages->messageCount(), Records);
}

void tst_ConnectionFilter::cleanup()
{
    m_view.reset();
    m_log.reset();
    m_builder.reset();
}

void tst_ConnectionFilter::speak(qint64 records)
{
    for (qint64 record = 0; record < records; ++record) {
        m_builder->in("line\n", ConnectionId(static_cast<quint32>(record % Connections)));
    }
}

void tst_ConnectionFilter::refresh()
{
    m_builder->publish(*m_log);
    m_view->refresh();
}

void tst_ConnectionFilter::showOnly(const std::vector<ConnectionId> &connections)
{
    const qint64 expected = m_log->messages()->count() / Connections * std::ssize(connections);
    m_view->setFilter(ConnectionFilter(connections));
    QTRY_VERIFY((m_view->refresh(), m_messages->messageCount() == expected));
    QTRY_VERIFY((m_view->refresh(), m_bytes->lineCount() == 2 * expected)); // A header and a line of bytes each
}

QSet<quint32> tst_ConnectionFilter::connectionsInBytes() const
{
    QSet<quint32> seen;
    for (const ByteView::Strip &strip : m_bytes->visibleStrips()) {
        seen.insert(toNumber(strip.connection));
    }
    return seen;
}

QSet<quint32> tst_ConnectionFilter::connectionsInMessages() const
{
    QSet<quint32> seen;
    for (const MessageView::Strip &strip : m_messages->visibleStrips()) {
        seen.insert(toNumber(strip.message.connection));
    }
    return seen;
}

void tst_ConnectionFilter::bothViewsShowTheChosenOnes()
{
    QCOMPARE(connectionsInBytes(), (QSet<quint32>{0, 1, 2, 3}));
    showOnly({ConnectionId{1}, ConnectionId{3}});
    QCOMPARE(connectionsInBytes(), (QSet<quint32>{1, 3}));
    QCOMPARE(connectionsInMessages(), (QSet<quint32>{1, 3}));
    QVERIFY(m_bytes->isAtEnd()); // Still following
    QVERIFY(m_messages->isAtEnd());
    showEvery();
    QCOMPARE(m_messages->messageCount(), Records);
    QCOMPARE(connectionsInMessages(), (QSet<quint32>{0, 1, 2, 3}));
}

void tst_ConnectionFilter::numbersStayWhatTheyAre()
{
    showOnly({ConnectionId{1}});
    for (const qint64 row : {0, 1, 50, 99}) {
        QCOMPARE(m_messages->numberOf(row), row * Connections + 1);
        QCOMPARE(m_messages->messageAt(row)->firstRecord, row * Connections + 1);
    }
    QCOMPARE(m_bytes->placeOfLine(2 * 50).record, 50 * Connections + 1);
    QCOMPARE(m_bytes->lineOf({50 * Connections + 1, 50 * 5}), 2 * 50 + 1); // Below its header
}

void tst_ConnectionFilter::thePlaceAndTheSelectionStay()
{
    Q_EMIT m_messages->currentRequested(201); // Of connection 1
    QVERIFY(!m_view->isFollowing());
    const auto selection = m_bytes->selection();
    QVERIFY(selection);
    m_messages->scrollTo(200);
    m_bytes->scrollTo(2 * 200);

    showOnly({ConnectionId{1}});
    QCOMPARE(m_bytes->selection(), selection);
    QCOMPARE(m_messages->numberOf(m_messages->current()), 201);
    QCOMPARE(m_messages->numberOf(m_messages->topLine()), 201); // 200 is hidden: the next one
    QCOMPARE(m_bytes->placeOfLine(m_bytes->topLine()).record, 201);
    QVERIFY(!m_view->isFollowing());
    QCOMPARE(m_view->newMessages(), 0);

    showEvery();
    QCOMPARE(m_messages->current(), 201);
    QCOMPARE(m_messages->topLine(), 201);
    QCOMPARE(m_bytes->placeOfLine(m_bytes->topLine()).record, 201);
}

void tst_ConnectionFilter::aHiddenSelectionComesBack()
{
    Q_EMIT m_messages->currentRequested(202); // Of connection 2
    showOnly({ConnectionId{1}});
    QCOMPARE(m_messages->current(), -1);
    QVERIFY(m_bytes->selection());
    QTest::keyClick(m_bytes, Qt::Key_Down); // Begins at what is on the screen
    QCOMPARE(m_bytes->selection()->connection, ConnectionId{1});

    showEvery();
    Q_EMIT m_messages->currentRequested(202);
    showOnly({ConnectionId{1}});
    showEvery();
    QTRY_VERIFY((m_view->refresh(), m_messages->current() == 202));
}

void tst_ConnectionFilter::whatComesIsFilteredToo()
{
    showOnly({ConnectionId{1}});
    m_view->setFollowing(false);
    speak(8);
    refresh();
    QTRY_VERIFY((m_view->refresh(), m_messages->messageCount() == Records / Connections + 2));
    QCOMPARE(m_view->newMessages(), 2);
    m_builder->in("no line end", ConnectionId{0}).in("nor here", ConnectionId{1});
    refresh();
    QTRY_VERIFY((m_view->refresh(), m_messages->lineCount() == Records / Connections + 3));
    QCOMPARE(m_messages->messageAt(m_messages->lineCount() - 1)->connection, ConnectionId{1});
}

void tst_ConnectionFilter::anotherLensIsFilteredToo()
{
    showOnly({ConnectionId{1}});
    Q_EMIT m_messages->currentRequested(50);
    const qint64 number = m_messages->numberOf(50);
    m_log->setLens(LensSpec::parse(QStringLiteral("reads")).value());
    m_log->waitUntilCaughtUp();
    QTRY_VERIFY((m_view->refresh(), m_messages->messageCount() == Records / Connections));
    QCOMPARE(connectionsInMessages(), (QSet<quint32>{1}));
    QTRY_VERIFY((m_view->refresh(), m_messages->current() == 50));
    QCOMPARE(m_messages->numberOf(50), number);
}

void tst_ConnectionFilter::everyLineHasTheLaneOfItsConnection()
{
    const QImage image = m_bytes->viewport()->grab().toImage();
    for (const ByteView::Strip &strip : m_bytes->visibleStrips()) {
        if (strip.bottom <= image.height()) {
            QCOMPARE(image.pixelColor(1, (strip.top + strip.bottom) / 2),
                     Theme::connectionColor(toNumber(strip.connection)));
        }
    }
}

QTEST_MAIN(tst_ConnectionFilter)
#include "tst_connectionfilter.moc"
