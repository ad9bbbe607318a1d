// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/widgets/recipients.h"

#include <QPushButton>

#include <functional>

class QMenu;

namespace Sidewire {

/// Says whom the composer sends to, and has a menu of whom else it could. Changes only when the user chooses.
class RecipientButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RecipientButton)

public:
    explicit RecipientButton(QWidget *parent = nullptr);

    const Recipients &recipients() const { return m_recipients; }

    enum class Standing : quint8 { Reachable, Gone };
    void showRecipients(const Recipients &recipients, const QString &text, Standing standing);

    void openMenu();

    /// Asked each time the menu opens.
    void setChoices(std::function<std::vector<RecipientChoice>()> choices);

Q_SIGNALS:
    void recipientsChosen(const Sidewire::Recipients &recipients);

private:
    void fillMenu();

    Recipients m_recipients;
    std::function<std::vector<RecipientChoice>()> m_choices;
    QMenu *m_menu;
};

} // namespace Sidewire
