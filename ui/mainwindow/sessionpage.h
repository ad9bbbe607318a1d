// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/engine.h"
#include "ui/models/sessionfacts.h"
#include "ui/settings/payload.h"
#include "ui/views/trafficview.h"

#include <QTimer>
#include <QWidget>

class QSettings;
class QMenu;
class QSplitter;

namespace Sidewire {

class Composer;
class ConnectionsPane;
class SendTarget;
class SessionItem;
class SessionStrip;
class StatusLine;
class VerifyPanel;

/// One session on the screen: strip, views, composer, status line. Does nothing while it is not visible.
class SessionPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionPage)

public:
    SessionPage(SessionItem &item, Engine &engine, QSettings &settings, QWidget *parent = nullptr);

    SessionItem &item() const { return m_item; }
    TrafficView &view() const { return *m_view; }
    Composer &composer() const { return *m_composer; }
    ConnectionsPane &connections() const { return *m_connections; }

    // Of the connections that are selected in the table, of all without a selection:

    void closeConnection();
    void closeWithCode(quint16 code, const QByteArray &reason = {}); ///< WebSocket
    void askCloseCode();
    void halfClose();
    void reset();
    void togglePause();
    void startTls();
    void toggleAccepting(); ///< Of a listener

    void reconnect();
    void stopReconnecting();
    void editOptions(); ///< Of this session, for its next connection
    void showConnection();
    void startViewHere();

    bool editNote(); ///< On what is selected; false when nothing is
    void listBookmarks(QMenu &menu);

    void focusPlace(); ///< Where one goes on: the composer, or the messages of an opened log

    void showRejection(const Error &error);

    /// "TCP ESTABLISHED 0.2 ms | WebSocket OPEN 0:03 (upgrade 1.1 ms); out 5, in 7; 3 messages; caught up"
    QString stateText() const;

Q_SIGNALS:
    void factsChanged(const Sidewire::SessionFacts &facts); ///< Of the visible page
    void openRequested(const QString &target);
    void openSpecRequested(const Sidewire::SessionSpec &spec); ///< With its options
    void savePayloadRequested(const Sidewire::Payload &payload);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildLayout();
    void connectStrip();
    void connectView();
    void connectComposer();
    void connectConnections();
    void connectLens();
    void chooseLens(const QString &lens);
    void pickLens(const std::optional<Position> &start);
    void takeLensOfLog();
    void showWrapping();
    void keepBookmark(const Event &event);
    std::vector<ConnectionId> meant() const; ///< Empty: all
    void onChanged();
    void refreshView();
    void onClock();
    void refresh();
    void showVerifyFailure(const SessionFacts &facts);
    void setOptions(const SessionOptions &options);
    void trust(const QString &fingerprint);
    void connectUnverified();
    void askPassphrase(const QString &why, void (SessionPage::*then)());
    void askPassphraseOnce(const SessionFacts &facts);
    void openRedirect();
    void updateRates(SessionFacts &facts);
    QString targetWith(Scheme scheme, Role role) const;

    SessionItem &m_item;
    Engine &m_engine;
    QSettings &m_settings;
    SessionStrip *m_strip;
    VerifyPanel *m_verify;
    QSplitter *m_body;
    ConnectionsPane *m_connections;
    TrafficView *m_view;
    Composer *m_composer;
    SendTarget *m_sendTarget;
    StatusLine *m_status;
    bool m_isLensTaken = false; ///< That the opened log names
    bool m_hasLog = false; ///< The view has the log
    qint64 m_askedForPassphrase = -1; ///< How many connections there were when it was asked for
    QTimer m_clock; ///< Runs only while a visible text depends on the time

    qint64 m_rateTime = 0;
    std::array<qint64, DirectionCount> m_rateBytes{};
    std::array<double, DirectionCount> m_rates{};
};

} // namespace Sidewire
