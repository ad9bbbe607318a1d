// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/inflatedcontents.h"
#include "core/index/limitedcontents.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_InflatedContents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void givesBackWhatWasKept();
    void growsSeveralAtOnce();
    void growsAfterItWasPublished();
    void showsNothingUnpublished();
    void givesNoMoreThanTheLimit();
    void holdsMuch();
    void endsAtTheLimitOfALog();
};

void tst_InflatedContents::endsAtTheLimitOfALog()
{
    InflatedContents contents;
    LimitedContents limited(contents, 10);
    const quint32 first = limited.append("1234567", ContentStore::None);
    QVERIFY(contents.publish());
    QCOMPARE(contents.read(first, 100), QByteArray("1234567"));
    QCOMPARE(limited.append("89ab", ContentStore::None), ContentStore::None);
    QCOMPARE(limited.append("8", ContentStore::None), ContentStore::None); // It stays full
    QVERIFY(!contents.error()); // The log goes on
}

void tst_InflatedContents::givesBackWhatWasKept()
{
    InflatedContents contents;
    const quint32 first = contents.append("Hello", ContentStore::None);
    const quint32 longer = contents.append(", world", first);
    QCOMPARE(longer, first); // One piece as long as nobody has seen it
    const quint32 second = contents.append("other", ContentStore::None);
    QVERIFY(contents.publish());
    QCOMPARE(contents.read(longer, 100), QByteArray("Hello, world"));
    QCOMPARE(contents.read(second, 100), QByteArray("other"));
    QCOMPARE(contents.read(ContentStore::None, 100), QByteArray());
    QVERIFY(!contents.error());
}

void tst_InflatedContents::growsSeveralAtOnce()
{
    InflatedContents contents;
    std::vector<quint32> last(3, ContentStore::None);
    for (int round = 0; round < 1000; ++round) {
        for (std::size_t i = 0; i < last.size(); ++i) {
            last[i] = contents.append(QByteArray(7, static_cast<char>('a' + int(i))), last[i]);
        }
        if (round % 10 == 0) {
            QVERIFY(contents.publish());
        }
    }
    QVERIFY(contents.publish());
    for (std::size_t i = 0; i < last.size(); ++i) {
        QCOMPARE(contents.read(last[i], 1 << 20), QByteArray(7000, static_cast<char>('a' + int(i))));
    }
}

void tst_InflatedContents::growsAfterItWasPublished()
{
    InflatedContents contents;
    const quint32 first = contents.append("one", ContentStore::None);
    QVERIFY(contents.publish());
    const quint32 second = contents.append(" two", first);
    QVERIFY(contents.publish());
    QCOMPARE(contents.read(first, 100), QByteArray("one")); // What a view holds does not change
    QCOMPARE(contents.read(second, 100), QByteArray("one two"));
}

void tst_InflatedContents::showsNothingUnpublished()
{
    InflatedContents contents;
    const quint32 piece = contents.append("soon", ContentStore::None);
    QCOMPARE(contents.read(piece, 100), QByteArray());
    QVERIFY(contents.publish());
    QCOMPARE(contents.read(piece, 100), QByteArray("soon"));
}

void tst_InflatedContents::givesNoMoreThanTheLimit()
{
    InflatedContents contents;
    quint32 last = contents.append("abc", ContentStore::None);
    QVERIFY(contents.publish());
    last = contents.append("def", last);
    QVERIFY(contents.publish());
    for (int limit = 0; limit <= 7; ++limit) {
        QCOMPARE(contents.read(last, limit), QByteArray("abcdef").left(limit));
    }
}

void tst_InflatedContents::holdsMuch()
{
    InflatedContents contents;
    const QByteArray piece = TestSupport::randomBytes(16 * 1024, 1);
    quint32 last = ContentStore::None;
    for (int i = 0; i < 320; ++i) { // 5 MiB: more pieces than one, over the ends of chunks
        last = contents.append(piece, last);
    }
    QVERIFY(contents.publish());
    QCOMPARE(contents.read(last, 1 << 30), piece.repeated(320));
}

QTEST_GUILESS_MAIN(tst_InflatedContents)
#include "tst_inflatedcontents.moc"
