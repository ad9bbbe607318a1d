// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QLabel;
class QSplitter;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace Sidewire {

class SessionPage;

/// Where the pages of the window are: one of them, and beside it a second one if that is asked for.
///
/// Both are complete. The one that had the focus last is the active one, which the menus and the session list are about.
/// With locked time, scrolling in one scrolls the other to what happened then.
class PageArea final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PageArea)

public:
    explicit PageArea(QWidget *parent = nullptr);

    QStackedWidget &stack() const { return *m_stack; } ///< All pages but the one beside

    void showBeside(SessionPage *page); ///< It leaves the stack; the one that was there before goes back to it
    void endBeside();
    SessionPage *beside() const { return m_beside; } ///< Null when there is none

    SessionPage *active() const; ///< Null when another page than a session's is shown
    void activateBeside();
    void activateStack();

    /// To be called for each page once, so that the other one can follow it in time.
    void follow(SessionPage &page);
    void setTimeLocked(bool isLocked);
    bool isTimeLocked() const;

Q_SIGNALS:
    void activated(Sidewire::SessionPage *page); ///< By the focus
    void besideChanged();
    void timeLockChanged(bool isLocked);

private:
    QWidget *buildTitle(QLabel *name);
    void onFocus(const QWidget *now);
    void setBesideActive(bool isActive);
    void updateTitles();

    QSplitter *m_columns;
    QStackedWidget *m_stack;
    QWidget *m_stackTitle;
    QLabel *m_stackName;
    QWidget *m_holder;
    QLabel *m_besideName;
    QToolButton *m_lock;
    QVBoxLayout *m_holderColumn;
    SessionPage *m_beside = nullptr;
    bool m_isBesideActive = false;
};

} // namespace Sidewire
