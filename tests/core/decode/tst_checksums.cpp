// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/decode/checksums.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_Checksums final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void knowTheCheckValues();
    void ofNothing();
    void splittingNeverChangesTheResult();
};

void tst_Checksums::knowTheCheckValues()
{
    // "123456789" is what catalogues of checksums give the check value of.
    ChecksumCounter counter;
    counter.feed("123456789");
    const Checksums sums = counter.result();
    QCOMPARE(sums.crc32, 0xcbf43926U);
    QCOMPARE(sums.crc16Modbus, quint16(0x4b37));
    QCOMPARE(sums.crc16CcittFalse, quint16(0x29b1));
    QCOMPARE(sums.sum8, quint8(0xdd));
    QCOMPARE(sums.sum16, quint16(0x01dd));
    QCOMPARE(sums.exclusiveOr, quint8(0x31));
    QCOMPARE(sums.sha256.toHex(), QByteArray("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"));
}

void tst_Checksums::ofNothing()
{
    const Checksums sums = ChecksumCounter().result();
    QCOMPARE(sums.crc32, 0U);
    QCOMPARE(sums.crc16Modbus, quint16(0xffff));
    QCOMPARE(sums.crc16CcittFalse, quint16(0xffff));
    QCOMPARE(sums.sum16, quint16(0));
    QCOMPARE(sums.sha256.toHex(), QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void tst_Checksums::splittingNeverChangesTheResult()
{
    const QByteArray bytes = TestSupport::randomBytes(1000, 7);
    ChecksumCounter whole;
    whole.feed(bytes);
    for (qsizetype piece = 1; piece <= 17; ++piece) {
        ChecksumCounter counter;
        for (qsizetype at = 0; at < bytes.size(); at += piece) {
            counter.feed(QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)));
        }
        QCOMPARE(counter.result(), whole.result());
    }
}

QTEST_GUILESS_MAIN(tst_Checksums)
#include "tst_checksums.moc"
