// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"

#include <QWidget>

#include <memory>

QT_BEGIN_NAMESPACE
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;
QT_END_NAMESPACE

namespace Sidewire {

class LensSuggester;

/// The title over the message view: which lens cuts, chosen or guessed (and why, on hover), a menu to take another, a lens that
/// the bytes speak for, and how far a new cut has come.
class LensHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit LensHeader(QWidget *parent = nullptr);

    void setLog(std::shared_ptr<SessionLog> log);
    void setRecent(const QStringList &lenses); ///< Those that were chosen before, newest first
    void refresh();

    QString cutting() const; ///< What really cuts: "lines" while auto decided so; empty while it is open

Q_SIGNALS:
    void lensRequested(const QString &lens);
    void pickerRequested(); ///< A lens with parameters

private:
    void buildSuggestion();
    void fillMenu();
    void addLens(QMenu *menu, const QString &text, const QString &lens, const QString &chosen);
    void showChoice();
    void showSuggestion();
    void showProgress();

    std::shared_ptr<SessionLog> m_log;
    LensSuggester *m_suggester;
    QStringList m_recent;
    QPushButton *m_chooser; ///< Not a tool button: those have a mark for their menu that nobody sees
    QMenu *m_menu;
    QMenu *m_examples;
    QToolButton *m_suggestion;
    QToolButton *m_dismiss;
    QLabel *m_progress;
    QToolButton *m_cancel;
};

} // namespace Sidewire
