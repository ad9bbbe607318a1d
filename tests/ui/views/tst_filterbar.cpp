// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/theme/theme.h"
#include "ui/views/filterbar.h"
#include "ui/widgets/filteredit.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;

class tst_FilterBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aFilterHoldsShortlyAfterTyping();
    void enterAppliesAtOnce();
    void whileThereIsAnErrorTheLastOneStays();
    void theErrorIsShownAtItsPlace_data();
    void theErrorIsShownAtItsPlace();
    void escapeClearsAndThenLeaves();
    void countsAndProgressAreTold();
    void recentFiltersComeBack();
    void wordsAreCompleted();
    void nothingIsOfferedWithinQuotes();

private:
    QString problem() const { return m_bar->findChild<QLabel *>(QStringLiteral("filterProblem"))->text(); }
    QLabel *count() const { return m_bar->findChild<QLabel *>(QStringLiteral("filterCount")); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FilterBar> m_bar;
    FilterEdit *m_edit = nullptr;
};

void tst_FilterBar::init()
{
    TestSupport::failOnWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    m_bar = std::make_unique<FilterBar>();
    m_bar->setSettings(m_settings.get());
    m_bar->resize(900, 30);
    m_bar->show();
    QVERIFY(QTest::qWaitForWindowActive(m_bar.get()));
    m_edit = m_bar->findChild<FilterEdit *>();
    m_bar->focusField();
}

void tst_FilterBar::cleanup()
{
    m_bar.reset();
    m_settings.reset();
    m_folder.reset();
}

void tst_FilterBar::aFilterHoldsShortlyAfterTyping()
{
    QSignalSpy spy(m_bar.get(), &FilterBar::filterChanged);
    QTest::keyClicks(m_edit, QStringLiteral("len>10"));
    QVERIFY(spy.wait());
    QCOMPARE(m_bar->filter(), QStringLiteral("len>10"));
    QVERIFY(!m_bar->expression().isEmpty());
}

void tst_FilterBar::enterAppliesAtOnce()
{
    QSignalSpy spy(m_bar.get(), &FilterBar::filterChanged);
    m_edit->setText(QStringLiteral("violation "));
    QTest::keyClick(m_edit, Qt::Key_Return);
    QCOMPARE(spy.size(), 1);
    QTest::keyClick(m_edit, Qt::Key_Return);
    QCOMPARE(spy.size(), 1); // The same one is no other
    QVERIFY(m_edit->hasFocus());
}

void tst_FilterBar::whileThereIsAnErrorTheLastOneStays()
{
    m_bar->setFilter(QStringLiteral("out"));
    QSignalSpy spy(m_bar.get(), &FilterBar::filterChanged);
    m_edit->setText(QStringLiteral("out len>"));
    QTest::keyClick(m_edit, Qt::Key_Return);
    QCOMPARE(spy.size(), 0);
    QCOMPARE(m_bar->filter(), QStringLiteral("out"));
    QVERIFY(problem().startsWith(QStringLiteral("a value is expected")));
    QVERIFY(m_edit->toolTip().contains(QStringLiteral("Meanwhile this one holds: out")));
    QVERIFY(m_edit->accessibleDescription().contains(QStringLiteral("character 9")));
    QVERIFY(count()->isVisible());

    m_edit->setText(QStringLiteral("out len>3"));
    QTest::keyClick(m_edit, Qt::Key_Return);
    QCOMPARE(problem(), QString());
    QCOMPARE(m_bar->filter(), QStringLiteral("out len>3"));
}

void tst_FilterBar::theErrorIsShownAtItsPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("length"); // In characters
    QTest::newRow("a word") << "in fish out" << 3 << 4;
    QTest::newRow("a value") << "in len>xy" << 7 << 2;
    QTest::newRow("the end") << "in len>" << 7 << 1;
    QTest::newRow("a bracket") << "in)" << 2 << 1;
}

