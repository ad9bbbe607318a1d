// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/presets.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Sidewire {

/// Asks for the name under which a session is saved. Secrets stay out of the file unless they are asked for.
class PresetDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PresetDialog)

public:
    PresetDialog(const SessionSpec &spec, const QStringList &names, QWidget *parent = nullptr);

    Preset preset() const;
    SessionOptions::Secrets secrets() const;

private:
    void check();

    SessionSpec m_spec;
    QStringList m_names; ///< That exist
    QLineEdit *m_name;
    QCheckBox *m_withSecrets;
    QLabel *m_problem;
    QPushButton *m_save = nullptr;
};

} // namespace Sidewire
