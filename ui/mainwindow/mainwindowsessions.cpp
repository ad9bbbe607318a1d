// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// How sessions and opened logs come into the window, are selected and go.

#include "mainwindow.h"

#include "core/peers/builtinpeers.h"
#include "ui/mainwindow/pagearea.h"
#include "ui/mainwindow/sessionlist.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/mainwindow/startpage.h"
#include "ui/mainwindow/windowactions.h"
#include "ui/models/backgroundtask.h"
#include "ui/models/sessioncontrols.h"
#include "ui/models/sessionitem.h"
#include "ui/settings/keys.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/payloadlist.h"
#include "ui/widgets/targetbar.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QPointer>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace Sidewire {

namespace {

void showFirst(const FirstView &view, SessionPage &page)
{
    if (!view.filter.isEmpty()) {
        page.view().setMessageFilter(view.filter);
    }
    if (!view.find.isEmpty()) {
        page.view().markFound(view.find);
    }
}

} // namespace

void MainWindow::openTarget(const QString &target)
{
    m_bar->submit(target);
}

void MainWindow::openArgument(const QString &argument, const FirstView &view)
{
    if (QFileInfo::exists(argument)) {
        openLogWith(argument, view);
        return;
    }
    const std::size_t before = m_sessionPages.size();
    openTarget(argument);
    if (m_sessionPages.size() > before) {
        showFirst(view, *m_sessionPages.back());
    }
}

void MainWindow::openLog(const QString &path)
{
    openLogWith(path, {});
}

void MainWindow::openLogWith(const QString &path, const FirstView &view)
{
    runInBackground(
        this, [path] { return SessionLog::open(path); },
        [this, path, view](const Result<std::shared_ptr<SessionLog>> &log) {
            if (!log) {
                say(tr("%1 cannot be opened: %2").arg(QFileInfo(path).fileName(), log.error().detail));
                return;
            }
            addLog(*log);
            showFirst(view, *m_sessionPages.back());
            if (QFileInfo(path).absolutePath() == QFileInfo(m_store.folder()).absoluteFilePath()) {
                m_openedLeftovers.add(QFileInfo(path).fileName());
                tidyLogs();
            }
        });
}

void MainWindow::startPeer(const QString &id, Then then)
{
    const std::vector<BuiltinPeer> &peers = builtinPeers();
    const auto peer =
        std::find_if(peers.begin(), peers.end(), [&id](const BuiltinPeer &known) { return known.id == id; });
    if (peer == peers.end()) {
        say(tr("There is no built-in peer %1").arg(id));
        return;
    }
    SessionItem *item = open(peer->listener);
    item->setName(peer->title);
    if (then == Then::Connect) {
        connect(
            item, &SessionItem::listening, this,
            [this, peer, item] { openTarget(clientTarget(*peer, item->listeningPort())); }, Qt::SingleShotConnection);
    }
}

void MainWindow::sendText(const QString &text)
{
    if (SessionPage *page = currentPage()) {
        Payload payload = page->composer().payload();
        payload.mode = Payload::Mode::Text;
        payload.text = text;
        page->composer().setPayload(payload);
        page->composer().submit();
    }
}

QString MainWindow::stateText() const
{
    const SessionPage *page = currentPage();
    return page ? page->stateText() : QString();
}

SessionItem *MainWindow::open(const SessionSpec &spec)
{
    Result<QString> path = m_store.newPath(spec.target(), QDateTime::currentDateTime());
    if (!path) {
        say(tr("%1. The log goes to a temporary file").arg(path.error().detail));
    }
    const SessionId id = m_engine.open(spec, {path ? *path : QString(), {}});
    SessionItem *item = m_sessions.add(std::make_unique<SessionItem>(id, spec));
    addPage(*item);
    select(m_sessions.rowOf(item));
    return item;
}

void MainWindow::addLog(const std::shared_ptr<SessionLog> &log)
{
    SessionItem *item = m_sessions.add(std::make_unique<SessionItem>(log));
    addPage(*item);
    select(m_sessions.rowOf(item));
}

