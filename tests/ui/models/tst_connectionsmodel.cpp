// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "ui/models/connectionsmodel.h"
#include "ui/models/connectiontext.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using TestSupport::LogScript;

class tst_ConnectionsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void oneRowAConnection();
    void thoseThatAreGoneStay();
    void onlyWhatChangedIsTold();
    void sortsByRawValues();
    void matchesAreShownAndSortedBy();
    void thousandsKeepSelectionAndPersistence();
    void whoWaitsIsKnown();
    void statesInWords_data();
    void statesInWords();

private:
    void follow(); ///< The model shows the log
    void publish(); ///< All that was written is in the model
    QString text(int row, int column) const { return m_model->index(row, column).data().toString(); }
    QStringList column(int column) const;

    std::unique_ptr<LogScript> m_script;
    std::shared_ptr<SessionLog> m_log;
    std::unique_ptr<ConnectionsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void tst_ConnectionsModel::init()
{
    TestSupport::failOnWarnings();
    m_script = std::make_unique<LogScript>(QStringLiteral("tcp-listen://127.0.0.1:9001"));
    m_model = std::make_unique<ConnectionsModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void tst_ConnectionsModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_log.reset();
    m_script.reset();
}

void tst_ConnectionsModel::follow()
{
    auto log = SessionLog::create(m_script->file(), LensSpec::parse(QStringLiteral("reads")).value());
    QVERIFY(log);
    m_log = *std::move(log);
    m_model->setLog(m_log);
}

void tst_ConnectionsModel::publish()
{
    m_script->finish();
    m_log->waitUntilCaughtUp();
    for (qint64 before = -1; before != m_model->generation();) {
        before = m_model->generation();
        m_model->refresh();
    }
}

QStringList tst_ConnectionsModel::column(int column) const
{
    QStringList texts;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        texts += text(row, column);
    }
    return texts;
}

