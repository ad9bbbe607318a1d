// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/settings/payload.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace Sidewire {

/// One saved payload: number, name, its content in short, Send. While it is edited, two fields stand in its place.
class PayloadRow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PayloadRow)

public:
    PayloadRow(const SavedPayload &saved, qsizetype index, QWidget *parent = nullptr);

    void edit();

Q_SIGNALS:
    void sendRequested();
    void composeRequested();
    void edited(const Sidewire::SavedPayload &saved);
    void removeRequested();
    void moveRequested(int by);

protected:
    bool event(QEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void finishEditing();
    void cancelEditing();
    void showEditing(bool isEditing);

    SavedPayload m_saved;
    QLabel *m_name;
    QLineEdit *m_nameEdit;
    QLineEdit *m_textEdit;
    QToolButton *m_send;
};

} // namespace Sidewire
