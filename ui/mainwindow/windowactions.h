// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAction>
#include <QList>
#include <QObject>
#include <QPointer>

class QActionGroup;
class QMenu;
class QMenuBar;

namespace Sidewire {

struct SessionControls;

/// Every action of the window, in its menu and with its shortcut. What they do is the window's business.
class WindowActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WindowActions)

public:
    explicit WindowActions(QMenuBar &bar);

    static constexpr int Numbered = 9; ///< Sessions and payloads that a digit selects

    QAction *newSession;
    QAction *openLog;
    QAction *saveCopy;
    QAction *exportLog;
    QMenu *recentLogs;
    QAction *quit;

    QMenu *edit;
    QAction *find;
    QAction *findNext;
    QAction *findPrevious;
    QAction *toggleBookmark;
    QAction *editNote;
    QAction *nextBookmark;
    QAction *previousBookmark;
    QMenu *bookmarks;
    QAction *focusTarget;
    QAction *focusComposer;
    QAction *savePayload;

    QAction *reconnect;
    QAction *close;
    QAction *closeWithCode;
    QAction *halfClose;
    QAction *reset;
    QAction *pause;
    QAction *startTls;
    QAction *stopReconnecting;
    QAction *options;
    QAction *sessionOptions;
    QAction *duplicateSession;
    QAction *savePreset;
    QMenu *copyAs;
    QAction *remove;
    QList<QAction *> selectSession;
    QList<QAction *> sendPayload;

    QActionGroup *timeStyle;
    QAction *detail;
    QAction *frame;
    QAction *timeline;
    QAction *connection;
    QAction *bestDetail;
    QAction *selectionFacts;
    QAction *beside; ///< Checked while a second session is shown
    QAction *lockTime;
    QAction *merge;
    QAction *merged;
    QAction *stacked;
    QAction *startHere;
    QAction *showAll;
    QAction *follow;
    QAction *focusFilter;
    QAction *highlightRules;
    QAction *foldConnections;
    QAction *focusConnections;
    QAction *showOnlySelected;
    QAction *showEveryConnection;
    QAction *sendTo;

    QList<QAction *> peers; ///< data() is the peer's id
    QList<QAction *> helpPages; ///< data() is the page's name
    QAction *about;

    /// Enables what makes sense with the selected session.
    void setSessionState(bool hasSession, bool hasLog, bool isRunning);

    /// The same for what its connection can do now.
    void setControls(const SessionControls &can);

    /// Puts the current view's copy actions on top of the Edit menu.
    void setCopyActions(const QList<QAction *> &actions);

private:
    void buildFile(QMenu &menu);
    void buildEdit(QMenu &menu);
    void buildMarks(QMenu &menu);
    void buildSession(QMenu &menu);
    void buildView(QMenu &menu);
    void buildPeers(QMenu &menu);
    void buildHelp(QMenu &menu);
    QAction *add(QMenu &menu, const char *name, const QString &text, const QKeySequence &keys);

    QAction *m_copyEnd = nullptr;
    QList<QPointer<QAction>> m_copyActions; ///< Of a page, which may be gone
};

} // namespace Sidewire
