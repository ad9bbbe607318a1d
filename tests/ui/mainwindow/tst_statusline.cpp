// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "ui/mainwindow/statusline.h"

#include <QLabel>
#include <QTest>

using namespace Sidewire;

class tst_StatusLine : public QObject
{
    Q_OBJECT

private:
    static QString recording(const StatusLine &line)
    {
        return line.findChild<QLabel *>(QStringLiteral("recordingLabel"))->text();
    }

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void whatWasNotWrittenIsSaid();
    void aFilterThatCouldNotGoOnIsSaid();
};

void tst_StatusLine::whatWasNotWrittenIsSaid()
{
    TestSupport::LogBuilder builder;
    builder.open();
    builder.in("hello");
    const std::shared_ptr<SessionLog> log = builder.finish(QStringLiteral("reads"));
    const auto live = std::make_shared<LiveStatus>();
    log->setLive(live);
    StatusLine line;
    line.setLog(*log);
    QVERIFY2(recording(line).startsWith(QStringLiteral("● recording ")), qPrintable(recording(line)));

    live->setRecordingError(QStringLiteral("the disk is full"));
    line.setLog(*log);
    QCOMPARE(recording(line), QStringLiteral("the disk is full"));

    live->isRunning = false;
    live->unwritten = 4200;
    line.setLog(*log);
    QCOMPARE(recording(line), QStringLiteral("The last 4.2 kB of the log were not written: the disk is full"));

    // The disk came back too late to say why.
    live->setRecordingError({});
    line.setLog(*log);
    QVERIFY(recording(line).startsWith(QStringLiteral("The last 4.2 kB of the log were not written: ")));
}

void tst_StatusLine::aFilterThatCouldNotGoOnIsSaid()
{
    TestSupport::LogBuilder builder;
    builder.open();
    const std::shared_ptr<SessionLog> log = builder.finish(QStringLiteral("reads"));
    log->setLive(std::make_shared<LiveStatus>());
    StatusLine line;
    line.setLog(*log, QStringLiteral("the disk is full"));
    QCOMPARE(recording(line), QStringLiteral("The views do not show all that was chosen: the disk is full"));
    line.setLog(*log);
    QVERIFY2(recording(line).startsWith(QStringLiteral("● recording ")), qPrintable(recording(line)));
}

QTEST_MAIN(tst_StatusLine)
#include "tst_statusline.moc"
