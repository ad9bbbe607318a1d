// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/search/batchreader.h"
#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"

#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using TestSupport::LogBuilder;

class tst_BatchReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void beginsWithTheEndOfTheBatchBefore_data();
    void beginsWithTheEndOfTheBatchBefore();
    void forgetsStreamsThatHaveEnded();
};

namespace {

SearchQuery query(SearchQuery::Mode mode)
{
    SearchQuery query;
    query.text = QStringLiteral("abc");
    query.mode = mode;
    return query;
}

SearchBatch nextRecord(BatchReader &reader)
{
    SearchBatch batch;
    const auto read = reader.next(batch, reader.nextRecord() + 1);
    if (!read || !reader.load(batch)) {
        qFatal("The log cannot be read");
    }
    return batch;
}

} // namespace

void tst_BatchReader::beginsWithTheEndOfTheBatchBefore_data()
{
    QTest::addColumn<SearchQuery::Mode>("mode");
    QTest::addColumn<int>("size"); // Of the records: small ones are copied, large ones read in two parts
    QTest::addColumn<int>("tail");

    QTest::newRow("a literal, small") << SearchQuery::Mode::Text << 100 << 2;
    QTest::newRow("a literal, large") << SearchQuery::Mode::Text << 50'000 << 2;
    QTest::newRow("an expression, small") << SearchQuery::Mode::Regex << 100 << 100;
    QTest::newRow("an expression, large") << SearchQuery::Mode::Regex << 50'000 << 50'000;
}

void tst_BatchReader::beginsWithTheEndOfTheBatchBefore()
{
    QFETCH(SearchQuery::Mode, mode);
    QFETCH(int, size);
    QFETCH(int, tail);

    QByteArray first(size, '\0');
    for (qsizetype i = 0; i < first.size(); ++i) {
        first[i] = static_cast<char>(i * 31);
    }
    const QByteArray second(size, 'x');
    LogBuilder builder;
    builder.open();
    builder.in(first).in(second);
    const auto log = builder.finish(QStringLiteral("reads"));
    BatchReader reader(log, query(mode), BytePattern::compile(query(mode)).value());
    const SearchBatch one = nextRecord(reader);
    QCOMPARE(one.bytesOf(one.pieces.front()), QByteArrayView(first));
    const SearchBatch two = nextRecord(reader);
    const SearchPiece &piece = two.pieces.front();
    QCOMPARE(piece.begin, size - tail);
    QCOMPARE(piece.fresh, size);
    QCOMPARE(two.bytesOf(piece).toByteArray(), first.last(tail) + second);
}

void tst_BatchReader::forgetsStreamsThatHaveEnded()
{
    LogBuilder builder;
    for (quint32 number = 0; number < 3; ++number) {
        const ConnectionId connection = builder.open();
        builder.in("a", connection).out("b", connection);
    }
    builder.close(ConnectionId{0}).close(ConnectionId{2}).in("c", ConnectionId{1});
    const auto log = builder.finish(QStringLiteral("reads"));
    const SearchQuery what = query(SearchQuery::Mode::Text);
    BatchReader reader(log, what, BytePattern::compile(what).value());
    for (int record = 0; record < 6; ++record) {
        nextRecord(reader);
    }
    QCOMPARE(reader.streamCount(), 6);
    nextRecord(reader);
    QCOMPARE(reader.streamCount(), 2);
}

QTEST_GUILESS_MAIN(tst_BatchReader)
#include "tst_batchreader.moc"
