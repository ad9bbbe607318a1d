// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace Sidewire {

/// A line for a password: masked until its switch shows it.
class SecretEdit final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretEdit)

public:
    explicit SecretEdit(QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);
    void setPlaceholderText(const QString &text);

Q_SIGNALS:
    void textChanged();

private:
    QLineEdit *m_field;
    QToolButton *m_show;
};

} // namespace Sidewire
