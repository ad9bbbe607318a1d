// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/theme/theme.h"
#include "ui/views/characterimages.h"

#include <QSignalSpy>
#include <QTest>

using namespace Sidewire;

namespace {

constexpr char32_t Hangul = 0xd55c;

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

class tst_CharacterImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void aPictureComesLater();
    void anotherLookHasOtherPictures();
    void nothingIsPaintedUnasked();
};

void tst_CharacterImages::aPictureComesLater()
{
    CharacterImages images;
    const CharacterImages::Look look{Theme::fixedFont(), Qt::red, 2};
    QSignalSpy found(&images, &CharacterImages::found);
    QVERIFY(!images.of(Hangul, look));
    QVERIFY(!images.of(Hangul, look)); // Wanted once
    images.look();
    QTRY_COMPARE(found.count(), 1);
    const CharacterImages::Image *image = images.of(Hangul, look);
    QVERIFY(image);
    QCOMPARE(image->picture.devicePixelRatio(), 2.0);
    QVERIFY(hasInk(image->picture, Qt::red));
    QVERIFY(image->origin.y() < 0); // It stands on the baseline
    images.look();
    QVERIFY(images.of(Hangul, look));
}

void tst_CharacterImages::anotherLookHasOtherPictures()
{
    CharacterImages images;
    const CharacterImages::Look red{Theme::fixedFont(), Qt::red, 1};
    const CharacterImages::Look blue{Theme::fixedFont(), Qt::blue, 1};
    QSignalSpy found(&images, &CharacterImages::found);
    QVERIFY(!images.of(Hangul, red));
    images.look();
    QVERIFY(!images.of(Hangul, blue)); // While the red one is being painted
    QTRY_COMPARE(found.count(), 1);
    QVERIFY(!images.of(Hangul, blue));
    images.look();
    QTRY_COMPARE(found.count(), 2);
    QVERIFY(hasInk(images.of(Hangul, blue)->picture, Qt::blue));
}

void tst_CharacterImages::nothingIsPaintedUnasked()
{
    CharacterImages images;
    QSignalSpy found(&images, &CharacterImages::found);
    images.look();
    QVERIFY(!images.of(Hangul, {Theme::fixedFont(), Qt::red, 1}));
    images.look();
    images.look(); // One at a time
    QTRY_COMPARE(found.count(), 1);
    QVERIFY(!images.of(U'\u0e01', {Theme::fixedFont(), Qt::red, 1}));
}

QTEST_MAIN(tst_CharacterImages)
#include "tst_characterimages.moc"
