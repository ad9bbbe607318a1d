// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/filter/filterexpression.h"
#include "tests/support/testsupport.h"
#include "ui/models/filtertext.h"

#include <QTest>

using namespace Sidewire;

class tst_FilterText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void describesAMessage();
    void putsFiltersTogether_data();
    void putsFiltersTogether();
};

void tst_FilterText::describesAMessage()
{
    Message message;
    message.kind = MessageKind::Ping;
    message.direction = Direction::Out;
    message.connection = ConnectionId{12};
    QCOMPARE(FilterText::like(message, FilterText::Connections::One), QStringLiteral("out kind:ping"));
    const QString text = FilterText::like(message, FilterText::Connections::Several);
    QCOMPARE(text, QStringLiteral("out kind:ping conn:12"));
    const auto filter = std::get<FilterExpression>(FilterExpression::parse(text));
    QVERIFY(filter.matches(RowSubject(message)));
    message.direction = Direction::In;
    QVERIFY(!filter.matches(RowSubject(message)));
}

void tst_FilterText::putsFiltersTogether_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("both");
    QTest::addColumn<QString>("without");
    QTest::newRow("nothing yet") << ""
                                 << "in"
                                 << "in"
                                 << "not (in)";
    QTest::newRow("one more") << "len>3 "
                              << "in"
                              << "len>3 in"
                              << "len>3 not (in)";
    QTest::newRow("the same") << "in"
                              << "in"
                              << "in"
                              << "in not (in)";
    QTest::newRow("with or") << "in OR out"
                             << "len>3"
                             << "(in OR out) len>3"
                             << "(in OR out) not (len>3)";
    QTest::newRow("or in a word") << "\"order\""
                                  << "in"
                                  << "\"order\" in"
                                  << "\"order\" not (in)";
}

void tst_FilterText::putsFiltersTogether()
{
    QFETCH(const QString, filter);
    QFETCH(const QString, more);
    QTEST(FilterText::both(filter, more), "both");
    QTEST(FilterText::without(filter, more), "without");
    QVERIFY(std::holds_alternative<FilterExpression>(FilterExpression::parse(FilterText::without(filter, more))));
}

QTEST_GUILESS_MAIN(tst_FilterText)
#include "tst_filtertext.moc"
