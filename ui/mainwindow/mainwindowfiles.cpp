// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// What the window does with files: logs, exports, payloads from messages, dialogs.

#include "mainwindow.h"

#include "core/payload/hex.h"
#include "core/payload/text.h"
#include "ui/dialogs/exportdialog.h"
#include "ui/dialogs/helpdialog.h"
#include "ui/dialogs/optionsdialog.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/mainwindow/startpage.h"
#include "ui/mainwindow/windowactions.h"
#include "ui/models/backgroundtask.h"
#include "ui/models/sessionitem.h"
#include "ui/settings/keys.h"
#include "ui/widgets/payloadlist.h"
#include "ui/widgets/targetbar.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>

namespace Sidewire {

namespace {

constexpr int MaxRecentInMenu = 20;

QString ampersandsDoubled(QString text)
{
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

void MainWindow::connectFileActions()
{
    connect(m_actions->newSession, &QAction::triggered, this, &MainWindow::showStartPage);
    connect(m_actions->openLog, &QAction::triggered, this, &MainWindow::chooseLog);
    connect(m_actions->saveCopy, &QAction::triggered, this, &MainWindow::saveCopy);
    connect(m_actions->exportLog, &QAction::triggered, this, &MainWindow::exportCurrent);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    for (QAction *action : std::as_const(m_actions->helpPages)) {
        connect(action, &QAction::triggered, this, [this, name = action->data().toString()] { showHelp(name); });
    }
    connect(m_actions->about, &QAction::triggered, this, [this] {
        auto *about = new QMessageBox(QMessageBox::NoIcon, tr("About Sidewire"),
                                      tr("Sidewire %1\nA network inspector: bytes beside messages.\nMIT licence.")
                                          .arg(QCoreApplication::applicationVersion()),
                                      QMessageBox::Close, this);
        about->setAttribute(Qt::WA_DeleteOnClose);
        about->setTextFormat(Qt::PlainText);
        about->open();
    });
}

void MainWindow::editOptions()
{
    auto *dialog = new OptionsDialog(m_bar->spec(), OptionsDialog::For::NextSession, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_bar->setOptions(dialog->options());
        m_bar->setFocus();
    });
    dialog->open();
}

void MainWindow::showHelp(const QString &page)
{
    auto *help = new HelpDialog(page, this);
    help->setAttribute(Qt::WA_DeleteOnClose);
    help->show();
}

void MainWindow::chooseLog()
{
    auto *dialog = new QFileDialog(this, tr("Open a log"), Settings::LastFolder.read(m_settings),
                                   tr("Captures (*.pcapng *.ntar);;All files (*)"));
    dialog->setObjectName(QStringLiteral("openLogDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        Settings::LastFolder.write(m_settings, QFileInfo(path).absolutePath());
        openLog(path);
    });
    dialog->open();
}

void MainWindow::saveCopy()
{
    SessionPage *page = currentPage();
    if (!page || !page->item().log()) {
        return;
    }
    auto *dialog = new QFileDialog(this, tr("Save a copy of the log"), Settings::LastFolder.read(m_settings));
    dialog->setObjectName(QStringLiteral("saveCopyDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pcapng"));
    dialog->selectFile(QFileInfo(page->item().log()->file()->path()).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, guard = QPointer(page)](const QString &path) {
        Settings::LastFolder.write(m_settings, QFileInfo(path).absolutePath());
        if (guard) {
            saveCopyTo(*guard, path);
        }
    });
    dialog->open();
}

void MainWindow::saveCopyTo(SessionPage &page, const QString &path)
{
    const std::shared_ptr<SessionLog> log = page.item().log();
    const std::vector<Event> unsaved = page.view().marks().unsaved();
    const SessionLog::Progress progress = log->progress();
    const qint64 length = progress.isComplete ? progress.position : progress.size;
    runInBackground(
        this, [=] { return LogStore::copy(*log->file(), path, unsaved, length); },
        [this, path, count = unsaved.size(), guard = QPointer(&page)](const Result<void> &done) {
            if (done && guard) {
                guard->view().markSaved(count);
                guard->item().log()->ringDoorbell();
            }
            say(done ? tr("Saved %1").arg(path) : tr("%1 was not saved: %2").arg(path, done.error().detail));
        });
}

void MainWindow::exportCurrent()
{
    const SessionPage *page = currentPage();
    if (!page || !page->item().log()) {
        return;
    }
    auto *dialog = new ExportDialog(page->item().log(), Settings::LastFolder.read(m_settings), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!page->view().messageFilter().isEmpty()) {
        dialog->setFilter(page->view().messageExpression(), page->view().messageFilter());
    }
    connect(dialog, &ExportDialog::exported, this, [this](const QString &path) {
        Settings::LastFolder.write(m_settings, QFileInfo(path).absolutePath());
        say(tr("Exported to %1").arg(path));
    });
    dialog->open();
}

void MainWindow::saveSelectionAsPayload()
{
    const SessionPage *page = currentPage();
    const std::optional<QByteArray> content = page ? page->view().selectedContent() : std::nullopt;
    if (!content) {
        say(tr("No message is selected, or it is too long for a payload"));
        return;
    }
    Payload payload;
    if (Text::isValidUtf8(*content) && !content->contains('\0') && !content->contains('\r')) {
        payload.text = QString::fromUtf8(*content);
    } else {
        payload.mode = Payload::Mode::Hex;
        payload.text = Hex::fromBytes(*content);
        payload.as = Payload::As::Binary;
    }
    m_payloads->add(payload);
}

void MainWindow::tidyLogs()
{
    QStringList own;
    for (int row = 0; row < m_sessions.rowCount(); ++row) {
        if (const std::shared_ptr<SessionLog> log = m_sessions.item(row)->log()) {
            own.append(QFileInfo(log->file()->path()).absoluteFilePath());
        }
    }
    const qint64 budget = Settings::LogBudget.read(m_settings);
    runInBackground(
        this, [store = m_store, budget, own] { return store.trimmed(budget, own); },
        [this](const QList<StoredLog> &logs) { setLogs(logs); });
}

void MainWindow::setLogs(QList<StoredLog> logs)
{
    for (StoredLog &log : logs) {
        log.isLeftover = log.isLeftover && !m_openedLeftovers.items().contains(QFileInfo(log.path).fileName());
    }
    m_startPage->setLogs(logs);
    m_actions->recentLogs->clear();
    for (const StoredLog &log : std::as_const(logs)) {
        if (log.isInUse) {
            continue;
        }
        if (m_actions->recentLogs->actions().size() == MaxRecentInMenu) {
            break;
        }
        m_actions->recentLogs->addAction(ampersandsDoubled(log.title()), this,
                                         [this, path = log.path] { openLog(path); });
    }
    m_actions->recentLogs->setEnabled(!m_actions->recentLogs->isEmpty());
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile()) {
            openLog(url.toLocalFile());
        }
    }
    event->acceptProposedAction();
}

} // namespace Sidewire
