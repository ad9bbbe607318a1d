// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDialog>

namespace Sidewire {

class SecretEdit;

/// Asks for the passphrase of an encrypted key. It is handed over once and stored nowhere.
class PassphraseDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PassphraseDialog)

public:
    /// `why` is what the attempt without it said.
    explicit PassphraseDialog(const QString &why, QWidget *parent = nullptr);

Q_SIGNALS:
    void given(const QString &passphrase);

private:
    SecretEdit *m_passphrase;
};

} // namespace Sidewire
