// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/models/sessionitem.h"
#include "ui/models/sessionlistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Sidewire;

class tst_SessionListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void growsAndShrinksAsModelsMust();
    void aChangeIsToldOnlyWhenTheRowLooksDifferent();
    void namesAreTextAndNotMarkup();
};

namespace {

std::unique_ptr<SessionItem> item(quint32 number, const char *host = "127.0.0.1")
{
    SessionSpec spec;
    spec.host = QString::fromLatin1(host);
    spec.port = 9001;
    return std::make_unique<SessionItem>(static_cast<SessionId>(number), spec);
}

} // namespace

void tst_SessionListModel::growsAndShrinksAsModelsMust()
{
    SessionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    SessionItem *first = model.add(item(0));
    SessionItem *second = model.add(item(1));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.find(static_cast<SessionId>(1)), second);
    QCOMPARE(model.find(static_cast<SessionId>(7)), nullptr);
    model.remove(first);
    QCOMPARE(model.rowOf(second), 0);
    QCOMPARE(model.item(1), nullptr);
    model.remove(second);
    QCOMPARE(model.rowCount(), 0);
}

void tst_SessionListModel::aChangeIsToldOnlyWhenTheRowLooksDifferent()
{
    SessionListModel model;
    SessionItem *session = model.add(item(0));
    QSignalSpy changes(&model, &SessionListModel::dataChanged);
    Q_EMIT session->changed();
    QCOMPARE(changes.size(), 0);
    session->setOpenError(QStringLiteral("No space"));
    QCOMPARE(changes.size(), 1);
    QCOMPARE(model.index(0).data(SessionListModel::MarkRole).toInt(), static_cast<int>(SessionMark::Failed));
    session->setName(QStringLiteral("login"));
    QCOMPARE(changes.size(), 2);
    QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("login, failed"));
}

void tst_SessionListModel::namesAreTextAndNotMarkup()
{
    SessionListModel model;
    model.add(item(0))->setName(QStringLiteral("<img src=x>"));
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("<img src=x>"));
    QVERIFY(!model.index(0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img")));
}

QTEST_GUILESS_MAIN(tst_SessionListModel)
#include "tst_sessionlistmodel.moc"
