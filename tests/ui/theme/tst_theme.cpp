// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/theme/contraststyle.h"
#include "ui/theme/markcolors.h"
#include "ui/theme/theme.h"

#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QStyleFactory>
#include <QStyleOptionButton>
#include <QStyleOptionSlider>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace Sidewire;
using namespace Sidewire::Theme;

class tst_Theme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void everyTextCanBeReadOnEverySurface_data();
    void everyTextCanBeReadOnEverySurface();
    void marksAreSeenAndReadable();
    void everyLaneIsSeenOnEverySurface();
    void everyTextCanBeReadOnEveryHighlight();
    void directionsDifferInBothSchemes();
    void followsThePalette();
    void everyIconPaintsSomething();
    void statesDifferByShape();
    void anEmptyCheckBoxCanBeSeenOnADarkPalette();
    void aScrollBarLooksAsInTheStyleBelow();
};

namespace {

// Relative luminance and contrast as WCAG 2.1 defines them.
double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [dark, bright] = std::minmax({luminance(one), luminance(other)});
    return (bright + 0.05) / (dark + 0.05);
}

QImage render(Icon meaning)
{
    QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    icon(meaning).paint(&painter, image.rect());
    return image;
}

QImage shapeOf(Icon meaning)
{
    return render(meaning).convertToFormat(QImage::Format_Alpha8);
}

} // namespace

void tst_Theme::everyTextCanBeReadOnEverySurface_data()
{
    QTest::addColumn<int>("scheme");
    QTest::addColumn<int>("text");
    QTest::addColumn<int>("surface");

    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        for (int text = static_cast<int>(FirstText); text < static_cast<int>(FirstLine); ++text) {
            for (int surface = 0; surface < static_cast<int>(FirstText); ++surface) {
                QTest::addRow("%s, text %d on surface %d", scheme == Scheme::Light ? "light" : "dark", text, surface)
                    << static_cast<int>(scheme) << text << surface;
            }
        }
    }
}

void tst_Theme::everyTextCanBeReadOnEverySurface()
{
    QFETCH(int, scheme);
    QFETCH(int, text);
    QFETCH(int, surface);
    const double ratio = contrast(color(static_cast<Tone>(text), static_cast<Scheme>(scheme)),
                                  color(static_cast<Tone>(surface), static_cast<Scheme>(scheme)));
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

void tst_Theme::marksAreSeenAndReadable()
{
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        const QColor match = markColor(Mark::Match, scheme);
        for (const Tone text : {Tone::Text, Tone::Muted}) { // What stands on it: bytes, contents
            QVERIFY(contrast(color(text, scheme), match) >= 4.5);
        }
        for (const Mark line : {Mark::MatchLine, Mark::Bookmark}) {
            for (const Tone surface : {Tone::Base, Tone::InTint, Tone::OutTint, Tone::Selection}) {
                const double ratio = contrast(markColor(line, scheme), color(surface, scheme));
                QVERIFY2(ratio >= 3, qPrintable(QString::number(ratio)));
            }
        }
        QVERIFY(contrast(markColor(Mark::MatchLine, scheme), match) >= 3);
    }
}

void tst_Theme::everyLaneIsSeenOnEverySurface()
{
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        QSet<QRgb> seen;
        for (quint32 number = 0; number < ConnectionColorCount; ++number) {
            const QColor lane = connectionColor(number, scheme);
            seen.insert(lane.rgb());
            QCOMPARE(connectionColor(number + ConnectionColorCount, scheme), lane);
            for (int surface = 0; surface < static_cast<int>(FirstText); ++surface) {
                const double ratio = contrast(lane, color(static_cast<Tone>(surface), scheme));
                QVERIFY2(ratio >= 3, qPrintable(QStringLiteral("%1 on %2: %3").arg(number).arg(surface).arg(ratio)));
            }
        }
        QCOMPARE(seen.size(), ConnectionColorCount);
    }
}

void tst_Theme::everyTextCanBeReadOnEveryHighlight()
{
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        QSet<QRgb> seen{color(Tone::InTint, scheme).rgb(), color(Tone::OutTint, scheme).rgb(),
                        color(Tone::Selection, scheme).rgb()};
        const qsizetype others = seen.size();
        for (int index = 0; index < HighlightColorCount; ++index) {
            const QColor surface = highlightColor(index, scheme);
            seen.insert(surface.rgb());
            QCOMPARE(highlightColor(index + HighlightColorCount, scheme), surface);
            for (int text = static_cast<int>(FirstText); text < static_cast<int>(FirstLine); ++text) {
                const double ratio = contrast(surface, color(static_cast<Tone>(text), scheme));
                QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1 on %2: %3").arg(text).arg(index).arg(ratio)));
            }
            QVERIFY(contrast(surface, highlightMark(index, scheme)) >= 3);
            QVERIFY(contrast(color(Tone::Selection, scheme), highlightMark(index, scheme)) >= 3);
        }
        QCOMPARE(seen.size(), others + HighlightColorCount);
    }
}

