// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "joingroupdialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QNetworkInterface>
#include <QPushButton>

namespace Sidewire {

JoinGroupDialog::JoinGroupDialog(QWidget *parent)
    : QDialog(parent)
    , m_group(new QLineEdit(this))
    , m_interface(new QComboBox(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("Join a multicast group"));
    m_group->setObjectName(QStringLiteral("groupAddress"));
    m_group->setPlaceholderText(QStringLiteral("239.1.2.3, ff02::1234"));
    m_interface->setObjectName(QStringLiteral("groupInterface"));
    m_interface->addItem(tr("The system's choice"), QString());
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        const bool isUsable = interface.flags().testFlags(QNetworkInterface::IsUp | QNetworkInterface::CanMulticast)
            || interface.flags().testFlag(QNetworkInterface::IsLoopBack);
        if (isUsable) {
            m_interface->addItem(interface.name(), interface.name());
        }
    }
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Join"));

    auto *form = new QFormLayout(this);
    form->addRow(tr("&Group"), m_group);
    form->addRow(tr("&Interface"), m_interface);
    form->addRow(m_buttons);
    connect(m_group, &QLineEdit::textChanged, this, &JoinGroupDialog::updateButtons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    updateButtons();
}

MulticastGroup JoinGroupDialog::group() const
{
    const QHostAddress address(m_group->text().trimmed());
    return {address.isMulticast() ? address : QHostAddress(), m_interface->currentData().toString()};
}

void JoinGroupDialog::updateButtons()
{
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!group().group.isNull());
}

} // namespace Sidewire
