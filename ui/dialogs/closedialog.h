// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Sidewire {

/// Asks for the code and the reason of a WebSocket Close frame, and names what cannot be sent.
class CloseDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CloseDialog)

public:
    explicit CloseDialog(QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(quint16 code, const QByteArray &reason);

private:
    quint16 code() const;
    void updateRemark();

    QComboBox *m_code;
    QLineEdit *m_reason;
    QLabel *m_remark;
    QPushButton *m_send;
};

} // namespace Sidewire
