// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/testsupport.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QListWidget>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;

/// A program is killed while it records; the window that starts next offers its log.
class tst_CrashRecovery : public QObject
{
    Q_OBJECT

public:
    /// The program that is killed: a session that records into `folder` and never ends.
    static int record(const QString &folder, const QString &target);

private:
    std::unique_ptr<MainWindow> newWindow(Engine &engine) const;

    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void whatAKilledProgramRecordedIsOffered();
};

int tst_CrashRecovery::record(const QString &folder, const QString &target)
{
    Engine engine;
    const LogStore store(folder);
    engine.open(*SessionSpec::fromTarget(target), {*store.newPath(target, QDateTime::currentDateTime()), {}});
    return QCoreApplication::exec();
}

std::unique_ptr<MainWindow> tst_CrashRecovery::newWindow(Engine &engine) const
{
    auto window = std::make_unique<MainWindow>(
        engine, WindowPlaces{m_folder.filePath(QStringLiteral("s.ini")), m_folder.filePath(QStringLiteral("logs"))});
    window->show();
    return window;
}

void tst_CrashRecovery::whatAKilledProgramRecordedIsOffered()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QString logs = m_folder.filePath(QStringLiteral("logs"));
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("--record"), logs, QStringLiteral("tcp://127.0.0.1:%1").arg(server.serverPort())});
    QTRY_VERIFY(server.hasPendingConnections());
    server.nextPendingConnection()->write("kept\n");
    const auto recorded = [&logs] {
        const QFileInfoList files = QDir(logs).entryInfoList({QStringLiteral("*.pcapng")});
        if (files.size() != 1) {
            return false;
        }
        const Result<std::shared_ptr<SessionLog>> log = SessionLog::open(files.first().filePath());
        return log && QTest::qWaitFor([&log] { return (*log)->progress().isCaughtUp; })
            && (*log)->totals().bytes[indexOf(Direction::In)] == 5;
    };
    QTRY_VERIFY(recorded());
    program.kill();
    QVERIFY(program.waitForFinished());

    Engine engine;
    {
        const std::unique_ptr<MainWindow> window = newWindow(engine);
        auto *list = window->findChild<QListWidget *>(QStringLiteral("recentLogs"));
        QTRY_COMPARE(list->count(), 1);
        QVERIFY(window->findChild<QLabel *>(QStringLiteral("leftovers"))->isVisible());
        QVERIFY(!list->item(0)->icon().isNull());
        Q_EMIT list->itemActivated(list->item(0));
        QTRY_COMPARE(window->sessionCount(), 1);
        QTRY_VERIFY2(window->stateText().contains(QStringLiteral("in 5; 1 messages; caught up")),
                     qPrintable(window->stateText()));
        window->close();
    }
    // It is still there, but nobody is bothered with it again.
    const std::unique_ptr<MainWindow> window = newWindow(engine);
    QTRY_COMPARE(window->findChild<QListWidget *>(QStringLiteral("recentLogs"))->count(), 1);
    QVERIFY(!window->findChild<QLabel *>(QStringLiteral("leftovers"))->isVisible());
}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--record")) {
        return tst_CrashRecovery::record(arguments.value(2), arguments.value(3));
    }
    tst_CrashRecovery test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_crashrecovery.moc"