void tst_ConnectionsModel::oneRowAConnection()
{
    const ConnectionId first = m_script->open(Transport::Tcp, QStringLiteral("server"));
    m_script->open(Transport::Tcp, QStringLiteral("server"));
    m_script->in(first, "hello");
    m_script->out(first, "you");
    m_script->out(first, "too");
    follow();
    publish();
    QCOMPARE(column(ConnectionsModel::Number), (QStringList{QStringLiteral("#0"), QStringLiteral("#1")}));
    QCOMPARE(text(0, ConnectionsModel::Peer), QStringLiteral("127.0.0.1:9001"));
    QCOMPARE(text(0, ConnectionsModel::BytesIn), QStringLiteral("5 B"));
    QCOMPARE(text(0, ConnectionsModel::BytesOut), QStringLiteral("6 B"));
    QCOMPARE(text(0, ConnectionsModel::MessagesOut), QStringLiteral("2"));
    QCOMPARE(text(1, ConnectionsModel::BytesIn), QStringLiteral("0 B"));
    QCOMPARE(m_model->openCount(), 2);
    m_model->setNow(m_model->at(0).openedAt + 65'000'000'000);
    QCOMPARE(text(0, ConnectionsModel::Age), QStringLiteral("1:05"));
    QCOMPARE(m_model->find(ConnectionId{2}), nullptr);
    QCOMPARE(m_model->rowOf(ConnectionId{2}), -1);
}

void tst_ConnectionsModel::thoseThatAreGoneStay()
{
    const ConnectionId first = m_script->open();
    m_script->open();
    m_script->in(first, "hello");
    m_script->close(first);
    follow();
    publish();
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->openCount(), 1);
    QCOMPARE(text(0, ConnectionsModel::State), QStringLiteral("closed by peer"));
    QCOMPARE(text(0, ConnectionsModel::BytesIn), QStringLiteral("5 B"));
    const QString age = text(0, ConnectionsModel::Age);
    m_model->setNow(m_model->at(0).openedAt + 65'000'000'000);
    QCOMPARE(text(0, ConnectionsModel::Age), age); // It does not grow any more
}

void tst_ConnectionsModel::onlyWhatChangedIsTold()
{
    for (int i = 0; i < 5; ++i) {
        m_script->open();
    }
    follow();
    m_script->flush();
    QTRY_COMPARE(m_log->connectionCount(), 5);
    m_log->waitUntilCaughtUp();
    m_model->refresh();
    QCOMPARE(m_model->rowCount(), 5);
    QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->refresh();
    QCOMPARE(changes.size(), 0);
    m_script->in(ConnectionId{3}, "hello");
    publish();
    QVERIFY(!changes.isEmpty());
    for (const QList<QVariant> &change : changes) {
        QCOMPARE(change.at(0).toModelIndex().row(), 3);
        QCOMPARE(change.at(1).toModelIndex().row(), 3);
    }
}

void tst_ConnectionsModel::sortsByRawValues()
{
    for (const int bytes : {9, 1000, 20, 300}) {
        m_script->in(m_script->open(), QByteArray(bytes, 'x'));
    }
    follow();
    publish();
    m_model->sort(ConnectionsModel::BytesIn, Qt::AscendingOrder);
    QCOMPARE(column(ConnectionsModel::BytesIn),
             (QStringList{QStringLiteral("9 B"), QStringLiteral("20 B"), QStringLiteral("300 B"),
                          QStringLiteral("1.0 kB")}));
    m_model->sort(ConnectionsModel::BytesIn, Qt::DescendingOrder);
    QCOMPARE(column(ConnectionsModel::Number),
             (QStringList{QStringLiteral("#1"), QStringLiteral("#3"), QStringLiteral("#2"), QStringLiteral("#0")}));
    QCOMPARE(m_model->rowOf(ConnectionId{0}), 3);
    m_model->sort(ConnectionsModel::Number, Qt::DescendingOrder);
    QCOMPARE(text(0, ConnectionsModel::Number), QStringLiteral("#3"));
    for (int number = 0; number < ConnectionsModel::ColumnCount; ++number) {
        m_model->sort(number, Qt::DescendingOrder); // Whatever the order is, the tester looks
    }
}

void tst_ConnectionsModel::matchesAreShownAndSortedBy()
{
    follow();
    for (int connection = 0; connection < 3; ++connection) {
        m_script->open();
    }
    publish();
    QCOMPARE(column(ConnectionsModel::Matches), (QStringList{QString(), QString(), QString()}));
    MatchCounts counts;
    counts.byConnection = {2, 100};
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->setMatches(counts);
    QCOMPARE(changed.size(), 1);
    m_model->setMatches(counts); // Nothing new
    QCOMPARE(changed.size(), 1);
    QCOMPARE(column(ConnectionsModel::Matches),
             (QStringList{QStringLiteral("2"), QStringLiteral("100"), QStringLiteral("0")}));
    m_model->sort(ConnectionsModel::Matches, Qt::DescendingOrder);
    QCOMPARE(column(ConnectionsModel::Number),
             (QStringList{QStringLiteral("#1"), QStringLiteral("#0"), QStringLiteral("#2")}));
    counts.byConnection = {2, 100, 7};
    m_model->setMatches(counts);
    QTRY_COMPARE(column(ConnectionsModel::Number),
                 (QStringList{QStringLiteral("#1"), QStringLiteral("#2"), QStringLiteral("#0")}));
    m_model->setMatches({});
    QVERIFY(!m_model->hasMatches());
}

void tst_ConnectionsModel::thousandsKeepSelectionAndPersistence()
{
    constexpr int Count = 5000; // More than one frame takes
    for (int i = 0; i < Count; ++i) {
        m_script->open();
    }
    m_tester.reset(); // Looks at every row with every signal
    follow();
    m_script->flush();
    QTRY_COMPARE(m_log->connectionCount(), Count);
    m_log->waitUntilCaughtUp();
    m_model->refresh();
    QVERIFY(m_model->rowCount() < Count);
    m_model->refresh();
    m_model->refresh();
    QCOMPARE(m_model->rowCount(), Count);

    m_model->sort(ConnectionsModel::BytesIn, Qt::DescendingOrder);
    QItemSelectionModel selection(m_model.get());
    for (const int number : {7, 4321}) {
        selection.select(m_model->index(m_model->rowOf(ConnectionId(quint32(number))), 0),
                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    for (int i = 0; i < Count; ++i) {
        m_script->in(ConnectionId(quint32(i)), QByteArray(i * 7919 % Count, 'x'));
    }
    publish();
    QTRY_COMPARE(m_model->at(0).bytes[indexOf(Direction::In)], Count - 1); // Sorted anew by itself
    QSet<quint32> selected;
    for (const QModelIndex &index : selection.selectedRows()) {
        selected.insert(toNumber(m_model->at(index.row()).id));
    }
    QCOMPARE(selected, (QSet<quint32>{7, 4321}));
    for (int row = 1; row < Count; ++row) {
        QVERIFY(m_model->at(row - 1).bytes[indexOf(Direction::In)] >= m_model->at(row).bytes[indexOf(Direction::In)]);
        QCOMPARE(m_model->rowOf(m_model->at(row).id), row);
    }
}

void tst_ConnectionsModel::whoWaitsIsKnown()
{
    const ConnectionId first = m_script->open(Transport::Tcp, QStringLiteral("server"));
    const ConnectionId second = m_script->open(Transport::Tcp, QStringLiteral("server"));
    for (const ConnectionId id : {first, second}) {
        m_script->event(EventType::UpgradeRequested, id,
                        {{QStringLiteral("path"), QStringLiteral("/<b>chat</b>")},
                         {QStringLiteral("origin"), QStringLiteral("https://here")},
                         {QStringLiteral("waiting"), true}});
    }
    m_script->close(first);
    follow();
    publish();
    QCOMPARE(m_model->waiting(), std::set<ConnectionId>{second});
    QCOMPARE(text(1, ConnectionsModel::Path), QStringLiteral("/<b>chat</b>, origin https://here"));
    const QString tip = m_model->index(1, 0).data(Qt::ToolTipRole).toString();
    QVERIFY2(!tip.contains(QStringLiteral("<b>")), qPrintable(tip));
}

void tst_ConnectionsModel::statesInWords_data()
{
    QTest::addColumn<ConnectionRow>("row");
    QTest::addColumn<QString>("text");
    const auto row = [](ConnectionState state) {
        ConnectionRow made;
        made.state = state;
        return made;
    };
    QTest::newRow("open") << row(ConnectionState::Open) << "open";
    ConnectionRow paused = row(ConnectionState::Open);
    paused.isPaused = true;
    QTest::newRow("paused") << paused << "open, paused";
    ConnectionRow half = row(ConnectionState::Open);
    half.directions[indexOf(Direction::In)] = DirectionState::Fin;
    QTest::newRow("half-closed") << half << "FIN received";
    ConnectionRow waiting = row(ConnectionState::Upgrading);
    waiting.isUpgradeWaiting = true;
    QTest::newRow("waiting") << waiting << "waits for you";
    ConnectionRow reset = row(ConnectionState::Failed);
    reset.how = QStringLiteral("rst");
    reset.closedBy = ClosedBy::Peer;
    QTest::newRow("reset") << reset << "reset by peer";
    ConnectionRow peer = row(ConnectionState::Open);
    peer.transport = Transport::Udp;
    QTest::newRow("UDP is never open") << peer << "not heard yet";
    peer.hasHeardFromPeer = true;
    QTest::newRow("UDP heard") << peer << "heard";
    peer.unreachable = QStringLiteral("port unreachable");
    QTest::newRow("UDP unreachable") << peer << "port unreachable";
}

void tst_ConnectionsModel::statesInWords()
{
    QFETCH(ConnectionRow, row);
    QFETCH(QString, text);
    QCOMPARE(ConnectionText::state(row), text);
}

QTEST_MAIN(tst_ConnectionsModel)
#include "tst_connectionsmodel.moc"
