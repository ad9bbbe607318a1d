// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// Two sessions at once: beside each other, or merged on one time axis.

#include "mainwindow.h"

#include "ui/dialogs/mergedialog.h"
#include "ui/mainwindow/mergedpage.h"
#include "ui/mainwindow/pagearea.h"
#include "ui/mainwindow/sessionlist.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/mainwindow/windowactions.h"
#include "ui/models/sessionitem.h"

#include <QActionGroup>
#include <QItemSelectionModel>
#include <QMenu>
#include <QPointer>
#include <QStackedWidget>

#include <algorithm>

namespace Sidewire {

void MainWindow::connectTwoSessions()
{
    connect(m_actions->beside, &QAction::triggered, this, &MainWindow::toggleBeside);
    connect(m_actions->lockTime, &QAction::triggered, m_area, &PageArea::setTimeLocked);
    connect(m_actions->merge, &QAction::triggered, this, [this] { chooseMerged(); });
    connect(m_actions->merged, &QAction::triggered, this, &MainWindow::showMerged);
    connect(m_area, &PageArea::timeLockChanged, m_actions->lockTime, &QAction::setChecked);
    connect(m_area, &PageArea::activated, this, [this](const SessionPage *page) {
        m_list->setCurrentIndex(m_sessions.index(m_sessions.rowOf(&page->item())));
    });
    connect(m_area, &PageArea::besideChanged, this, [this] {
        foldViews();
        updateTwoSessions();
    });
    connect(&m_sessions, &QAbstractItemModel::rowsInserted, this, &MainWindow::updateTwoSessions);
    connect(&m_sessions, &QAbstractItemModel::rowsRemoved, this, &MainWindow::updateTwoSessions);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QWidget::customContextMenuRequested, this, &MainWindow::showListMenu);
    connect(m_actions->timeStyle, &QActionGroup::triggered, this, [this](const QAction *style) {
        if (m_merged) {
            m_merged->setTimeStyle(static_cast<TimeStyle>(style->data().toInt()));
        }
    });
    updateTwoSessions();
}

void MainWindow::updateTwoSessions()
{
    const bool areSeveral = m_sessions.rowCount() > 1;
    if (!areSeveral) {
        m_area->endBeside();
    }
    m_actions->beside->setEnabled(areSeveral || m_area->beside());
    m_actions->beside->setChecked(m_area->beside());
    m_actions->lockTime->setEnabled(m_area->beside());
    m_actions->merge->setEnabled(areSeveral);
    m_actions->merged->setEnabled(m_merged != nullptr);
}

void MainWindow::foldViews()
{
    const bool isStacked = m_isNarrow || m_area->beside() || m_actions->stacked->isChecked();
    for (const auto &page : m_sessionPages) {
        page->view().setStacked(isStacked);
    }
}

void MainWindow::toggleBeside()
{
    if (m_area->beside()) {
        m_area->endBeside();
        return;
    }
    m_actions->beside->setChecked(false); // Until one is chosen
    std::vector<const SessionItem *> others;
    const SessionPage *current = currentPage();
    for (int row = 0; row < m_sessions.rowCount(); ++row) {
        const SessionItem *item = m_sessions.item(row);
        if (!current || item != &current->item()) {
            others.push_back(item);
        }
    }
    if (others.size() == 1) {
        showBeside(*others.front());
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("besideMenu"));
    for (const SessionItem *item : others) {
        menu->addAction(item->name().replace(u'&', QLatin1String("&&")), item, [this, item] { showBeside(*item); });
    }
    menu->popup(m_area->mapToGlobal(QPoint(m_area->width() / 2, 0)));
}

void MainWindow::showBeside(const SessionItem &item)
{
    SessionPage *page = pageOf(item);
    if (page == m_area->beside()) {
        return;
    }
    if (page == m_pages->currentWidget()) { // Something else has to be shown where it was
        const auto other = std::ranges::find_if(
            m_sessionPages, [&](const auto &known) { return known.get() != page && known.get() != m_area->beside(); });
        if (other == m_sessionPages.end()) {
            return;
        }
        m_pages->setCurrentWidget(other->get());
    }
    m_area->showBeside(page);
    if (const SessionPage *shown = currentPage()) {
        m_list->setCurrentIndex(m_sessions.index(m_sessions.rowOf(&shown->item())));
    }
    updateActions();
}

void MainWindow::chooseMerged(const SessionItem *with)
{
    QStringList names;
    std::vector<QPointer<SessionItem>> items; // Sessions may go while the dialog is open
    std::vector<int> checked;
    const SessionPage *current = currentPage();
    for (int row = 0; row < m_sessions.rowCount(); ++row) {
        SessionItem *item = m_sessions.item(row);
        if (!item->log()) {
            continue;
        }
        const bool isBeside = m_area->beside() && item == &m_area->beside()->item();
        if ((current && item == &current->item()) || item == with || isBeside) {
            checked.push_back(static_cast<int>(items.size()));
        }
        items.push_back(item);
        names += item->name();
    }
    if (items.size() <= 2) {
        merge({items.begin(), items.end()});
        return;
    }
    auto *dialog = new MergeDialog(names, checked, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, items] {
        std::vector<SessionItem *> chosen;
        for (const int row : dialog->chosen()) {
            if (SessionItem *item = items[static_cast<std::size_t>(row)]) {
                chosen.push_back(item);
            }
        }
        merge(chosen);
    });
    dialog->open();
}

void MainWindow::merge(const std::vector<SessionItem *> &items)
{
    if (items.size() < 2) {
        say(tr("Two sessions with a log are needed"));
        return;
    }
    endMerged();
    m_merged = std::make_unique<MergedPage>(items);
    m_merged->setTimeStyle(static_cast<TimeStyle>(m_actions->timeStyle->checkedAction()->data().toInt()));
    // Queued: it is a button of the page that asks for it.
    connect(
        m_merged.get(), &MergedPage::closeRequested, this,
        [this] {
            endMerged();
            if (m_sessions.rowCount() > 0) {
                select(0);
            } else {
                showStartPage();
            }
        },
        Qt::QueuedConnection);
    m_pages->addWidget(m_merged.get());
    showMerged();
}

void MainWindow::showMerged()
{
    if (!m_merged) {
        return;
    }
    keepViewState();
    m_area->endBeside();
    m_list->selectionModel()->clear();
    m_pages->setCurrentWidget(m_merged.get());
    updateActions();
    updateTwoSessions();
    m_merged->focusPlace();
}

void MainWindow::endMerged()
{
    m_merged.reset();
    updateTwoSessions();
}

void MainWindow::showListMenu(const QPoint &position)
{
    const SessionItem *item = m_sessions.item(m_list->indexAt(position).row());
    if (!item) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *beside = menu->addAction(tr("Show &beside"), item, [this, item] { showBeside(*item); });
    beside->setEnabled(m_sessions.rowCount() > 1 && pageOf(*item) != m_area->beside());
    QAction *merged = menu->addAction(tr("&Merge by time…"), item, [this, item] { chooseMerged(item); });
    merged->setEnabled(m_sessions.rowCount() > 1);
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

} // namespace Sidewire
