// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// What can be done to the connections that are selected.

#include "connectionspane.h"

#include "ui/dialogs/joingroupdialog.h"
#include "ui/models/connectiontext.h"
#include "ui/models/sessionitem.h"
#include "ui/views/connectionsview.h"
#include "ui/widgets/waitingbar.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace Sidewire {

namespace {

constexpr int Accepted = 101; // RFC 9110, 15.2.2

} // namespace

QAction *ConnectionsPane::makeAction(const char *name, const QString &text, Theme::Icon icon, const QString &tip)
{
    auto *action = new QAction(Theme::icon(icon), text, this);
    action->setProperty("name", QLatin1String(name));
    action->setToolTip(tip);
    return action;
}

QAction *ConnectionsPane::makeCommand(const char *name, const QString &text, Theme::Icon icon, const QString &tip,
                                      Command command)
{
    QAction *action = makeAction(name, text, icon, tip);
    connect(action, &QAction::triggered, this, [this, command] {
        if (m_item.id() && !selected().empty()) {
            (m_engine.*command)(*m_item.id(), selected());
        }
    });
    return action;
}

void ConnectionsPane::buildActions()
{
    using Theme::Icon;
    m_close = makeCommand("closeSelected", tr("Close"), Icon::Close,
                          tr("Close the selected ones in an orderly way (Del)"), &Engine::close);
    m_closeAll = makeAction("closeAll", tr("Close all"), Icon::Close,
                            tr("Close all that are open; the listener goes on listening"));
    connect(m_closeAll, &QAction::triggered, this, &ConnectionsPane::closeAll);
    m_reset =
        makeCommand("resetSelected", tr("Reset"), Icon::Reset,
                    tr("Send RST to the selected ones; what is queued is discarded (Ctrl+Shift+R)"), &Engine::reset);
    m_halfClose = makeCommand("halfCloseSelected", tr("Half-close: FIN only"), Icon::Close,
                              tr("End our direction of the selected ones (Ctrl+Alt+D)"), &Engine::finishSending);
    m_startTls = makeCommand("startTlsSelected", tr("Start TLS now"), Icon::Connect,
                             tr("Begin TLS as the server on the selected ones"), &Engine::startTls);
    m_pause = makeAction("pauseSelected", tr("Pause"), Icon::Pause,
                         tr("Stop reading from the selected ones; what comes waits in the kernel (Ctrl+P)"));
    m_sendTo = makeAction("sendToSelected", tr("Send to"), Icon::Send,
                          tr("What is composed goes to the selected ones alone (Enter)"));
    m_showOnly = makeAction("showOnlySelected", tr("Show only"), Icon::Find,
                            tr("Show the selected ones alone in both views (Ctrl+Shift+H)"));
    m_showEvery = makeAction("showEveryConnection", tr("Show all"), Icon::Remove,
                             tr("Show all in both views again (Ctrl+Alt+H)"));
    m_copy = makeAction("copyEndpoints", tr("Copy endpoint"), Icon::Copy, tr("Copy address and port (Ctrl+C)"));
    connect(m_pause, &QAction::triggered, this, &ConnectionsPane::togglePause);
    connect(m_sendTo, &QAction::triggered, this, [this] {
        if (hasReceivers() && !selected().empty()) {
            Q_EMIT sendToRequested(selected());
        }
    });
    connect(m_showOnly, &QAction::triggered, this, &ConnectionsPane::showOnlySelected);
    connect(m_showEvery, &QAction::triggered, this, &ConnectionsPane::showEvery);
    connect(m_copy, &QAction::triggered, this, &ConnectionsPane::copyEndpoints);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QWidget::customContextMenuRequested, this, [this](QPoint place) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu);
        menu->popup(m_view->viewport()->mapToGlobal(place));
    });
}

