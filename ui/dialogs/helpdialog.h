// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDialog>

namespace Sidewire {

/// The help page `:/help/NAME.md`.
class HelpDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HelpDialog)

public:
    explicit HelpDialog(const QString &name, QWidget *parent = nullptr);
};

} // namespace Sidewire
