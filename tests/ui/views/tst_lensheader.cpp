// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "ui/views/lensheader.h"

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Sidewire;
using TestSupport::LogBuilder;

namespace {

struct Shown
{
    explicit Shown(const std::shared_ptr<SessionLog> &log)
    {
        header.resize(700, 30);
        header.show();
        header.setLog(log);
    }

    QPushButton &chooser() const { return *header.findChild<QPushButton *>(QStringLiteral("lensChooser")); }
    QToolButton &suggestion() const { return *header.findChild<QToolButton *>(QStringLiteral("lensSuggestion")); }
    bool isOffered() const { return suggestion().isVisible(); }

    /// The menu as it opens: a line each, "*" before what is chosen.
    QStringList menu() const
    {
        Q_EMIT chooser().menu()->aboutToShow();
        QStringList lines;
        for (const QAction *action : chooser().menu()->actions()) {
            lines += (action->isChecked() ? QStringLiteral("*") : QString()) + action->text();
        }
        return lines;
    }

    LensHeader header;
};

/// Frames with a 32-bit length.
std::shared_ptr<SessionLog> framedLog(const char *lens)
{
    LogBuilder builder;
    builder.open();
    for (int i = 1; i <= 8; ++i) {
        const QByteArray content(i * 3, static_cast<char>(0x80 + i));
        const QByteArray frame = QByteArray("\0\0\0", 3) + static_cast<char>(content.size()) + content;
        if (i % 2 == 0) {
            builder.in(frame);
        } else {
            builder.out(frame);
        }
    }
    return builder.finish(QString::fromLatin1(lens));
}

std::shared_ptr<SessionLog> textLog(const char *lens)
{
    LogBuilder builder;
    builder.open();
    builder.out("HELO you\r\n").in("250 ok\r\n").out("QUIT\r\n").in("221 bye\r\n");
    return builder.finish(QString::fromLatin1(lens));
}

} // namespace

class tst_LensHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void aGuessIsShownAsOneWithItsReason();
    void aGuessCanBePinned();
    void aChosenLensIsShownWithItsParameters();
    void aMisfitIsAWarning();
    void offersWhatTheBytesSpeakFor();
    void anOfferCanBeDismissed();
    void offersNothingOverAChoice();
    void theMenuHasRecentLensesAndThePicker();
    void cuttingALargeLogShowsProgressAndCanBeStopped();
};

void tst_LensHeader::aGuessIsShownAsOneWithItsReason()
{
    const Shown shown(textLog("auto"));
    QCOMPARE(shown.chooser().text(), QStringLiteral("lines (guessed)"));
    QCOMPARE(shown.chooser().toolTip(), QStringLiteral("Guessed: the first 10 bytes are text with a line end"));
}

void tst_LensHeader::aGuessCanBePinned()
{
    const Shown shown(textLog("auto"));
    QCOMPARE(shown.menu().mid(0, 2), (QStringList{QStringLiteral("*auto (guess)"), QStringLiteral("Pin lines")}));
    QSignalSpy requested(&shown.header, &LensHeader::lensRequested);
    shown.chooser().menu()->findChild<QAction *>(QStringLiteral("pinLens"))->trigger();
    QCOMPARE(requested.first().first().toString(), QStringLiteral("lines"));

    const Shown chosen(textLog("lines"));
    QCOMPARE(chosen.chooser().text(), QStringLiteral("lines"));
    QVERIFY(!chosen.menu().contains(QStringLiteral("Pin lines")));
}

void tst_LensHeader::aChosenLensIsShownWithItsParameters()
{
    const Shown shown(framedLog("length:u32be@4"));
    QCOMPARE(shown.chooser().text(), QStringLiteral("length:u32be@4"));
    QVERIFY(shown.menu().contains(QStringLiteral("*length:u32be@4")));
}

void tst_LensHeader::aMisfitIsAWarning()
{
    const Shown shown(textLog("length:u32be"));
    QCOMPARE(shown.chooser().text(), QStringLiteral("length:u32be"));
    QVERIFY2(shown.chooser().toolTip().startsWith(QStringLiteral("The lens does not fit from byte 0 out on")),
             qPrintable(shown.chooser().toolTip()));
    QVERIFY(!shown.chooser().icon().isNull());
}

void tst_LensHeader::offersWhatTheBytesSpeakFor()
{
    const Shown shown(framedLog("auto"));
    QTRY_VERIFY(shown.isOffered());
    QCOMPARE(shown.suggestion().text(), QStringLiteral("looks like length:u32be – try"));
    QCOMPARE(shown.suggestion().toolTip(),
             QStringLiteral("8 messages fit: all 8 reads and writes end where a message ends"));
    QSignalSpy requested(&shown.header, &LensHeader::lensRequested);
    shown.suggestion().click();
    QCOMPARE(requested.first().first().toString(), QStringLiteral("length:u32be"));
}

void tst_LensHeader::anOfferCanBeDismissed()
{
    Shown shown(framedLog("auto"));
    QTRY_VERIFY(shown.isOffered());
    shown.header.findChild<QToolButton *>(QStringLiteral("dismissSuggestion"))->click();
    QVERIFY(!shown.isOffered());
    shown.header.refresh();
    QVERIFY(!shown.isOffered());
}

void tst_LensHeader::offersNothingOverAChoice()
{
    const std::shared_ptr<SessionLog> log = framedLog("auto");
    Shown shown(log);
    QTRY_VERIFY(shown.isOffered());
    log->setLens(LensSpec::parse(QStringLiteral("fixed:8")).value());
    log->waitUntilCaughtUp();
    shown.header.refresh();
    QVERIFY(!shown.isOffered());
}

void tst_LensHeader::theMenuHasRecentLensesAndThePicker()
{
    Shown shown(textLog("auto"));
    shown.header.setRecent({QStringLiteral("delimiter:00"), QStringLiteral("fixed:4")});
    const QStringList menu = shown.menu();
    for (const char *line : {"http", "sse", "websocket", "delimiter:00", "fixed:4", "&Examples"}) {
        QVERIFY2(menu.contains(QString::fromLatin1(line)), line);
    }
    QSignalSpy picker(&shown.header, &LensHeader::pickerRequested);
    shown.chooser().menu()->findChild<QAction *>(QStringLiteral("pickLens"))->trigger();
    QCOMPARE(picker.size(), 1);
}

void tst_LensHeader::cuttingALargeLogShowsProgressAndCanBeStopped()
{
    LogBuilder builder;
    builder.open();
    for (int i = 0; i < 200'000; ++i) {
        builder.in("a line\n");
    }
    const std::shared_ptr<SessionLog> log = builder.finish(QStringLiteral("lines"));
    Shown shown(log);
    auto &cancel = *shown.header.findChild<QToolButton *>(QStringLiteral("cancelCut"));
    QVERIFY(!cancel.isVisible());
    log->setLens(LensSpec::parse(QStringLiteral("fixed:3")).value());
    shown.header.refresh();
    QVERIFY(cancel.isVisible());
    QVERIFY(shown.header.findChild<QLabel *>(QStringLiteral("cutProgress"))
                ->text()
                .startsWith(QStringLiteral("cutting as fixed:3, ")));
    cancel.click();
    log->waitUntilCaughtUp();
    shown.header.refresh();
    QVERIFY(!cancel.isVisible());
    QCOMPARE(shown.chooser().text(), QStringLiteral("lines"));
    QCOMPARE(log->messages()->count(), 200'000);
}

QTEST_MAIN(tst_LensHeader)
#include "tst_lensheader.moc"