SessionPage *MainWindow::addPage(SessionItem &item)
{
    m_sessionPages.push_back(std::make_unique<SessionPage>(item, m_engine, m_settings));
    SessionPage *page = m_sessionPages.back().get();
    page->view().restoreState(Settings::TrafficState.read(m_settings));
    page->view().setTimeStyle(
        static_cast<TrafficView::TimeStyle>(m_actions->timeStyle->checkedAction()->data().toInt()));
    page->view().setStacked(m_isNarrow || m_area->beside() || m_actions->stacked->isChecked());
    m_area->follow(*page);
    connectFilter(*page);
    connect(page, &SessionPage::openRequested, this, &MainWindow::openTarget);
    connect(page, &SessionPage::openSpecRequested, this, &MainWindow::open);
    connect(page, &SessionPage::savePayloadRequested, m_payloads, &PayloadList::add);
    connect(&page->view(), &TrafficView::copied, this, &MainWindow::say);
    connect(page, &SessionPage::factsChanged, this, [this, page](const SessionFacts &facts) {
        if (page == currentPage()) {
            m_actions->setControls(SessionControls::of(facts));
        }
    });
    m_pages->addWidget(page);
    return page;
}

SessionPage *MainWindow::currentPage() const
{
    return m_area->active();
}

SessionPage *MainWindow::pageOf(const SessionItem &item) const
{
    const auto found = std::find_if(m_sessionPages.begin(), m_sessionPages.end(),
                                    [&item](const auto &page) { return &page->item() == &item; });
    Q_ASSERT(found != m_sessionPages.end());
    return found->get();
}

void MainWindow::select(int row)
{
    if (row >= 0 && row < m_sessions.rowCount()) {
        m_list->setCurrentIndex(m_sessions.index(row));
        currentPage()->focusPlace();
    }
}

void MainWindow::onSelected(int row)
{
    const SessionItem *item = m_sessions.item(row);
    if (!item) {
        return;
    }
    keepViewState();
    m_side->show();
    if (SessionPage *page = pageOf(*item); page == m_area->beside()) {
        m_area->activateBeside();
    } else {
        m_area->activateStack();
        m_pages->setCurrentWidget(page);
    }
    updateActions();
}

void MainWindow::keepViewState()
{
    if (const SessionPage *page = currentPage()) {
        Settings::TrafficState.write(m_settings, page->view().saveState());
    }
}

void MainWindow::removeCurrent()
{
    SessionPage *page = currentPage();
    if (!page) {
        return;
    }
    const auto goOn = [this, guard = QPointer(page)] {
        if (guard) {
            remove(*guard);
        }
    };
    if (isAtRisk(*page)) {
        askAboutRecording(*page, goOn);
    } else if (const std::size_t unsaved = unsavedBookmarks(page); unsaved > 0) {
        askAboutBookmarks(unsaved, goOn);
    } else {
        remove(*page);
    }
}

void MainWindow::remove(SessionPage &page)
{
    keepViewState();
    SessionItem &item = page.item();
    if (item.id()) {
        m_engine.end(*item.id());
    }
    const int row = m_sessions.rowOf(&item);
    if (&page == m_area->beside()) {
        m_area->endBeside();
    }
    m_pages->removeWidget(&page);
    std::erase_if(m_sessionPages, [&page](const auto &owned) { return owned.get() == &page; });
    m_sessions.remove(&item);
    if (m_sessions.rowCount() > 0) {
        const int next = std::min(row, m_sessions.rowCount() - 1);
        select(next);
        onSelected(next);
    } else {
        showStartPage();
    }
}

void MainWindow::showStartPage()
{
    keepViewState();
    m_list->selectionModel()->clear();
    m_side->setVisible(m_sessions.rowCount() > 0);
    m_area->activateStack();
    m_pages->setCurrentWidget(m_startPage);
    reloadPresets(); // Another program may have changed them
    updateActions();
    m_bar->focusField();
}

} // namespace Sidewire
