// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "mainwindow.h"

#include "core/index/sessionlog.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/models/sessionitem.h"

#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

#include <utility>

namespace Sidewire {

/// Whether something would be lost, about which the user is asked now.
bool MainWindow::asksBeforeClosing()
{
    const bool mayLose = std::exchange(m_mayLoseRecordings, false); // This time only: what follows may be cancelled
    if (SessionPage *page = mayLose ? nullptr : pageAtRisk()) {
        select(m_sessions.rowOf(&page->item()));
        askAboutRecording(*page, [this] {
            m_mayLoseRecordings = true;
            close();
        });
        return true;
    }
    if (const std::size_t unsaved = m_isClosingForGood ? 0 : unsavedBookmarks(); unsaved > 0) {
        askAboutBookmarks(unsaved, [this, mayLose] {
            m_isClosingForGood = true;
            m_mayLoseRecordings = mayLose;
            close();
        });
        return true;
    }
    return false;
}

bool MainWindow::isAtRisk(const SessionPage &page) const
{
    const std::shared_ptr<SessionLog> log = page.item().log();
    const std::shared_ptr<LiveStatus> live = log ? log->live() : nullptr;
    // At its size limit a log has all that was recorded.
    return live && (live->isRemoved || (live->isRecordingStalled && !live->isAtSizeLimit));
}

SessionPage *MainWindow::pageAtRisk() const
{
    for (const auto &page : m_sessionPages) {
        if (isAtRisk(*page)) {
            return page.get();
        }
    }
    return nullptr;
}

void MainWindow::askAboutRecording(SessionPage &page, const std::function<void()> &goOn)
{
    const std::shared_ptr<LiveStatus> live = page.item().log()->live();
    const bool isRemoved = live->isRemoved;
    auto *question = new QMessageBox(
        QMessageBox::Warning, tr("Recording not on the disk"),
        isRemoved ? tr("The file of this log was removed. What was recorded is lost with the session, unless a copy is "
                       "saved.")
                  //: %1 is why
                  : tr("The end of this log is not written: %1. It is lost when the session is closed before the disk "
                       "takes it.")
                        .arg(live->recordingError()),
        QMessageBox::Cancel, this);
    question->setObjectName(QStringLiteral("recordingAtRiskDialog"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    const QAbstractButton *lose = question->addButton(tr("Close and &lose it"), QMessageBox::DestructiveRole);
    const QAbstractButton *save =
        isRemoved ? question->addButton(tr("&Save a copy…"), QMessageBox::AcceptRole) : nullptr;
    connect(question, &QMessageBox::buttonClicked, this,
            [this, lose, save, goOn, guard = QPointer(&page)](const QAbstractButton *button) {
                if (button == lose) {
                    goOn();
                } else if (save && button == save && guard) {
                    select(m_sessions.rowOf(&guard->item()));
                    saveCopy();
                }
            });
    question->open();
}

} // namespace Sidewire
