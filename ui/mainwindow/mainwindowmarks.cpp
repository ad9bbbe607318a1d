// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// What the window does with searches and bookmarks, and before bookmarks would be lost.

#include "mainwindow.h"

#include "ui/mainwindow/sessionpage.h"
#include "ui/mainwindow/windowactions.h"
#include "ui/models/sessionitem.h"

#include <QAbstractButton>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace Sidewire {

void MainWindow::connectMarkActions()
{
    connect(m_actions->find, &QAction::triggered, this, [this] { currentPage()->view().find(); });
    connect(m_actions->findNext, &QAction::triggered, this, [this] { currentPage()->view().findNext(); });
    connect(m_actions->findPrevious, &QAction::triggered, this, [this] { currentPage()->view().findPrevious(); });
    connect(m_actions->toggleBookmark, &QAction::triggered, this, [this] {
        if (!currentPage()->view().toggleBookmark()) {
            say(tr("Select a message or bytes first"));
        }
    });
    connect(m_actions->editNote, &QAction::triggered, this, [this] {
        if (!currentPage()->editNote()) {
            say(tr("Select a message or bytes first"));
        }
    });
    const auto go = [this](TrafficView::Step step) {
        if (!currentPage()->view().goToBookmark(step)) {
            say(tr("There is no bookmark yet: Ctrl+B makes one"));
        }
    };
    connect(m_actions->nextBookmark, &QAction::triggered, this, [go] { go(TrafficView::Step::Next); });
    connect(m_actions->previousBookmark, &QAction::triggered, this, [go] { go(TrafficView::Step::Previous); });
    connect(m_actions->bookmarks, &QMenu::aboutToShow, this, [this] {
        if (SessionPage *page = currentPage()) {
            page->listBookmarks(*m_actions->bookmarks);
        }
    });
}

std::size_t MainWindow::unsavedBookmarks(const SessionPage *only) const
{
    std::size_t count = 0;
    for (const auto &page : m_sessionPages) {
        if (!only || only == page.get()) {
            count += page->view().marks().unsaved().size();
        }
    }
    return count;
}

/// Saves first or goes on without, as the user says; nothing where nothing is chosen.
void MainWindow::askAboutBookmarks(std::size_t count, const std::function<void()> &goOn)
{
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Bookmarks not saved"),
        //: %1 is a count
        tr("Changes of bookmarks and notes (%1) are in no file yet. Saving a copy of the log keeps them.").arg(count),
        QMessageBox::Cancel, this);
    question->setObjectName(QStringLiteral("unsavedBookmarksDialog"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    const QAbstractButton *discard = question->addButton(tr("&Discard them"), QMessageBox::DestructiveRole);
    const QAbstractButton *save = question->addButton(tr("&Save a copy…"), QMessageBox::AcceptRole);
    connect(question, &QMessageBox::buttonClicked, this, [this, discard, save, goOn](const QAbstractButton *button) {
        if (button == save) {
            showUnsaved();
            saveCopy();
        } else if (button == discard) {
            goOn();
        }
    });
    question->open();
}

/// Selects a session whose bookmarks are in no file, so that saving means its log.
void MainWindow::showUnsaved()
{
    const SessionPage *current = currentPage();
    if (current && unsavedBookmarks(current) > 0) {
        return;
    }
    for (const auto &page : m_sessionPages) {
        if (unsavedBookmarks(page.get()) > 0) {
            select(m_sessions.rowOf(&page->item()));
            return;
        }
    }
}

} // namespace Sidewire
