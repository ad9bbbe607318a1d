// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/dialogs/optionfield.h"

class QComboBox;
class QLineEdit;

namespace Sidewire {

class SecretEdit;

/// The kind of a proxy, its address, and who we are there; the one value is "socks5://user:password@host:port".
class ProxyField final : public OptionField
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProxyField)

public:
    explicit ProxyField(QWidget *parent = nullptr);

    QStringList values() const override;
    void setValues(const QStringList &values) override;

private:
    void onChanged();

    QComboBox *m_kind;
    QLineEdit *m_address;
    QWidget *m_credentials;
    QLineEdit *m_user;
    SecretEdit *m_password;
};

} // namespace Sidewire
