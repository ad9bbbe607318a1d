// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/models/sessionfacts.h"
#include "ui/models/statustext.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace Sidewire {

class StripCells;

/// The head of a session: a cell a layer, both ends, what is worth saying, and Close, Reset and Pause.
class SessionStrip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionStrip)

public:
    explicit SessionStrip(QWidget *parent = nullptr);

    void setFacts(const SessionFacts &facts);
    QString stateText() const; ///< The cells as text

Q_SIGNALS:
    void closeRequested();
    void closeWithCodeRequested(quint16 code); ///< Without a reason
    void closeDialogRequested();
    void halfCloseRequested();
    void resetRequested();
    void pauseRequested();
    void stopRequested(); ///< To listen no more
    void acceptingRequested(); ///< To pause accepting, or to go on
    void reconnectRequested();
    void listenHereRequested();
    void webSocketRequested();
    void redirectRequested();
    void stopReconnectingRequested();
    void passphraseRequested();
    void startTlsRequested();
    void detailsRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildEnds();
    QWidget *buildNotice();
    void buildButtons(QHBoxLayout *row);
    QMenu *buildCloseMenu();
    void buildCellMenu();
    void setListenerButtons(const SessionFacts &facts);
    void setButtons(const SessionFacts &facts);
    void setNotice(const Notice &notice);
    void updateColors();

    StripCells *m_cells;
    QToolButton *m_close;
    QMenu *m_closeWithCode;
    QAction *m_halfClose;
    QAction *m_startTls;
    QToolButton *m_reset;
    QToolButton *m_pause;
    QToolButton *m_accepting;
    QToolButton *m_stop;
    QLabel *m_local;
    QLabel *m_out;
    QLabel *m_in;
    QLabel *m_peer;
    QLabel *m_counters;
    QWidget *m_noticeRow;
    QLabel *m_noticeIcon;
    QLabel *m_noticeText;
    QPushButton *m_retry;
    QPushButton *m_listenHere;
    QPushButton *m_webSocket;
    QPushButton *m_redirect;
    QPushButton *m_stopReconnecting;
    QPushButton *m_passphrase;
    Notice m_notice;
    bool m_isListening = false;
};

} // namespace Sidewire
