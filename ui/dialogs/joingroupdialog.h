// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionoptions.h"

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QLineEdit;

namespace Sidewire {

/// Asks for a multicast group and the interface to join it on.
class JoinGroupDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JoinGroupDialog)

public:
    explicit JoinGroupDialog(QWidget *parent = nullptr);

    MulticastGroup group() const; ///< A null address unless a multicast address was typed

private:
    void updateButtons();

    QLineEdit *m_group;
    QComboBox *m_interface;
    QDialogButtonBox *m_buttons;
};

} // namespace Sidewire
