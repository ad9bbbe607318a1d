// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// Bookmarks of a session: made, written into its log, listed.

#include "sessionpage.h"

#include "core/base/clock.h"
#include "ui/dialogs/notedialog.h"
#include "ui/models/sessionitem.h"

#include <QMenu>

namespace Sidewire {

namespace {

constexpr std::size_t MaxInMenu = 50;

} // namespace

bool SessionPage::editNote()
{
    const std::optional<Bookmark> bookmark = m_view->selectedBookmark();
    if (!bookmark) {
        return false;
    }
    auto *dialog = new NoteDialog(m_view->titleOf({bookmark->position, 0, 0, {}}), bookmark->text, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, note = *bookmark]() mutable {
        note.text = dialog->text();
        keepBookmark(note.toEvent(Clock::now()));
    });
    dialog->open();
    return true;
}

/// Into the log while it is being written; otherwise it waits until the log is saved.
void SessionPage::keepBookmark(const Event &event)
{
    const std::shared_ptr<SessionLog> log = m_item.log();
    if (!log) {
        return;
    }
    const std::shared_ptr<LiveStatus> live = log->live();
    if (m_item.id() && live && live->isRunning.load()) {
        m_engine.bookmark(*m_item.id(), event);
    } else {
        m_view->keepUnsaved(event);
        refresh(); // Says so
    }
}

void SessionPage::listBookmarks(QMenu &menu)
{
    menu.clear();
    const std::vector<Bookmark> &bookmarks = m_view->marks().all();
    for (std::size_t index = 0; index < std::min(bookmarks.size(), MaxInMenu); ++index) {
        const Bookmark &bookmark = bookmarks[index];
        QString title = m_view->titleOf(bookmark);
        menu.addAction(title.replace(QLatin1Char('&'), QLatin1String("&&")), this,
                       [this, bookmark] { m_view->showBookmark(bookmark); });
    }
    if (bookmarks.size() > MaxInMenu) {
        menu.addAction(tr("%1 more: F2 goes through them").arg(bookmarks.size() - MaxInMenu))->setEnabled(false);
    }
    if (bookmarks.empty()) {
        menu.addAction(tr("None yet: Ctrl+B marks what is selected"))->setEnabled(false);
    }
}

} // namespace Sidewire
