// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/search/piecescan.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_PieceScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void countsInTheStream();
    void leavesWhatGoesOnToWhatFollows();
    void takesWhatEndsHereWhateverFollows();
    void asksForWhatFollowsOnce();
    void stopsWhenCancelled();
};

namespace {

BytePattern regex(const QString &text)
{
    SearchQuery query;
    query.text = text;
    query.mode = SearchQuery::Mode::Regex;
    return BytePattern::compile(query).value();
}

std::vector<ByteSpan> scanBefore(const BytePattern &pattern, const QByteArray &bytes, const QByteArray &following)
{
    return scan(
        pattern,
        {bytes, 100, 100, [following](qsizetype size) { return following.first(qMin(size, following.size())); }, {}});
}

} // namespace

void tst_PieceScan::countsInTheStream()
{
    QCOMPARE(scan(regex(QStringLiteral("b+")), {"abba", 1000, 1000, {}, {}}), (std::vector<ByteSpan>{{1001, 1003}}));
    QCOMPARE(scan(regex(QStringLiteral("b+")), {"abba", 1000, 1002, {}, {}}), (std::vector<ByteSpan>{{1002, 1003}}));
}

void tst_PieceScan::leavesWhatGoesOnToWhatFollows()
{
    QCOMPARE(scanBefore(regex(QStringLiteral("[0-9]+")), "a12", "34b"), std::vector<ByteSpan>{});
    QCOMPARE(scanBefore(regex(QStringLiteral("foo$")), "foo", "bar"), std::vector<ByteSpan>{});
    // What comes makes a longer match of it, which begins earlier.
    QCOMPARE(scanBefore(regex(QStringLiteral("ab+c|b")), "abb", "c"), std::vector<ByteSpan>{});
}

void tst_PieceScan::takesWhatEndsHereWhateverFollows()
{
    QCOMPARE(scanBefore(regex(QStringLiteral("[0-9]+")), "a12", "b"), (std::vector<ByteSpan>{{101, 103}}));
    QCOMPARE(scanBefore(regex(QStringLiteral("[0-9]+")), "a12", {}), (std::vector<ByteSpan>{{101, 103}}));
    QCOMPARE(scanBefore(regex(QStringLiteral("foo$")), "foo", "\n"), (std::vector<ByteSpan>{{100, 103}}));
    QCOMPARE(scanBefore(regex(QStringLiteral("ab+c|b")), "abb", "d"), (std::vector<ByteSpan>{{101, 102}, {102, 103}}));
}

void tst_PieceScan::asksForWhatFollowsOnce()
{
    int asked = 0;
    const auto found = scan(regex(QStringLiteral("[0-9]")),
                            {"12345",
                             0,
                             0,
                             [&asked](qsizetype) {
                                 ++asked;
                                 return QByteArray("x");
                             },
                             {}});
    QCOMPARE(found.size(), 5u);
    QCOMPARE(asked, 1);
}

void tst_PieceScan::stopsWhenCancelled()
{
    int asked = 0;
    const auto found = scan(regex(QStringLiteral("a")), {"aaaaa", 0, 0, {}, [&asked] {
                                                             return ++asked > 2;
                                                         }});
    QVERIFY(!found.empty() && found.size() < 5);
}

QTEST_GUILESS_MAIN(tst_PieceScan)
#include "tst_piecescan.moc"
