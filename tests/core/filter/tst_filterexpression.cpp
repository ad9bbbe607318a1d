// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/filter/filterexpression.h"
#include "core/filter/filtervocabulary.h"
#include "tests/support/testsupport.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Sidewire;
using namespace TestSupport;

namespace {

class Subject final : public FilterSubject
{
public:
    const Message &message() const override { return row; }
    std::optional<qint64> number() const override { return n; }
    QByteArrayView content() const override
    {
        ++reads;
        return bytes;
    }
    std::optional<quint16> closeCode() const override { return code; }

    Message row;
    std::optional<qint64> n = 0;
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
    void everyWordThatIsOfferedIsOne();
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
    row("in AND Not out", true);
    row("n:7", true);
    row("code<2000", false); // No code is no low one
    row("not code<2000", true);
    row("len<0", false);
    row("len>9223372036854775807", false);
    row("time:12:00", true);
    row("time:12:01", false);
    row("time:12:00:01", true);
    row("time:12:00:01.5", true);
    row("time:12:00:01.50", true);
    row("time:12:00:01.500000001", false);
    row("time:12:00:01.4", false);
    row("time>12:00:01.499999999", true);
    row("time:2026-11-22", true);
    row("time<2026-11-22", false);
    row("time>2026-11-21", true);
    row("time:2026-11-22T13:00+01:00", true);
    row("time:2026-11-22T12:00-01:00", false);
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
        return std::get<FilterExpression>(FilterExpression::parse(QString::fromUtf8(text))).matches(subject);
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
    broken.bytes = "Gr\xc3\xbc\xc3\x9f"
                   "e \xff";
    QVERIFY(matches("\"GR\xc3\x9c\"i", broken)); // Letters beyond ASCII have cases too, also beside what is not UTF-8
    QVERIFY(!matches("\"GR\xc3\x9c\"", broken));
    QVERIFY(matches("/\\xbc/", broken));
    QVERIFY(matches("/^Gr[\xc3\xa4\xc3\xbc]\xc3\x9f+e/", broken)); // A letter is a letter

    Subject unfinished = hello();
    unfinished.n.reset();
    QVERIFY(!matches("n>=0", unfinished));
    QVERIFY(!matches("n<100", unfinished));

    // Of what is too long to be read whole nothing is claimed, whatever its beginning looks like.
    Subject endless = hello();
    endless.row.contentLength = FilterSubject::MaxContent + 1;
    endless.bytes = "{";
    QVERIFY(!matches("valid:json", endless));
    QVERIFY(!matches("invalid:json", endless));
    QVERIFY(!matches("valid:utf8 or invalid:utf8", endless));
    QVERIFY(matches("\"{\"", endless));
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
    row("in and and out", "7: a condition is expected here");
    row("or in", "0: a condition is expected here");
    row("len>", "4: a value is expected after \"len>\"");
    row("len>x", "4: a number is expected, not \"x\"");
    row("in len>99999999999999999999", "7: a number is expected");
    row("in len>9999999999G", "7: a number is expected");
    row("kind:words", "5: there is no kind \"words\", but there are text, binary, ping");
    row("kind:text,words", "10: there is no kind \"words\"");
    row("kind>text", "4: kind is followed by \":\", not by \">\"");
    row("size:3", "0: there is no condition \"size\"");
    row("hex:0g", "4: bytes in hex are expected");
    row("hex:0d0", "6: a byte has two hex digits");
    row("time>noon", "5: a time such as 12:00:01.5");
    row("time>25:00", "5: a time such as 12:00:01.5");
    row("time>12:00:01.", "5: a time such as 12:00:01.5");
    row("valid:xml", "6: json or utf8 is expected, not \"xml\"");
    row("in /(/", "3: the regular expression is wrong: missing ): (");
    row("conn:1-x", "5: numbers or ranges");
    row("conn:1,7-5", "7: a range goes from low to high");
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
    const auto parsed = [](const char *text) {
        return std::get<FilterExpression>(FilterExpression::parse(QString::fromLatin1(text)));
    };
    QVERIFY(!parsed("in len>3 violation conn:1 n>2 time>12:00").needsContent());
    QVERIFY(parsed("in (out or code:1000)").needsContent()); // A code stands in the content
    QVERIFY(parsed("in (out or not code:1006)").dependsOnEnd());
    QVERIFY(!parsed("in \"1006\"").dependsOnEnd());
}

void tst_FilterExpression::everyWordThatIsOfferedIsOne()
{
    const QStringList values{QString(), QStringLiteral("1"), QStringLiteral("0d0a"), QStringLiteral("12:00")};
    for (const FilterWord &word : filterVocabulary()) {
        const bool isOne = std::ranges::any_of(values, [&](const QString &value) {
            const QString text = word.text == QLatin1String("not") ? word.text + QStringLiteral(" in")
                : word.text == QLatin1String("and") || word.text == QLatin1String("or")
                ? QStringLiteral("in %1 out").arg(word.text)
                : word.text + value;
            return errorOf(text).isEmpty();
        });
        QVERIFY2(isOne && !word.meaning.isEmpty(), qPrintable(word.text));
    }
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