void ConnectionsPane::fillMenu(QMenu &menu)
{
    const ConnectionRow *one = selected().size() == 1 ? m_model.find(selected().front()) : nullptr;
    if (one && m_model.waiting().contains(one->id)) {
        const ConnectionId id = one->id;
        connect(menu.addAction(tr("Accept the upgrade")), &QAction::triggered, this,
                [this, id] { answer(id, Accepted); });
        QMenu *refuse = menu.addMenu(tr("Refuse the upgrade"));
        for (const WaitingBar::Refusal &refusal : WaitingBar::refusals()) {
            connect(refuse->addAction(refusal.text), &QAction::triggered, this,
                    [this, id, refusal] { answer(id, refusal.status); });
        }
        menu.addSeparator();
    }
    menu.addActions({m_sendTo, m_showOnly, m_showEvery, m_copy});
    menu.addSeparator();
    menu.addActions({m_pause, m_close, m_halfClose, m_reset, m_startTls});
    menu.addSeparator();
    menu.addAction(m_closeAll);
}

void ConnectionsPane::onSelected()
{
    m_countedAt = -1;
    countSelected();
    m_showOnly->setEnabled(!selected().empty());
    m_copy->setEnabled(!selected().empty());
}

void ConnectionsPane::countSelected()
{
    if (m_countedAt == m_model.generation()) {
        return;
    }
    m_countedAt = m_model.generation();
    m_openSelected = 0;
    m_pausedSelected = 0;
    for (const ConnectionId id : selected()) {
        const ConnectionRow *row = m_model.find(id);
        m_openSelected += row->isOver() ? 0 : 1;
        m_pausedSelected += !row->isOver() && row->isPaused ? 1 : 0;
    }
    const SessionSpec &spec = m_item.spec();
    const bool canAct = m_isRunning && m_openSelected > 0;
    m_close->setEnabled(canAct);
    m_closeAll->setEnabled(m_isRunning && m_model.openCount() > 0);
    m_closeAll->setVisible(m_item.spec().role == Role::Listener);
    m_sendTo->setEnabled(canAct);
    m_sendTo->setVisible(hasReceivers());
    m_reset->setEnabled(canAct && !spec.isUdp());
    m_reset->setVisible(!spec.isUdp());
    m_pause->setEnabled(canAct && !spec.isUdp());
    m_pause->setVisible(!spec.isUdp()); // All peers share one port
    m_halfClose->setEnabled(canAct && !spec.isUdp() && !spec.isWebSocket());
    m_startTls->setEnabled(canAct && spec.scheme == Scheme::Tcp);
    m_pause->setText(isEachOpenOnePaused() ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(Theme::icon(isEachOpenOnePaused() ? Theme::Icon::Resume : Theme::Icon::Pause));
}

void ConnectionsPane::togglePause()
{
    if (!m_item.id() || selected().empty()) {
        return;
    }
    if (isEachOpenOnePaused()) {
        m_engine.resumeReading(*m_item.id(), selected());
    } else {
        m_engine.pauseReading(*m_item.id(), selected());
    }
}

void ConnectionsPane::closeAll()
{
    const std::vector<ConnectionId> open = m_model.openOnes();
    if (m_item.id() && !open.empty()) {
        m_engine.close(*m_item.id(), open);
    }
}

void ConnectionsPane::answer(ConnectionId id, int status)
{
    if (m_item.id()) {
        m_engine.answerUpgrade(*m_item.id(), id, status);
    }
}

void ConnectionsPane::joinGroup()
{
    auto *dialog = new JoinGroupDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        if (m_item.id() && !dialog->group().group.isNull()) {
            m_engine.joinGroup(*m_item.id(), dialog->group());
        }
    });
    dialog->open();
}

void ConnectionsPane::copyEndpoints() const
{
    QStringList endpoints;
    for (const ConnectionId id : selected()) {
        endpoints += m_model.find(id)->peer.toString();
    }
    QGuiApplication::clipboard()->setText(endpoints.join(QLatin1Char('\n')));
}

} // namespace Sidewire
