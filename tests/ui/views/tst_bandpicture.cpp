// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/views/bandpicture.h"

#include <QPainter>
#include <QPainterPath>
#include <QTest>

#include <algorithm>
#include <cstdlib>

using namespace Sidewire;
using Edge = BandPicture::Edge;

namespace {

constexpr QSize Size(28, 300);

/// The same band as a path of QPainter.
QImage painted(Edge left, Edge right, const QColor &color, qreal ratio)
{
    QImage image((QSizeF(Size) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    const qreal middle = Size.width() / 2.0;
    QPainterPath path(QPointF(0, left.top));
    path.cubicTo(middle, left.top, middle, right.top, Size.width(), right.top);
    path.lineTo(Size.width(), right.bottom);
    path.cubicTo(middle, right.bottom, middle, left.bottom, 0, left.bottom);
    path.closeSubpath();
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(path, color);
    return image;
}

int greatestDifference(const QImage &one, const QImage &other)
{
    int difference = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            const QRgb a = one.pixel(x, y);
            const QRgb b = other.pixel(x, y);
            difference = std::max({difference, std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)),
                                   std::abs(qBlue(a) - qBlue(b))});
        }
    }
    return difference;
}

} // namespace

class tst_BandPicture final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void looksLikeAPath_data();
    void looksLikeAPath();
    void bandsLieOverEachOther();
    void whatIsOutsideIsCutOff();
};

void tst_BandPicture::looksLikeAPath_data()
{
    QTest::addColumn<QRectF>("edges"); // Left top and bottom, right top and bottom
    QTest::addColumn<qreal>("ratio");

    QTest::newRow("straight") << QRectF(QPointF(10, 26), QPointF(10, 26)) << 1.0;
    QTest::newRow("steep down") << QRectF(QPointF(10, 26), QPointF(250, 266)) << 1.0;
    QTest::newRow("steep up") << QRectF(QPointF(250, 266), QPointF(10, 26)) << 1.0;
    QTest::newRow("one read, a line") << QRectF(QPointF(0, 300), QPointF(140, 156)) << 1.0;
    QTest::newRow("thin") << QRectF(QPointF(100, 101), QPointF(120, 121)) << 1.0;
    QTest::newRow("on a fine screen") << QRectF(QPointF(10, 26), QPointF(60, 90)) << 2.0;
    QTest::newRow("on a screen in between") << QRectF(QPointF(10, 26), QPointF(60, 90)) << 1.5;
}

void tst_BandPicture::looksLikeAPath()
{
    QFETCH(QRectF, edges);
    QFETCH(qreal, ratio);
    const Edge left{edges.left(), edges.top()};
    const Edge right{edges.right(), edges.bottom()};
    QColor color(Qt::blue);
    color.setAlphaF(0.5);
    BandPicture picture(Size, ratio, Qt::white);
    picture.add(left, right, color);
    const QImage expected = painted(left, right, color, ratio);
    QCOMPARE(picture.image().size(), expected.size());
    QCOMPARE(picture.image().devicePixelRatio(), ratio);
    // A QPainter makes lines of the curve, which differ from it by a part of a pixel where it is steep.
    QVERIFY2(greatestDifference(picture.image(), expected) <= 24,
             qPrintable(QString::number(greatestDifference(picture.image(), expected))));
}

void tst_BandPicture::bandsLieOverEachOther()
{
    QColor color(Qt::black);
    color.setAlphaF(0.5);
    BandPicture picture(Size, 1, Qt::white);
    picture.add({10, 30}, {10, 30}, color);
    picture.add({20, 40}, {20, 40}, color);
    QCOMPARE(qRed(picture.image().pixel(5, 5)), 255);
    QCOMPARE(qRed(picture.image().pixel(5, 15)), 128);
    QCOMPARE(qRed(picture.image().pixel(5, 25)), 64);
    QCOMPARE(qRed(picture.image().pixel(5, 35)), 128);
}

void tst_BandPicture::whatIsOutsideIsCutOff()
{
    BandPicture picture(Size, 1, Qt::white);
    picture.add({-1'700'000, 1'700'000}, {100, 110}, Qt::black);
    picture.add({-100, -50}, {400, 410}, Qt::red);
    QCOMPARE(picture.image().pixelColor(0, 0), QColor(Qt::black));
    QCOMPARE(picture.image().pixelColor(27, 105), QColor(Qt::black));
    BandPicture nothing({28, -3}, 1, Qt::white); // A window that is too low
    nothing.add({0, 10}, {0, 10}, Qt::black);
    QCOMPARE(nothing.image().height(), 1);
}

QTEST_MAIN(tst_BandPicture)
#include "tst_bandpicture.moc"
