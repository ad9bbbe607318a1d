// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionspec.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace Sidewire {

/// What the next session is asked beyond its target; only what fits the scheme is shown.
class OptionsDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OptionsDialog)

public:
    OptionsDialog(const SessionOptions &options, const QString &scheme, QWidget *parent = nullptr);

    /// As entered; valid once the dialog was accepted.
    const SessionOptions &options() const { return m_options; }

    void accept() override;

private:
    void buildForm(bool isWebSocket, bool isListener);
    void fill(const SessionOptions &options);
    Result<SessionOptions> read() const;

    SessionOptions m_options;
    QSpinBox *m_timeout;
    QLineEdit *m_bind;
    QLineEdit *m_subprotocols;
    QLineEdit *m_origin;
    QLineEdit *m_auth;
    QPlainTextEdit *m_headers;
    QComboBox *m_answer;
    QLabel *m_problem;
};

} // namespace Sidewire
