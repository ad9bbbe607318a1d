// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/theme/theme.h"
#include "ui/views/textimages.h"

#include <QSignalSpy>
#include <QTest>

using namespace Sidewire;

namespace {

const QString Hangul(QChar(u'\ud55c'));
constexpr qreal Room = 100;

bool hasInk(const QImage &image, const QColor &color)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (pixel.alpha() > 128 && pixel.rgb() == color.rgb()) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

class tst_TextImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void aPictureComesLater();
    void anotherLookHasOtherPictures();
    void nothingIsPaintedUnasked();
    void ofLinesThatRushPastOnlyTheLastAreLookedFor();
};

void tst_TextImages::aPictureComesLater()
{
    TextImages images;
    const TextImages::Look look{Theme::fixedFont(), Qt::red, 2};
    QSignalSpy found(&images, &TextImages::found);
    QVERIFY(!images.of(Hangul, Room, look));
    QVERIFY(!images.of(Hangul, Room, look)); // Wanted once
    images.look();
    QTRY_COMPARE(found.count(), 1);
    const TextImages::Image *image = images.of(Hangul, Room, look);
    QVERIFY(image);
    QCOMPARE(image->picture.devicePixelRatio(), 2.0);
    QVERIFY(hasInk(image->picture, Qt::red));
    QVERIFY(image->origin.y() < 0); // It stands on the baseline
    images.look();
    QVERIFY(images.of(Hangul, Room, look));
}

void tst_TextImages::anotherLookHasOtherPictures()
{
    TextImages images;
    const TextImages::Look red{Theme::fixedFont(), Qt::red, 1};
    const TextImages::Look blue{Theme::fixedFont(), Qt::blue, 1};
    QSignalSpy found(&images, &TextImages::found);
    QVERIFY(!images.of(Hangul, Room, red));
    images.look();
    QVERIFY(!images.of(Hangul, Room, blue)); // While the red one is being painted
    QTRY_COMPARE(found.count(), 1);
    QVERIFY(!images.of(Hangul, Room, blue));
    images.look();
    QTRY_COMPARE(found.count(), 2);
    QVERIFY(hasInk(images.of(Hangul, Room, blue)->picture, Qt::blue));
}

void tst_TextImages::nothingIsPaintedUnasked()
{
    TextImages images;
    QSignalSpy found(&images, &TextImages::found);
    images.look();
    QVERIFY(!images.of(Hangul, Room, {Theme::fixedFont(), Qt::red, 1}));
    images.look();
    images.look(); // One at a time
    QTRY_COMPARE(found.count(), 1);
    QVERIFY(!images.of(QStringLiteral("\u0e01"), Room, {Theme::fixedFont(), Qt::red, 1}));
}

void tst_TextImages::ofLinesThatRushPastOnlyTheLastAreLookedFor()
{
    TextImages images;
    const QString thai = QStringLiteral("\u0e01");
    const TextImages::Look look{Theme::fixedFont(), Qt::red, 1};
    QSignalSpy found(&images, &TextImages::found);
    QVERIFY(!images.of(Hangul, Room, look));
    images.look(TextImages::When::Still);
    QVERIFY(!images.of(thai, Room, look));
    images.look(TextImages::When::Still);
    QTRY_COMPARE(found.count(), 1);
    QVERIFY(images.of(thai, Room, look));
    QVERIFY(!images.of(Hangul, Room, look));
}

QTEST_MAIN(tst_TextImages)
#include "tst_textimages.moc"
