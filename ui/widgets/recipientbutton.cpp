// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "recipientbutton.h"

#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QMenu>

namespace Sidewire {

RecipientButton::RecipientButton(QWidget *parent)
    : QPushButton(parent)
    , m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("composerRecipients"));
    setToolTip(tr("Whom to send to (Ctrl+T)"));
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &RecipientButton::fillMenu);
    hide();
}

void RecipientButton::showRecipients(const Recipients &recipients, const QString &text, Standing standing)
{
    m_recipients = recipients;
    const bool isGone = standing == Standing::Gone;
    //: Whom the composer sends to; %1 is "all clients" or "#3 127.0.0.1:50214"
    const QString shown = isGone ? tr("to %1 (gone)").arg(text) : tr("to %1").arg(text);
    if (shown != this->text()) { // Assistive tools hear of every change
        setText(shown);
        setAccessibleName(shown);
        setIcon(isGone ? Theme::icon(Theme::Icon::Warning) : QIcon());
    }
    setVisible(true);
}

void RecipientButton::setChoices(std::function<std::vector<RecipientChoice>()> choices)
{
    m_choices = std::move(choices);
}

void RecipientButton::openMenu()
{
    setFocus(Qt::ShortcutFocusReason);
    m_menu->popup(mapToGlobal(QPoint(0, height())));
}

void RecipientButton::fillMenu()
{
    m_menu->clear();
    auto *group = new QActionGroup(m_menu);
    for (const RecipientChoice &choice : m_choices()) {
        QAction *action = m_menu->addAction(choice.text);
        action->setCheckable(true);
        action->setChecked(choice.recipients == m_recipients);
        action->setActionGroup(group);
        connect(action, &QAction::triggered, this,
                [this, recipients = choice.recipients] { Q_EMIT recipientsChosen(recipients); });
    }
}

} // namespace Sidewire
