// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "mainwindow.h"

#include "ui/mainwindow/connectionspane.h"
#include "ui/mainwindow/mergedpage.h"
#include "ui/mainwindow/pagearea.h"
#include "ui/mainwindow/sessionlist.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/mainwindow/startpage.h"
#include "ui/mainwindow/windowactions.h"
#include "ui/models/sessioncontrols.h"
#include "ui/models/sessionitem.h"
#include "ui/settings/keys.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/payloadlist.h"
#include "ui/widgets/recipientbutton.h"
#include "ui/widgets/targetbar.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenuBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int NarrowWidth = 1200; // px: below, the views stack and the list folds
constexpr int SideWidth = 210;
constexpr int FoldedWidth = 36;
constexpr int MessageMilliseconds = 8000;

QString settingsFile(const WindowPlaces &places)
{
    if (!places.settingsFile.isEmpty()) {
        return places.settingsFile;
    }
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("sidewire"), QStringLiteral("sidewire"))
        .fileName();
}

} // namespace

MainWindow::MainWindow(Engine &engine, const WindowPlaces &places, QWidget *parent)
    : QMainWindow(parent)
    , m_engine(engine)
    , m_settings(settingsFile(places), QSettings::IniFormat)
    , m_openedLeftovers(m_settings, Settings::OpenedLeftovers, Settings::OpenedLeftoverLimit)
    , m_store(places.logFolder.isEmpty() ? LogStore::defaultFolder() : places.logFolder)
    , m_presets(QFileInfo(m_settings.fileName()).path() + QStringLiteral("/presets.json"))
    , m_actions(new WindowActions(*menuBar()))
    , m_bar(new TargetBar(m_settings, this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_side(new QSplitter(Qt::Vertical, this))
    , m_list(new SessionList(this))
    , m_payloadPanel(new QWidget(this))
    , m_payloads(new PayloadList(m_settings, m_payloadPanel))
    , m_area(new PageArea(this))
    , m_pages(&m_area->stack())
    , m_startPage(new StartPage(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    buildLayout();
    connectEngine();
    connectBar();
    connectStartPage();
    connectSessionActions();
    connectViewActions();
    connectMarkActions();
    connectFileActions();
    connectPresets();
    connectTwoSessions();
    connectFilterActions();
    restore();
    showStartPage();
    tidyLogs();
}

MainWindow::~MainWindow()
{
    m_area->endBeside(); // The pages go before the area does
    m_list->setModel(nullptr); // The sessions go before the list does
}

void MainWindow::buildLayout()
{
    auto *central = new QWidget(this);
    auto *barRow = new QVBoxLayout;
    barRow->setContentsMargins(6, 6, 6, 6);
    barRow->addWidget(m_bar);

    auto *payloadTitle = new QLabel(tr("Payloads"), m_payloadPanel);
    payloadTitle->setContentsMargins(8, 4, 8, 2);
    payloadTitle->setForegroundRole(QPalette::PlaceholderText);
    auto *payloadLayout = new QVBoxLayout(m_payloadPanel);
    payloadLayout->setContentsMargins(0, 0, 0, 0);
    payloadLayout->setSpacing(0);
    payloadLayout->addWidget(payloadTitle);
    payloadLayout->addWidget(m_payloads, 1);

    m_list->setModel(&m_sessions);
    m_side->addWidget(m_list);
    m_side->addWidget(m_payloadPanel);
    m_side->setStretchFactor(0, 1);
    m_side->setSizes({400, 180});
    m_side->setChildrenCollapsible(false);
    m_pages->addWidget(m_startPage);
    m_splitter->addWidget(m_side);
    m_splitter->addWidget(m_area);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({SideWidth, NarrowWidth});
    m_splitter->setChildrenCollapsible(false);

    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(barRow);
    layout->addWidget(m_splitter, 1);
    setCentralWidget(central);
    statusBar()->setObjectName(QStringLiteral("windowStatus"));
    statusBar()->hide();
    connect(statusBar(), &QStatusBar::messageChanged, this,
            [this](const QString &text) { statusBar()->setVisible(!text.isEmpty()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { onSelected(current.row()); });
}

void MainWindow::restore()
{
    resize(1280, 760);
    restoreGeometry(Settings::WindowGeometry.read(m_settings));
    m_splitter->restoreState(Settings::SideSplitter.read(m_settings));
    m_side->restoreState(Settings::PayloadSplitter.read(m_settings));
    const int style = qBound(0, Settings::TimeStyle.read(m_settings), 2);
    m_actions->timeStyle->actions().at(style)->setChecked(true);
    m_actions->stacked->setChecked(Settings::Stacked.read(m_settings));
    fold(width() < NarrowWidth);
}

void MainWindow::connectEngine()
{
    connect(&m_engine, &Engine::opened, this, [this](SessionId id, const std::shared_ptr<SessionLog> &log) {
        if (SessionItem *item = m_sessions.find(id)) {
            item->setLog(log);
            updateActions();
        }
    });
    connect(&m_engine, &Engine::openFailed, this, [this](SessionId id, const Error &error) {
        if (SessionItem *item = m_sessions.find(id)) {
            item->setOpenError(error.detail);
            updateActions();
        }
    });
    connect(&m_engine, &Engine::sendRejected, this, [this](SessionId id, const Error &error) {
        if (SessionItem *item = m_sessions.find(id)) {
            pageOf(*item)->showRejection(error);
        }
    });
    connect(&m_engine, &Engine::ended, this, &MainWindow::tidyLogs);
}

void MainWindow::connectBar()
{
    connect(m_bar, &TargetBar::openRequested, this, [this](const SessionSpec &spec) {
        open(spec);
        m_startPage->setRecentTargets(m_bar->recentTargets());
    });
    connect(m_bar, &TargetBar::optionsRequested, this, &MainWindow::editOptions);
    connect(m_payloads, &PayloadList::sendRequested, this, [this](const Payload &payload) {
        if (SessionPage *page = currentPage()) {
            page->composer().sendPayload(payload);
        }
    });
    connect(m_payloads, &PayloadList::composeRequested, this, [this](const Payload &payload) {
        if (SessionPage *page = currentPage()) {
            page->composer().setPayload(payload);
            page->composer().focusField();
        }
    });
    m_startPage->setRecentTargets(m_bar->recentTargets());
}

void MainWindow::connectStartPage()
{
    connect(m_startPage, &StartPage::echoRequested, this, [this](const QString &id) { startPeer(id, Then::Connect); });
    connect(m_startPage, &StartPage::peerRequested, this, [this](const QString &id) { startPeer(id); });
    connect(m_startPage, &StartPage::listenRequested, this, [this] {
        m_bar->setText(QStringLiteral("tcp-listen://127.0.0.1:"));
        m_bar->setFocus();
    });
    connect(m_startPage, &StartPage::openLogRequested, this, &MainWindow::chooseLog);
    connect(m_startPage, &StartPage::targetRequested, this, &MainWindow::openTarget);
    connect(m_startPage, &StartPage::logRequested, this, &MainWindow::openLog);
}

void MainWindow::connectSessionActions()
{
    const auto onPage = [this](QAction *action, void (SessionPage::*act)()) {
        connect(action, &QAction::triggered, this, [this, act] {
            if (SessionPage *page = currentPage()) {
                (page->*act)();
            }
        });
    };
    onPage(m_actions->reconnect, &SessionPage::reconnect);
    onPage(m_actions->close, &SessionPage::closeConnection);
    onPage(m_actions->halfClose, &SessionPage::halfClose);
    onPage(m_actions->reset, &SessionPage::reset);
    onPage(m_actions->pause, &SessionPage::togglePause);
    onPage(m_actions->closeWithCode, &SessionPage::askCloseCode);
    onPage(m_actions->startTls, &SessionPage::startTls);
    onPage(m_actions->stopReconnecting, &SessionPage::stopReconnecting);
    onPage(m_actions->sessionOptions, &SessionPage::editOptions);
    connect(m_actions->remove, &QAction::triggered, this, &MainWindow::removeCurrent);
    connect(m_actions->options, &QAction::triggered, this, &MainWindow::editOptions);
    connect(m_actions->focusTarget, &QAction::triggered, m_bar, &TargetBar::focusField);
    connect(m_actions->focusComposer, &QAction::triggered, this, [this] { currentPage()->composer().focusField(); });
    connect(m_actions->savePayload, &QAction::triggered, this, &MainWindow::saveSelectionAsPayload);
    for (int index = 0; index < WindowActions::Numbered; ++index) {
        connect(m_actions->selectSession.at(index), &QAction::triggered, this, [this, index] { select(index); });
        connect(m_actions->sendPayload.at(index), &QAction::triggered, this, [this, index] {
            SessionPage *page = currentPage();
            if (page && index < m_payloads->payloads().size()) {
                page->composer().sendPayload(m_payloads->payloads().at(index).payload);
            }
        });
    }
    for (QAction *peer : std::as_const(m_actions->peers)) {
        connect(peer, &QAction::triggered, this, [this, peer] { startPeer(peer->data().toString()); });
    }
}

void MainWindow::connectViewActions()
{
    connect(m_actions->timeStyle, &QActionGroup::triggered, this, [this](const QAction *style) {
        Settings::TimeStyle.write(m_settings, style->data().toInt());
        for (const auto &page : m_sessionPages) {
            page->view().setTimeStyle(static_cast<TrafficView::TimeStyle>(style->data().toInt()));
        }
    });
    connect(m_actions->detail, &QAction::triggered, this,
            [this](bool on) { currentPage()->view().setDetailVisible(on); });
    connect(m_actions->frame, &QAction::triggered, this, [this] {
        currentPage()->view().showFrame();
        m_actions->detail->setChecked(true);
    });
    connect(m_actions->timeline, &QAction::triggered, this, [this] {
        currentPage()->view().showTimeline();
        m_actions->detail->setChecked(true);
    });
    connect(m_actions->bestDetail, &QAction::triggered, this, [this] {
        currentPage()->view().showBestDetail();
        m_actions->detail->setChecked(true);
    });
    connect(m_actions->selectionFacts, &QAction::triggered, this, [this] {
        currentPage()->view().showSelectionFacts();
        m_actions->detail->setChecked(true);
    });
    connect(m_actions->connection, &QAction::triggered, this, [this] {
        currentPage()->showConnection();
        m_actions->detail->setChecked(true);
    });
    connect(m_actions->stacked, &QAction::triggered, this, [this](bool on) {
        Settings::Stacked.write(m_settings, on);
        foldViews();
    });
    connect(m_actions->startHere, &QAction::triggered, this, [this] { currentPage()->startViewHere(); });
    connect(m_actions->showAll, &QAction::triggered, this, [this] { currentPage()->view().showAll(); });
    connect(m_actions->foldConnections, &QAction::triggered, this, [this] {
        ConnectionsPane &pane = currentPage()->connections();
        pane.setFolded(!pane.isFolded());
    });
    connect(m_actions->focusConnections, &QAction::triggered, this,
            [this] { currentPage()->connections().focusTable(); });
    connect(m_actions->showOnlySelected, &QAction::triggered, this,
            [this] { currentPage()->connections().showOnlySelected(); });
    connect(m_actions->showEveryConnection, &QAction::triggered, this,
            [this] { currentPage()->connections().showEvery(); });
    connect(m_actions->sendTo, &QAction::triggered, this, [this] {
        if (RecipientButton &button = currentPage()->composer().recipients(); button.isVisible()) {
            button.openMenu();
        }
    });
    connect(m_actions->follow, &QAction::triggered, this, [this] { currentPage()->view().setFollowing(true); });
}

void MainWindow::updateActions()
{
    const SessionPage *page = currentPage();
    const bool hasLog = page && page->item().log();
    m_actions->setSessionState(page, hasLog, page && !page->item().isOpenedLog());
    if (page) {
        m_actions->setControls(SessionControls::of(page->item().facts()));
    }
    m_actions->setCopyActions(page ? page->view().copyActions() : QList<QAction *>());
    m_actions->detail->setChecked(page && page->view().isDetailVisible());
    updateTitle();
}

void MainWindow::updateTitle()
{
    const SessionPage *page = currentPage();
    setWindowTitle(page ? tr("%1 — Sidewire").arg(page->item().name()) : tr("Sidewire"));
}

void MainWindow::fold(bool isNarrow)
{
    m_isNarrow = isNarrow;
    m_payloadPanel->setVisible(!isNarrow);
    m_splitter->setSizes({isNarrow ? FoldedWidth : SideWidth, std::max(width() - SideWidth, 1)});
    foldViews();
}

void MainWindow::say(const QString &text)
{
    statusBar()->showMessage(text, MessageMilliseconds);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (asksBeforeClosing()) {
        event->ignore();
        return;
    }
    Settings::WindowGeometry.write(m_settings, saveGeometry());
    if (!m_isNarrow) {
        Settings::SideSplitter.write(m_settings, m_splitter->saveState());
        Settings::PayloadSplitter.write(m_settings, m_side->saveState());
    }
    keepViewState();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    const bool isNarrow = width() < NarrowWidth;
    if (isNarrow != m_isNarrow) {
        fold(isNarrow);
    }
}

} // namespace Sidewire
