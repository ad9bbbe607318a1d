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

/// The title over the message view: which lens cuts, chosen or guessed (and why, on hover), a menu to take another, and
/// how far a new cut has come.
class LensHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit LensHeader(QWidget *parent = nullptr);

    void setLog(std::shared_ptr<SessionLog> log);
    void refresh();

Q_SIGNALS:
    void lensRequested(const QString &lens);

private:
    void fillMenu();
    void showChoice(const QString &lens, const QString &reason);

    std::shared_ptr<SessionLog> m_log;
    QPushButton *m_chooser = nullptr; ///< Not a tool button: those have a mark for their menu that nobody sees
    QMenu *m_menu = nullptr;
    QLabel *m_progress = nullptr;
    QToolButton *m_cancel = nullptr;
};

} // namespace Sidewire
