// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "windowactions.h"

#include "core/peers/builtinpeers.h"
#include "ui/models/sessioncontrols.h"
#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

namespace Sidewire {

WindowActions::WindowActions(QMenuBar &bar)
    : QObject(&bar)
{
    buildFile(*bar.addMenu(tr("&File")));
    edit = bar.addMenu(tr("&Edit"));
    buildEdit(*edit);
    buildSession(*bar.addMenu(tr("&Session")));
    buildView(*bar.addMenu(tr("&View")));
    buildPeers(*bar.addMenu(tr("&Peers")));
    buildHelp(*bar.addMenu(tr("&Help")));
}

QAction *WindowActions::add(QMenu &menu, const char *name, const QString &text, const QKeySequence &keys)
{
    QAction *action = menu.addAction(text);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(keys);
    return action;
}

void WindowActions::buildFile(QMenu &menu)
{
    newSession = add(menu, "newSession", tr("&New session"), Qt::CTRL | Qt::Key_N);
    menu.addSeparator();
    openLog = add(menu, "openLog", tr("&Open log…"), Qt::CTRL | Qt::Key_O);
    openLog->setIcon(Theme::icon(Theme::Icon::Open));
    recentLogs = menu.addMenu(tr("&Recent logs"));
    saveCopy = add(menu, "saveCopy", tr("&Save a copy of the log…"), Qt::CTRL | Qt::Key_S);
    saveCopy->setIcon(Theme::icon(Theme::Icon::Save));
    exportLog = add(menu, "exportLog", tr("&Export…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    exportLog->setIcon(Theme::icon(Theme::Icon::Export));
    menu.addSeparator();
    quit = add(menu, "quit", tr("&Quit"), Qt::CTRL | Qt::Key_Q);
}

void WindowActions::buildEdit(QMenu &menu)
{
    m_copyEnd = menu.addSeparator();
    buildMarks(menu);
    menu.addSeparator();
    focusTarget = add(menu, "focusTarget", tr("&Target"), Qt::CTRL | Qt::Key_L);
    focusComposer = add(menu, "focusComposer", tr("Co&mposer"), Qt::CTRL | Qt::Key_E);
    savePayload =
        add(menu, "savePayload", tr("Save the selected message as a &payload"), Qt::CTRL | Qt::SHIFT | Qt::Key_P);
    sendTo = add(menu, "sendTo", tr("&Whom to send to"), Qt::CTRL | Qt::Key_T);
    QMenu *payloads = menu.addMenu(tr("&Send a payload"));
    for (int number = 1; number <= Numbered; ++number) {
        sendPayload.append(add(*payloads, "sendPayload", tr("Payload &%1").arg(number),
                               Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)));
    }
}

void WindowActions::buildMarks(QMenu &menu)
{
    find = add(menu, "find", tr("&Find…"), Qt::CTRL | Qt::Key_F);
    find->setIcon(Theme::icon(Theme::Icon::Find));
    findNext = add(menu, "findNext", tr("Find &next"), Qt::Key_F3);
    findPrevious = add(menu, "findPrevious", tr("Find p&revious"), Qt::SHIFT | Qt::Key_F3);
    menu.addSeparator();
    toggleBookmark = add(menu, "toggleBookmark", tr("Book&mark, or remove it"), Qt::CTRL | Qt::Key_B);
    editNote = add(menu, "editNote", tr("N&ote…"), Qt::CTRL | Qt::Key_M);
    nextBookmark = add(menu, "nextBookmark", tr("Ne&xt bookmark"), Qt::Key_F2);
    previousBookmark = add(menu, "previousBookmark", tr("Pre&vious bookmark"), Qt::SHIFT | Qt::Key_F2);
    bookmarks = menu.addMenu(tr("&Bookmarks"));
}

void WindowActions::buildSession(QMenu &menu)
{
    reconnect = add(menu, "reconnect", tr("&Connect again, into the same log"), Qt::CTRL | Qt::Key_R);
    stopReconnecting = add(menu, "stopReconnecting", tr("S&top connecting by itself"), Qt::CTRL | Qt::ALT | Qt::Key_R);
    options = add(menu, "options", tr("&Options of the next session…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O);
    options->setIcon(Theme::icon(Theme::Icon::Options));
    sessionOptions = add(menu, "sessionOptions", tr("Options of t&his session…"), Qt::CTRL | Qt::ALT | Qt::Key_O);
    menu.addSeparator();
    close = add(menu, "close", tr("C&lose"), Qt::CTRL | Qt::Key_D);
    close->setIcon(Theme::icon(Theme::Icon::Close));
    closeWithCode = add(menu, "closeWithCode", tr("Close with a code and a r&eason…"), Qt::CTRL | Qt::ALT | Qt::Key_K);
    halfClose = add(menu, "halfClose", tr("&Half-close: FIN only"), Qt::CTRL | Qt::ALT | Qt::Key_D);
    reset = add(menu, "reset", tr("&Reset: RST"), Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    reset->setIcon(Theme::icon(Theme::Icon::Reset));
    pause = add(menu, "pause", tr("&Pause or resume reading"), Qt::CTRL | Qt::Key_P);
    pause->setIcon(Theme::icon(Theme::Icon::Pause));
    startTls = add(menu, "startTls", tr("Start TLS &now"), Qt::CTRL | Qt::SHIFT | Qt::Key_T);
    menu.addSeparator();
    duplicateSession = add(menu, "duplicateSession", tr("Open the same a&gain"), Qt::CTRL | Qt::SHIFT | Qt::Key_N);
    savePreset = add(menu, "savePreset", tr("Sa&ve as a preset…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    copyAs = menu.addMenu(tr("Cop&y session as"));
    menu.addSeparator();
    QMenu *sessions = menu.addMenu(tr("&Select"));
    for (int number = 1; number <= Numbered; ++number) {
        selectSession.append(add(*sessions, "selectSession", tr("Session &%1").arg(number),
                                 Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + number)));
    }
    remove = add(menu, "remove", tr("Re&move; its log is kept"), Qt::CTRL | Qt::Key_W);
}

void WindowActions::buildView(QMenu &menu)
{
    timeStyle = new QActionGroup(this);
    QMenu *times = menu.addMenu(tr("&Time"));
    const std::array styles{std::tuple("timeAbsolute", tr("&Time of day"), Qt::Key_T),
                            std::tuple("timeRelative", tr("Since the &first record"), Qt::Key_F),
                            std::tuple("timeDelta", tr("Since the row &before"), Qt::Key_B)};
    for (const auto &[name, text, key] : styles) {
        QAction *style = add(*times, name, text, Qt::CTRL | Qt::ALT | key);
        style->setCheckable(true);
        style->setData(static_cast<int>(timeStyle->actions().size()));
        timeStyle->addAction(style);
    }
    detail = add(menu, "detail", tr("&Detail"), Qt::Key_F4);
    detail->setCheckable(true);
    frame = add(menu, "frame", tr("&Frame of the message"), Qt::SHIFT | Qt::Key_F8);
    timeline = add(menu, "timeline", tr("Time&line of the session"), Qt::Key_F7);
    connection = add(menu, "connection", tr("&Connection and its TLS"), Qt::Key_F5);
    bestDetail = add(menu, "bestDetail", tr("Detail that fits &best"), Qt::SHIFT | Qt::Key_F4);
    selectionFacts = add(menu, "selectionFacts", tr("Facts of the selecte&d bytes"), Qt::SHIFT | Qt::Key_F5);
    stacked = add(menu, "stacked", tr("&Stack the views"), Qt::Key_F6);
    stacked->setCheckable(true);
    menu.addSeparator();
    startHere = add(menu, "startHere", tr("Start view &here"), Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    showAll = add(menu, "showAll", tr("Show &all again"), Qt::CTRL | Qt::ALT | Qt::Key_L);
    follow = add(menu, "follow", tr("&Follow what comes"), Qt::Key_F8);
    follow->setIcon(Theme::icon(Theme::Icon::Follow));
    menu.addSeparator();
    beside = add(menu, "beside", tr("A second session &beside…"), Qt::SHIFT | Qt::Key_F6);
    beside->setCheckable(true);
    lockTime = add(menu, "lockTime", tr("Loc&k the time of both"), Qt::CTRL | Qt::SHIFT | Qt::Key_F6);
    lockTime->setCheckable(true);
    merge = add(menu, "merge", tr("&Merge sessions by time…"), Qt::SHIFT | Qt::Key_F7);
    merged = add(menu, "merged", tr("Back to the merged l&ist"), Qt::CTRL | Qt::SHIFT | Qt::Key_F7);
    menu.addSeparator();
    focusFilter = add(menu, "focusFilter", tr("F&ilter the messages"), Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    focusFilter->setIcon(Theme::icon(Theme::Icon::Filter));
    highlightRules = add(menu, "highlightRules", tr("Highlight &rules…"), Qt::CTRL | Qt::ALT | Qt::Key_M);
    menu.addSeparator();
    foldConnections = add(menu, "foldConnections", tr("Table of &clients or peers"), Qt::Key_F9);
    focusConnections = add(menu, "focusConnections", tr("&Go to the table"), Qt::CTRL | Qt::Key_K);
    showOnlySelected =
        add(menu, "showOnlySelected", tr("Show &only the selected ones"), Qt::CTRL | Qt::SHIFT | Qt::Key_H);
    showEveryConnection = add(menu, "showEveryConnection", tr("Show &every one again"), Qt::CTRL | Qt::ALT | Qt::Key_H);
}

void WindowActions::buildPeers(QMenu &menu)
{
    for (const BuiltinPeer &peer : builtinPeers()) {
        const int number = static_cast<int>(peers.size()) + 1;
        QAction *action =
            add(menu, "peer", tr("Start %1").arg(peer.title),
                number <= Numbered ? QKeySequence(Qt::CTRL | Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + number))
                                   : QKeySequence());
        action->setData(peer.id);
        action->setToolTip(peer.description);
        peers.append(action);
    }
    menu.setToolTipsVisible(true);
}

void WindowActions::buildHelp(QMenu &menu)
{
    const std::array pages{
        std::tuple("shortcuts", tr("&Keyboard and reading…"), QKeySequence(Qt::Key_F1)),
        std::tuple("filter", tr("&Filter and highlight rules…"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_F3)),
        std::tuple("finding", tr("&Finding and bookmarks…"), QKeySequence(Qt::CTRL | Qt::Key_F3)),
        std::tuple("options", tr("&Options…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F1)),
        std::tuple("payloads", tr("Pa&yloads, two sessions at once…"), QKeySequence(Qt::CTRL | Qt::Key_F6)),
        std::tuple("lenses", tr("L&enses…"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_F2)),
        std::tuple("frames", tr("&Frames and stages…"), QKeySequence(Qt::ALT | Qt::Key_F3)),
        std::tuple("websocket", tr("&WebSocket…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F3)),
        std::tuple("listeners", tr("&Listeners…"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_F1)),
        std::tuple("tls", tr("&TLS…"), QKeySequence(Qt::CTRL | Qt::Key_F2)),
        std::tuple("connecting", tr("P&roxies, redirects and connecting again…"),
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F2)),
        std::tuple("presets", tr("&Presets…"), QKeySequence(Qt::CTRL | Qt::Key_F1)),
        std::tuple("commands", tr("&Commands of other tools…"), QKeySequence(Qt::ALT | Qt::Key_F1))};
    for (const auto &[page, text, keys] : pages) {
        QAction *action = add(menu, "helpPage", text, keys);
        action->setData(QString::fromLatin1(page));
        helpPages.append(action);
    }
    menu.addSeparator();
    about = add(menu, "about", tr("&About Sidewire"), Qt::SHIFT | Qt::Key_F1);
}

void WindowActions::setSessionState(bool hasSession, bool hasLog, bool isRunning)
{
    for (QAction *action : {remove, focusComposer}) {
        action->setEnabled(hasSession);
    }
    for (QAction *action : {saveCopy,
                            exportLog,
                            detail,
                            frame,
                            timeline,
                            connection,
                            bestDetail,
                            selectionFacts,
                            stacked,
                            startHere,
                            showAll,
                            follow,
                            focusFilter,
                            savePayload,
                            find,
                            findNext,
                            findPrevious,
                            toggleBookmark,
                            editNote,
                            nextBookmark,
                            previousBookmark,
                            foldConnections,
                            focusConnections,
                            showOnlySelected,
                            showEveryConnection}) {
        action->setEnabled(hasLog);
    }
    sessionOptions->setEnabled(isRunning);
    duplicateSession->setEnabled(isRunning);
    copyAs->setEnabled(isRunning);
    sendTo->setEnabled(isRunning);
    if (!isRunning) {
        setControls({});
    }
    for (QAction *action : std::as_const(sendPayload)) {
        action->setEnabled(isRunning);
    }
}

void WindowActions::setControls(const SessionControls &can)
{
    reconnect->setEnabled(can.canReconnect);
    stopReconnecting->setEnabled(can.canStopReconnecting);
    close->setEnabled(can.canClose);
    closeWithCode->setEnabled(can.canCloseWithCode);
    halfClose->setEnabled(can.canHalfClose);
    reset->setEnabled(can.canReset);
    pause->setEnabled(can.canPause);
    startTls->setEnabled(can.canStartTls);
}

void WindowActions::setCopyActions(const QList<QAction *> &actions)
{
    for (const QPointer<QAction> &action : std::as_const(m_copyActions)) {
        if (action) {
            edit->removeAction(action);
        }
    }
    m_copyActions = {actions.begin(), actions.end()};
    edit->insertActions(m_copyEnd, actions);
}

} // namespace Sidewire