void tst_FilterBar::theErrorIsShownAtItsPlace()
{
    QFETCH(const QString, text);
    QFETCH(const int, begin);
    QFETCH(const int, length);
    m_edit->setText(text);
    const int cell = m_edit->fontMetrics().horizontalAdvance(u'x');
    m_edit->setCursorPosition(0);
    const QRect place = m_edit->errorRect();
    const int origin = m_edit->inputMethodQuery(Qt::ImCursorRectangle).toRect().center().x();
    QVERIFY2(qAbs(place.left() - origin - begin * cell) <= 2, qPrintable(QString::number(place.left() - origin)));
    QVERIFY2(qAbs(place.width() - length * cell) <= cell, qPrintable(QString::number(place.width())));

    // The wave is there, and only there.
    const QImage image = m_edit->grab().toImage();
    const QRgb error = Theme::color(Theme::Tone::Error).rgb();
    const auto isRedder = [&](int x) {
        for (int y = place.bottom() - 4; y < image.height(); ++y) {
            const QRgb pixel = image.pixel(x, y);
            if (qAbs(qRed(pixel) - qRed(error)) + qAbs(qGreen(pixel) - qGreen(error)) < 90) {
                return true;
            }
        }
        return false;
    };
    int inside = 0;
    for (int x = place.left(); x < place.right(); ++x) {
        inside += isRedder(x) ? 1 : 0;
    }
    QVERIFY2(inside >= place.width() / 3, qPrintable(QString::number(inside)));
    QVERIFY(!isRedder(place.left() - 2 * cell));
}

void tst_FilterBar::escapeClearsAndThenLeaves()
{
    m_bar->setFilter(QStringLiteral("in"));
    QSignalSpy left(m_bar.get(), &FilterBar::leaveRequested);
    QTest::keyClick(m_edit, Qt::Key_Escape);
    QVERIFY(m_edit->text().isEmpty());
    QVERIFY(m_bar->expression().isEmpty()); // At once
    QCOMPARE(left.size(), 0);
    QTest::keyClick(m_edit, Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
}

void tst_FilterBar::countsAndProgressAreTold()
{
    QVERIFY(!count()->isVisible());
    m_bar->setFilter(QStringLiteral("in"));
    QVERIFY(count()->isVisible());
    m_bar->setProgress(5, 40, 100);
    QCOMPARE(count()->text(), QStringLiteral("5 of 100 match, looking… 40 %"));
    m_bar->setProgress(12, 100, 100);
    QCOMPARE(count()->text(), QStringLiteral("12 of 100 match"));
    m_bar->setFilter({});
    QVERIFY(!count()->isVisible());
}

void tst_FilterBar::recentFiltersComeBack()
{
    m_bar->setFilter(QStringLiteral("in"));
    m_bar->setFilter(QStringLiteral("out \"a&b\""));
    m_bar->setFilter({});
    FilterBar other; // Of another session
    other.setSettings(m_settings.get());
    auto *menu = other.findChild<QMenu *>();
    Q_EMIT menu->aboutToShow();
    QStringList offered;
    for (const QAction *action : menu->actions()) {
        if (action->objectName() == QLatin1String("recentFilter")) {
            offered += action->text();
        }
    }
    QCOMPARE(offered, (QStringList{QStringLiteral("out \"a&&b\""), QStringLiteral("in")}));
    menu->actions().first()->trigger();
    QCOMPARE(other.filter(), QStringLiteral("out \"a&b\""));
}

void tst_FilterBar::wordsAreCompleted()
{
    QTest::keyClicks(m_edit, QStringLiteral("in kind:te"));
    QVERIFY(m_edit->isCompleting());
    QWidget *list = QApplication::activePopupWidget();
    QVERIFY(list);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY(!m_edit->isCompleting());
    QCOMPARE(m_edit->text(), QStringLiteral("in kind:text "));

    QTest::keyClicks(m_edit, QStringLiteral("le"));
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QCOMPARE(m_edit->text(), QStringLiteral("in kind:text len>")); // Its value comes next

    m_edit->setText(QStringLiteral("in"));
    QTest::keyClicks(m_edit, QStringLiteral(" v"));
    QVERIFY(m_edit->isCompleting());
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
    QVERIFY(!m_edit->isCompleting());
    QCOMPARE(m_edit->text(), QStringLiteral("in v")); // It closes the list only
}

void tst_FilterBar::nothingIsOfferedWithinQuotes()
{
    QTest::keyClicks(m_edit, QStringLiteral("\"in k"));
    QVERIFY(!m_edit->isCompleting());
    m_edit->clear();
    QTest::keyClicks(m_edit, QStringLiteral("/in"));
    QVERIFY(!m_edit->isCompleting());
}

QTEST_MAIN(tst_FilterBar)
#include "tst_filterbar.moc"
