// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/connectionfilter.h"
#include "core/session/engine.h"
#include "ui/models/connectionsmodel.h"
#include "ui/models/sessionfacts.h"
#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QAction;
class QLabel;
class QMenu;
class QSettings;
class QSplitter;
class QToolButton;

namespace Sidewire {

class ConnectionsView;
class GroupsBar;
class SessionItem;
class WaitingBar;

/// The clients of a listener or the peers of a UDP port: a table with what can be done to those that are selected, and
/// which of them the views below show. Stands in a splitter above them; folded, only its title is left.
class ConnectionsPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionsPane)

public:
    ConnectionsPane(SessionItem &item, Engine &engine, QSettings &settings, QSplitter &splitter);

    /// For the page, when it is visible and something has changed. Shows the pane once there is more than one
    /// connection, or at once for a listener.
    void refresh(const SessionFacts &facts);

    /// How many messages of each the filter lets through; nothing while there is no filter.
    void setMatches(std::optional<MatchCounts> matches);

    const ConnectionsModel &connections() const { return m_model; }
    const std::vector<ConnectionId> &selected() const;
    bool isAnySelectedOpen() const { return m_openSelected > 0; }
    bool isEachOpenOnePaused() const { return m_openSelected > 0 && m_pausedSelected == m_openSelected; }

    void setFolded(bool isFolded);
    bool isFolded() const;
    void focusTable();
    void showOnlySelected();
    void showEvery();
    void closeAll(); ///< All that are open; a listener goes on listening

Q_SIGNALS:
    void filterChanged(const Sidewire::ConnectionFilter &filter);
    void sendToRequested(const std::vector<Sidewire::ConnectionId> &connections);

protected:
    void changeEvent(QEvent *event) override;

private:
    using Command = void (Engine::*)(SessionId, const std::vector<ConnectionId> &);

    QWidget *buildTitle();
    QAction *makeAction(const char *name, const QString &text, Theme::Icon icon, const QString &tip);
    QAction *makeCommand(const char *name, const QString &text, Theme::Icon icon, const QString &tip, Command command);
    void buildActions();
    void fillMenu(QMenu &menu);
    void connectTable();
    void restoreHeight();
    void onSelected();
    void togglePause();
    void answer(ConnectionId id, int status);
    void joinGroup();
    void copyEndpoints() const;
    void setFilter(const ConnectionFilter &filter);
    void countSelected();
    void updateTitle();
    void updateWaiting();
    void onClock();
    QString noun(qint64 count) const; ///< "client", "peers" ...
    QString title() const; ///< "Clients", "Peers" or "Connections"
    bool hasReceivers() const; ///< Whether there is somebody to choose to send to

    SessionItem &m_item;
    Engine &m_engine;
    QSettings &m_settings;
    QSplitter &m_splitter;
    ConnectionsModel m_model;
    ConnectionsView *m_view;
    ConnectionFilter m_filter;
    QToolButton *m_fold;
    QLabel *m_counts;
    QLabel *m_shown; ///< "showing 2 of 40 clients"
    WaitingBar *m_waiting;
    GroupsBar *m_groups;
    QAction *m_close;
    QAction *m_closeAll;
    QAction *m_reset;
    QAction *m_halfClose;
    QAction *m_pause;
    QAction *m_startTls;
    QAction *m_sendTo;
    QAction *m_showOnly;
    QAction *m_showEvery;
    QAction *m_copy;
    QTimer m_clock; ///< Runs only while an age on the screen grows
    qint64 m_countedAt = -1; ///< The model's generation of the last count
    qint64 m_openSelected = 0;
    qint64 m_pausedSelected = 0;
    bool m_isRunning = false;
};

} // namespace Sidewire
