// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/decode/urlencoded.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;
using UrlEncoded::FormField;

class tst_UrlEncoded final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void decodes_data();
    void decodes();
    void refuses_data();
    void refuses();
    void readsFormFields();
    void namesTheOffsetInAForm();
    void boundsTheFields();
};

void tst_UrlEncoded::decodes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("plain") << QByteArray("a-b_c.d~e") << QByteArray("a-b_c.d~e");
    QTest::newRow("encoded") << QByteArray("K%C3%b6ln%20%25") << QByteArray("K\xc3\xb6ln %");
    QTest::newRow("a plus stays") << QByteArray("1+1") << QByteArray("1+1");
    QTest::newRow("zero") << QByteArray("%00") << QByteArray(1, '\0');
}

void tst_UrlEncoded::decodes()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, bytes);
    const Result<QByteArray> decoded = UrlEncoded::decode(text);
    QVERIFY(decoded);
    QCOMPARE(*decoded, bytes);
}

void tst_UrlEncoded::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("why");
    QTest::newRow("not hex") << QByteArray("ab%4g")
                             << QStringLiteral("No two hex digits after the percent sign at byte 2");
    QTest::newRow("cut") << QByteArray("ab%4") << QStringLiteral("No two hex digits after the percent sign at byte 2");
    QTest::newRow("percent at the end") << QByteArray("%")
                                        << QStringLiteral("No two hex digits after the percent sign at byte 0");
    QTest::newRow("space") << QByteArray("a b") << QStringLiteral("A byte that URLs do not hold at byte 1");
    QTest::newRow("beyond ASCII") << QByteArray("a\xff") << QStringLiteral("A byte that URLs do not hold at byte 1");
    QTest::newRow("delete") << QByteArray("\x7f") << QStringLiteral("A byte that URLs do not hold at byte 0");
}

void tst_UrlEncoded::refuses()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, why);
    const Result<QByteArray> decoded = UrlEncoded::decode(text);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().detail, why);
}

void tst_UrlEncoded::readsFormFields()
{
    const auto fields = UrlEncoded::formFields("q=a+b&q=%2B&empty=&flag&=x&&e=1=2");
    QVERIFY(fields);
    const std::vector<FormField> expected{{"q", "a b", true},  {"q", "+", true}, {"empty", "", true},
                                          {"flag", "", false}, {"", "x", true},  {"", "", false},
                                          {"e", "1=2", true}};
    QVERIFY(*fields == expected);
}

void tst_UrlEncoded::namesTheOffsetInAForm()
{
    const auto fields = UrlEncoded::formFields("a=1&b=%f");
    QVERIFY(!fields);
    QCOMPARE(fields.error().detail, QStringLiteral("No two hex digits after the percent sign at byte 6"));
}

void tst_UrlEncoded::boundsTheFields()
{
    QVERIFY(UrlEncoded::formFields(QByteArray("a&").repeated(10'000)));
    const auto fields = UrlEncoded::formFields(QByteArray("a&").repeated(10'001));
    QVERIFY(!fields);
    QVERIFY(fields.error().code == Error::Code::TooLarge);
}

QTEST_GUILESS_MAIN(tst_UrlEncoded)
#include "tst_urlencoded.moc"
