// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "ui/dialogs/exportdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;

class tst_ExportDialog : public QObject
{
    Q_OBJECT

private:
    static std::shared_ptr<SessionLog> log();
    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void rawBytesAreOfOneDirection();
    void aFilterIsForMessagesOnly();
    void aFileThatCannotBeWrittenIsSaid();
};

std::shared_ptr<SessionLog> tst_ExportDialog::log()
{
    TestSupport::LogBuilder builder;
    builder.open();
    builder.out("to you\n").in("to ").in("me\n");
    return builder.finish(QStringLiteral("lines"));
}

void tst_ExportDialog::rawBytesAreOfOneDirection()
{
    ExportDialog dialog(log(), m_folder.path());
    auto *format = dialog.findChild<QComboBox *>(QStringLiteral("exportFormat"));
    format->setCurrentIndex(format->count() - 1);
    QCOMPARE(dialog.options().format, ExportFormat::Raw);
    QVERIFY(dialog.options().direction == Direction::In);
    QSignalSpy exported(&dialog, &ExportDialog::exported);
    const QString path = m_folder.filePath(QStringLiteral("in.bin"));
    dialog.start(path);
    QTRY_COMPARE(exported.size(), 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("to me\n"));
}

void tst_ExportDialog::aFilterIsForMessagesOnly()
{
    ExportDialog dialog(log(), m_folder.path());
    dialog.show();
    auto *only = dialog.findChild<QCheckBox *>(QStringLiteral("exportOnlyFiltered"));
    QVERIFY(!only->isVisible());
    QVERIFY(dialog.options().filter.isEmpty());
    dialog.setFilter(std::get<FilterExpression>(FilterExpression::parse(QStringLiteral("in"))), QStringLiteral("in"));
    QVERIFY(only->isVisible());
    QSignalSpy exported(&dialog, &ExportDialog::exported);
    const QString path = m_folder.filePath(QStringLiteral("in.txt"));
    dialog.start(path);
    QTRY_COMPARE(exported.size(), 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 1);
    only->setChecked(false);
    QVERIFY(dialog.options().filter.isEmpty());
    only->setChecked(true);
    dialog.findChild<QComboBox *>(QStringLiteral("exportFormat"))->setCurrentIndex(1); // Hex dump
    QVERIFY(!only->isEnabled());
    QVERIFY(dialog.options().filter.isEmpty());
}

void tst_ExportDialog::aFileThatCannotBeWrittenIsSaid()
{
    ExportDialog dialog(log(), m_folder.path());
    dialog.show();
    dialog.start(m_folder.filePath(QStringLiteral("no/such/folder/out.txt")));
    QTRY_VERIFY(dialog.findChild<QLabel *>(QStringLiteral("exportProblem"))->isVisible());
    QVERIFY(dialog.isVisible());
}

QTEST_MAIN(tst_ExportDialog)
#include "tst_exportdialog.moc"
