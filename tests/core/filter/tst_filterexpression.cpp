// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/filter/filterexpression.h"
#include "tests/support/testsupport.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;
using namespace TestSupport;

namespace {

class Subject final : public FilterSubject
{
public:
    const Message &message() const override { return row; }
    qint64 number() const override { return n; }
    QByteArrayView content() const override
    {
        ++reads;
        return bytes;
    }
    std::optional<quint16> closeCode() const override { return code; }

    Message row;
    qint64 n = 0;
    QByteArray bytes;
    std::optional<quint16> code;
    mutable int reads = 0;
};

/// Connection 2, message 7, text, 5 bytes, coming in at 12:00:01.5 UTC.
Subject hello()
{
    Subject subject;
    subject.row.kind = MessageKind::Text;
    subject.row.direction = Direction::In;
    subject.row.connection = ConnectionId(2);
    subject.row.contentLength = 5;
    subject.row.time =
        QDateTime::fromString(QStringLiteral("2026-11-22T12:00:01.500Z"), Qt::ISODateWithMs).toMSecsSinceEpoch()
        * 1'000'000;
    subject.n = 7;
    subject.bytes = "Hello";
    return subject;
}

QString errorOf(const QString &text)
{
    const FilterExpression::Parsed parsed = FilterExpression::parse(text);
    const FilterError *error = std::get_if<FilterError>(&parsed);
    return error ? QStringLiteral("%1: %2").arg(error->position).arg(error->detail) : QString();
}

} // namespace

class tst_FilterExpression : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void matches_data();
    void matches();
    void looksAtOtherMessages();
    void usesTheClockOfTheWindow();
    void namesWhatIsWrongAndWhere_data();
    void namesWhatIsWrongAndWhere();
    void readsTheContentOnlyWhenItMust();
    void limitsDepthAndLength();
    void noPatternHangs();
    void randomTextsNeverBreakIt();
};

void tst_FilterExpression::matches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");

    const auto row = [](const char *text, bool expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << expected;
    };
    row("", true);
    row("in", true);
    row("out", false);
    row("not out", true);
    row("not not in", true);
    row("kind:text", true);
    row("kind=binary", false);
    row("kind:binary,text", true);
    row("len>4", true);
    row("len>5", false);
    row("len>=5", true);
    row("len<1k", true);
    row("len<=4", false);
    row("len=5", true);
    row("len:1-4,6", false);
    row("len:1-4,5", true);
    row("conn:2", true);
    row("conn:0,3-9", false);
    row("n>=7", true);
    row("n<7", false);
    row("violation", false);
    row("unfinished", false);
    row("code:1000", false);
    row("valid:utf8", true);
    row("invalid:utf8", false);
    row("invalid:json", true);
    row("\"ell\"", true);
    row("\"hell\"", false);
    row("\"hell\"i", true);
    row("\"a.b\"i", false);
    row("/^H.*o$/", true);
    row("/^h/", false);
    row("/^h/i", true);
    row("/l{2}/", true);
    row("hex:656c", true);
    row("hex:656d", false);
    row("time>12:00:01", true);
    row("time>12:00:01.6", false);
    row("time<2026-11-22T13:00:00", true);
    row("time<2026-11-22T11:00:00Z", false);
    row("time<9999-12-31T23:59:59", true); // Beyond what nanoseconds can count
    row("time>1000-01-01T00:00:00", true);
    row("in and out", false);
    row("in or out", true);
    row("in kind:text", true);
    row("out or in and len>9", false);
    row("(out or in) and len<9", true);
    row("not (out or len>9)", true);
    row("in not kind:ping", true);
    row("  in  ", true);
}

void tst_FilterExpression::matches()
{
    QFETCH(const QString, text);
    QFETCH(const bool, expected);
    QCOMPARE(errorOf(text), QString());
    const FilterExpression filter = std::get<FilterExpression>(FilterExpression::parse(text));
    QCOMPARE(filter.matches(hello()), expected);
    QCOMPARE(filter.isEmpty(), text.isEmpty());
}

void tst_FilterExpression::looksAtOtherMessages()
{
    const auto matches = [](const char *text, const Subject &subject) {
        return std::get<FilterExpression>(FilterExpression::parse(QString::fromLatin1(text))).matches(subject);
    };
    Subject close = hello();
    close.row.kind = MessageKind::Close;
    close.code = 1006;
    QVERIFY(matches("code:1006", close));
    QVERIFY(!matches("code:1000-1005", close));
    QVERIFY(matches("code>1000 kind:close", close));

    Subject broken = hello();
    broken.row.violations = 1;
    broken.row.set(MessageFlag::Unterminated);
    broken.bytes = "{\"a\":\xff";
    QVERIFY(matches("violation and unfinished", broken));
    QVERIFY(matches("invalid:utf8 and invalid:json", broken));
    QVERIFY(matches("hex:ff", broken));
    QVERIFY(matches("/\\xff/", broken));
    broken.bytes = QByteArray("a\0\r\nb/c\"", 8);
    QVERIFY(matches("hex:000d0a", broken));
    QVERIFY(matches("/\\x00\\r\\n/", broken));
    QVERIFY(matches("/b\\/c/", broken));
    QVERIFY(matches("\"c\\\"\"", broken));
    broken.bytes = "{\"a\":1}";
    QVERIFY(matches("valid:json", broken));
}