void tst_Theme::directionsDifferInBothSchemes()
{
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        QVERIFY(color(Tone::In, scheme) != color(Tone::Out, scheme));
        QVERIFY(color(Tone::InTint, scheme) != color(Tone::OutTint, scheme));
        QVERIFY(color(Tone::InHeader, scheme) != color(Tone::OutHeader, scheme));
    }
}

void tst_Theme::followsThePalette()
{
    const QPalette before = QGuiApplication::palette();
    QGuiApplication::setPalette(QPalette(QColor(0x30, 0x30, 0x30)));
    const QColor dark = color(Tone::Base);
    const QImage darkIcon = render(Icon::Save);
    QGuiApplication::setPalette(QPalette(QColor(0xf0, 0xf0, 0xf0)));
    const QColor light = color(Tone::Base);
    const QImage lightIcon = render(Icon::Save);
    QGuiApplication::setPalette(before);

    QCOMPARE(dark, color(Tone::Base, Scheme::Dark));
    QCOMPARE(light, color(Tone::Base, Scheme::Light));
    QVERIFY(darkIcon != lightIcon);
}

void tst_Theme::everyIconPaintsSomething()
{
    for (int number = 0; number < IconCount; ++number) {
        const QImage shape = shapeOf(static_cast<Icon>(number));
        int painted = 0;
        for (int y = 0; y < shape.height(); ++y) {
            for (int x = 0; x < shape.width(); ++x) {
                painted += qAlpha(shape.pixel(x, y)) > 127;
            }
        }
        QVERIFY2(painted > 20 && painted < 700, qPrintable(QStringLiteral("icon %1: %2").arg(number).arg(painted)));
    }
}

void tst_Theme::statesDifferByShape()
{
    const std::vector<Icon> states{Icon::StateOpen,   Icon::StateBusy,      Icon::StateClosed,
                                   Icon::StateFailed, Icon::StateListening, Icon::StateLog};
    for (const Icon one : states) {
        for (const Icon other : states) {
            QCOMPARE(shapeOf(one) == shapeOf(other), one == other);
        }
    }
}

void tst_Theme::anEmptyCheckBoxCanBeSeenOnADarkPalette()
{
    const ContrastStyle style(QStringLiteral("Fusion"));
    const QColor window(0x2b, 0x2d, 0x31);
    QStyleOptionButton option;
    option.palette = QPalette(window, window);
    option.palette.setColor(QPalette::Base, QColor(0x1b, 0x1d, 0x20));
    option.palette.setColor(QPalette::PlaceholderText, QColor(0x9a, 0x9e, 0xa6));
    option.state = QStyle::State_Enabled | QStyle::State_Off;
    option.rect = QRect(2, 2, 14, 14);
    for (const QStyle::PrimitiveElement element : {QStyle::PE_IndicatorCheckBox, QStyle::PE_IndicatorRadioButton}) {
        QImage image(18, 18, QImage::Format_RGB32);
        image.fill(window);
        QPainter painter(&image);
        style.drawPrimitive(element, &option, &painter, nullptr);
        painter.end();
        // The middle of the left side.
        double best = 0;
        for (int x = 2; x < 5; ++x) {
            best = std::max(best, contrast(image.pixelColor(x, 9), window));
        }
        QVERIFY2(best >= 3.0, qPrintable(QString::number(best)));
    }
}

void tst_Theme::aScrollBarLooksAsInTheStyleBelow()
{
    const ContrastStyle style(QStringLiteral("Fusion"));
    const std::unique_ptr<QStyle> below(QStyleFactory::create(QStringLiteral("Fusion")));
    const auto paintedBy = [](const QStyle &painting, const QStyleOptionSlider &option) {
        QImage image(80, 420, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painting.drawComplexControl(QStyle::CC_ScrollBar, &option, &painter, nullptr);
        return image;
    };
    QStyleOptionSlider option;
    option.state = QStyle::State_Enabled;
    option.maximum = 100;
    option.pageStep = 10;
    option.subControls = QStyle::SC_All;
    for (const QColor &window : {QColor(Qt::lightGray), QColor(0x2b, 0x2d, 0x31), QColor(Qt::lightGray)}) {
        option.palette = QPalette(window, window);
        for (const QRect &rect : {QRect(10, 10, 14, 400), QRect(10, 10, 14, 200), QRect()}) {
            option.rect = rect;
            option.sliderPosition = option.sliderValue = rect.height() / 8;
            const QImage expected = paintedBy(*below, option);
            for (int i = 0; i < 2; ++i) { // Then from the picture
                const QImage painted = paintedBy(style, option);
                int difference = 0;
                for (int y = 0; y < painted.height(); ++y) {
                    for (int x = 0; x < painted.width(); ++x) {
                        difference =
                            std::max(difference, std::abs(qGray(painted.pixel(x, y)) - qGray(expected.pixel(x, y))));
                    }
                }
                // Fusion's outlines are blended in another order: no more than anybody sees.
                QVERIFY2(difference <= 16, qPrintable(QString::number(difference)));
            }
        }
    }
}

QTEST_MAIN(tst_Theme)
#include "tst_theme.moc"
