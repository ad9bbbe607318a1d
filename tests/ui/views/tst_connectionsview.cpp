// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "ui/models/connectionsmodel.h"
#include "ui/views/connectionsview.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using TestSupport::LogBuilder;

/// A listener with a thousand clients.
class tst_ConnectionsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void aClickOnAHeaderSorts();
    void selectionAndPlaceSurviveTraffic();
    void theRowThatIsLookedAtStaysWhereItIs();
    void keysAskForWhatTheySay();
    void anAgeGrowsOnlyWhileSomebodyIsThere();

private:
    static constexpr int Count = 1000;

    void refresh();
    int rowOf(quint32 number) const { return m_model->rowOf(ConnectionId{number}); }

    std::unique_ptr<LogBuilder> m_builder;
    std::shared_ptr<SessionLog> m_log;
    std::unique_ptr<ConnectionsModel> m_model;
    std::unique_ptr<ConnectionsView> m_view;
};

void tst_ConnectionsView::init()
{
    TestSupport::failOnWarnings();
    m_builder = std::make_unique<LogBuilder>();
    for (int i = 0; i < Count; ++i) {
        m_builder->open();
    }
    m_log = m_builder->follow(QStringLiteral("reads"));
    m_model = std::make_unique<ConnectionsModel>();
    m_model->setLog(m_log);
    m_view = std::make_unique<ConnectionsView>(*m_model, ConnectionsView::Kind::Tcp);
    m_view->resize(900, 300);
    m_view->show();
    refresh();
    QCOMPARE(m_model->rowCount(), Count);
}

void tst_ConnectionsView::cleanup()
{
    m_view.reset();
    m_model.reset();
    m_log.reset();
    m_builder.reset();
}

void tst_ConnectionsView::refresh()
{
    m_builder->publish(*m_log);
    m_model->refresh();
}

void tst_ConnectionsView::aClickOnAHeaderSorts()
{
    m_builder->in("some", ConnectionId{500});
    refresh();
    QHeaderView *header = m_view->horizontalHeader();
    const QPoint bytes(header->sectionViewportPosition(ConnectionsModel::BytesIn) + 8, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, bytes);
    const int first = rowOf(500);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, bytes);
    QCOMPARE(std::set<int>({first, rowOf(500)}), std::set<int>({0, Count - 1}));
}

void tst_ConnectionsView::selectionAndPlaceSurviveTraffic()
{
    m_view->verticalScrollBar()->setValue(400);
    m_view->selectRow(rowOf(405));
    m_view->selectionModel()->select(m_model->index(rowOf(700), 0),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const std::vector<ConnectionId> selected = m_view->selected();
    QCOMPARE(selected, (std::vector<ConnectionId>{ConnectionId{405}, ConnectionId{700}}));
    const int place = m_view->verticalScrollBar()->value();
    for (quint32 number = 0; number < Count; ++number) {
        m_builder->in("bytes", ConnectionId{number});
    }
    m_builder->open(); // Another client comes
    refresh();
    QCOMPARE(m_model->rowCount(), Count + 1);
    QCOMPARE(m_view->selected(), selected);
    QCOMPARE(m_view->verticalScrollBar()->value(), place);
    QCOMPARE(m_model->at(m_view->currentIndex().row()).id, ConnectionId{405});
}

void tst_ConnectionsView::theRowThatIsLookedAtStaysWhereItIs()
{
    m_view->sortByColumn(ConnectionsModel::BytesIn, Qt::DescendingOrder);
    m_view->selectRow(rowOf(500));
    m_view->scrollTo(m_view->currentIndex(), QAbstractItemView::PositionAtCenter);
    const int below = m_view->currentIndex().row() - m_view->verticalScrollBar()->value();
    for (quint32 number = 600; number < 700; ++number) {
        m_builder->in("overtaken", ConnectionId{number});
    }
    refresh();
    QTRY_COMPARE(rowOf(500), 600);
    QCOMPARE(m_view->currentIndex().row() - m_view->verticalScrollBar()->value(), below);
    QCOMPARE(m_view->selected(), (std::vector<ConnectionId>{ConnectionId{500}}));
}

void tst_ConnectionsView::keysAskForWhatTheySay()
{
    QSignalSpy sends(m_view.get(), &ConnectionsView::sendToRequested);
    QSignalSpy closes(m_view.get(), &ConnectionsView::closeRequested);
    QSignalSpy copies(m_view.get(), &ConnectionsView::copyRequested);
    m_view->setFocus();
    m_view->selectRow(3);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QTest::keyClick(m_view.get(), Qt::Key_Delete);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(sends.size(), 1);
    QCOMPARE(closes.size(), 1);
    QCOMPARE(copies.size(), 1);
    QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_view->selected().size(), 2U);
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(m_view->selected().empty());
}

void tst_ConnectionsView::anAgeGrowsOnlyWhileSomebodyIsThere()
{
    QVERIFY(m_view->hasRunningAges());
    ConnectionsModel nobody;
    ConnectionsView empty(nobody, ConnectionsView::Kind::Tcp);
    QVERIFY(!empty.hasRunningAges());
}

QTEST_MAIN(tst_ConnectionsView)
#include "tst_connectionsview.moc"