void tst_FilterExpression::usesTheClockOfTheWindow()
{
    const auto matches = [](const char *text, int offset) {
        return std::get<FilterExpression>(FilterExpression::parse(QString::fromLatin1(text), offset)).matches(hello());
    };
    QVERIFY(matches("time>13:00:00", 3600));
    QVERIFY(!matches("time>13:00:00", 0));
    QVERIFY(matches("time>2026-11-22T13:00:00", 3600));
    QVERIFY(!matches("time>2026-11-22T13:00:00Z", 3600));
}

void tst_FilterExpression::namesWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("start");

    const auto row = [](const char *text, const char *start) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(start);
    };
    row("hello", "0: there is no condition \"hello\"");
    row("in and", "6: a condition is expected here");
    row("in or", "5: a condition is expected here");
    row("not", "3: a condition is expected here");
    row("(in", "0: this \"(\" has no \")\"");
    row("in)", "2: \")\" has no \"(\" before it");
    row("in ()", "4: no condition begins with \")\"");
    row("in \"abc", "3: the \" that ends this is missing");
    row("in /abc", "3: the / that ends this is missing");
    row("\"\"", "0: there is nothing to look for");
    row("len>", "4: a value is expected after \"len>\"");
    row("len>x", "0: a number is expected, not \"x\"");
    row("in len>99999999999999999999", "3: a number is expected");
    row("in len>9999999999G", "3: a number is expected");
    row("kind:words", "0: there is no kind \"words\", but text, binary, ping");
    row("kind>text", "0: kind is followed by \":\", not by \">\"");
    row("size:3", "0: there is no condition \"size\"");
    row("hex:0g", "0: bytes in hex are expected");
    row("hex:0", "0: bytes in hex are expected");
    row("time>noon", "0: a time such as 12:00:01.5");
    row("valid:xml", "0: json or utf8 is expected, not \"xml\"");
    row("in /(/", "3: the regular expression is wrong: missing ): (");
    row("conn:1-x", "0: numbers or ranges");
    row("in & out", "3: no condition begins with \"&\"");
}

void tst_FilterExpression::namesWhatIsWrongAndWhere()
{
    QFETCH(const QString, text);
    QFETCH(const QString, start);
    QVERIFY2(errorOf(text).startsWith(start), qPrintable(errorOf(text)));
}

void tst_FilterExpression::readsTheContentOnlyWhenItMust()
{
    const Subject subject = hello();
    const auto filter = std::get<FilterExpression>(FilterExpression::parse(QStringLiteral("\"x\" and out and len>3")));
    QVERIFY(filter.needsContent());
    QVERIFY(!filter.matches(subject));
    QCOMPARE(subject.reads, 0);
    QVERIFY(!std::get<FilterExpression>(FilterExpression::parse(QStringLiteral("in len>3"))).needsContent());
}

void tst_FilterExpression::limitsDepthAndLength()
{
    const QString deep = QString(64, u'(') + QStringLiteral("in") + QString(64, u')');
    QCOMPARE(errorOf(deep), QString());
    QVERIFY(errorOf(u'(' + deep + u')').startsWith(QStringLiteral("64: brackets")));
    QVERIFY(errorOf(QString(5000, u' ')).startsWith(QStringLiteral("4096: a filter has at most")));
    QString nots;
    for (int i = 0; i < 1000; ++i) {
        nots += QStringLiteral("not ");
    }
    QCOMPARE(errorOf(nots + QStringLiteral("in")), QString());
}

// With a backtracking engine this would take longer than anybody lives.
void tst_FilterExpression::noPatternHangs()
{
    Subject subject = hello();
    subject.bytes = QByteArray(100'000, 'a');
    QVERIFY(!std::get<FilterExpression>(FilterExpression::parse(QStringLiteral("/(a*)*(a|aa)+$b/"))).matches(subject));
}

void tst_FilterExpression::randomTextsNeverBreakIt()
{
    const QStringList parts{QStringLiteral("in"),   QStringLiteral("not "), QStringLiteral("("),
                            QStringLiteral(")"),    QStringLiteral("\""),   QStringLiteral("/"),
                            QStringLiteral("or "),  QStringLiteral("len>"), QStringLiteral("\\"),
                            QStringLiteral(" "),    QStringLiteral("5"),    QStringLiteral("kind:"),
                            QStringLiteral("hex:"), QStringLiteral("i"),    QStringLiteral("text")};
    for (quint32 seed = 1; seed <= 20'000; ++seed) {
        QRandomGenerator random(seed);
        QString text;
        for (int i = random.bounded(1, 12); i > 0; --i) {
            text += parts[random.bounded(parts.size())];
        }
        const FilterExpression::Parsed parsed = FilterExpression::parse(text);
        if (const FilterError *error = std::get_if<FilterError>(&parsed)) {
            QVERIFY2(error->position >= 0 && error->position <= text.size() && !error->detail.isEmpty(),
                     qPrintable(text));
        } else {
            (void)std::get<FilterExpression>(parsed).matches(hello());
        }
    }
}

QTEST_GUILESS_MAIN(tst_FilterExpression)
#include "tst_filterexpression.moc"
