// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/views/logscrollarea.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Sidewire;

class Lines final : public LogScrollArea
{
public:
    explicit Lines(qint64 lines)
        : count(lines)
    {
        resize(200, 216);
        setLineMetrics(10, 16); // 20 lines fit
        show();
    }

    qint64 lineCount() const override { return count; }
    qint64 firstLine() const override { return first; }
    void grow() { updateLines(); }
    void wheel(int eighths)
    {
        QWheelEvent event({50, 50}, mapToGlobal(QPointF(50, 50)), {}, {0, eighths}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        wheelEvent(&event);
    }

    qint64 count = 0;
    qint64 first = 0;
};

class tst_LogScrollArea final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void reachesEveryLineOfAHugeLog();
    void movesByLinesWhateverTheScaleIs();
    void growthDoesNotMoveIt();
    void tellsTheUsersScrollingFromTheProgrammes();
    void hidesLinesBeforeTheFirst();
    void scrollsNoFurtherThanNeeded();
};

void tst_LogScrollArea::reachesEveryLineOfAHugeLog()
{
    constexpr qint64 Huge = 100'000'000'000;
    Lines lines(Huge);
    lines.grow();
    QScrollBar *bar = lines.verticalScrollBar();
    bar->setValue(bar->maximum());
    QCOMPARE(lines.topLine(), Huge - 20);
    bar->setValue(bar->maximum() / 2);
    QVERIFY(std::abs(lines.topLine() - Huge / 2) < 1000);
    bar->setValue(0);
    QCOMPARE(lines.topLine(), 0);
    lines.scrollTo(12'345'678'901);
    QCOMPARE(lines.topLine(), 12'345'678'901);
}

void tst_LogScrollArea::movesByLinesWhateverTheScaleIs()
{
    for (const qint64 count : {qint64(1000), qint64(100'000'000'000)}) {
        Lines lines(count);
        lines.grow();
        lines.scrollTo(500);
        lines.verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        QCOMPARE(lines.topLine(), 501);
        lines.verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepSub);
        QCOMPARE(lines.topLine(), 481);
        lines.wheel(-120);
        QCOMPARE(lines.topLine(), 484);
        lines.wheel(60); // A fine wheel: half a step is a line and a half, the rest is kept
        QCOMPARE(lines.topLine(), 483);
        lines.wheel(60);
        QCOMPARE(lines.topLine(), 481);
    }
}

void tst_LogScrollArea::growthDoesNotMoveIt()
{
    Lines lines(100);
    lines.grow();
    lines.scrollTo(40);
    lines.count = 5'000'000'000;
    lines.grow();
    QCOMPARE(lines.topLine(), 40);
}

void tst_LogScrollArea::tellsTheUsersScrollingFromTheProgrammes()
{
    Lines lines(100);
    lines.grow();
    QSignalSpy byUser(&lines, &LogScrollArea::scrolledByUser);
    QSignalSpy any(&lines, &LogScrollArea::scrolled);
    lines.scrollToEnd();
    QCOMPARE(byUser.count(), 0);
    QCOMPARE(any.count(), 1);
    lines.wheel(120);
    QCOMPARE(byUser.count(), 1);
    lines.verticalScrollBar()->setValue(3);
    QCOMPARE(byUser.count(), 2);
    lines.scrollTo(0);
    lines.wheel(120); // Nothing above: nothing was scrolled
    QCOMPARE(byUser.count(), 2);
}

void tst_LogScrollArea::hidesLinesBeforeTheFirst()
{
    Lines lines(100);
    lines.first = 90;
    lines.grow();
    QCOMPARE(lines.topLine(), 90);
    QCOMPARE(lines.maximumTopLine(), 90);
    lines.scrollTo(0);
    QCOMPARE(lines.topLine(), 90);
}

void tst_LogScrollArea::scrollsNoFurtherThanNeeded()
{
    Lines lines(1000);
    lines.grow();
    lines.scrollTo(100);
    lines.ensureVisible(110, 112);
    QCOMPARE(lines.topLine(), 100);
    lines.ensureVisible(125, 125);
    QCOMPARE(lines.topLine(), 106);
    lines.ensureVisible(50, 51);
    QCOMPARE(lines.topLine(), 50);
    lines.ensureVisible(200, 900); // Longer than a page: its beginning
    QCOMPARE(lines.topLine(), 200);
}

QTEST_MAIN(tst_LogScrollArea)
#include "tst_logscrollarea.moc"
