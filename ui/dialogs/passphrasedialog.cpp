// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "passphrasedialog.h"

#include "ui/widgets/labeltone.h"
#include "ui/widgets/secretedit.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Sidewire {

PassphraseDialog::PassphraseDialog(const QString &why, QWidget *parent)
    : QDialog(parent)
    , m_passphrase(new SecretEdit(this))
{
    setObjectName(QStringLiteral("passphraseDialog"));
    setWindowTitle(tr("Passphrase of the key"));
    auto *reason = new QLabel(why.left(1).toUpper() + why.mid(1), this);
    reason->setTextFormat(Qt::PlainText);
    reason->setWordWrap(true);
    auto *remark = new QLabel(tr("It is used for this session and kept nowhere."), this);
    setTone(remark, Theme::Tone::Muted);
    m_passphrase->setAccessibleName(tr("Passphrase"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *go = buttons->addButton(tr("&Go on"), QDialogButtonBox::AcceptRole);
    go->setDefault(true);
    go->setEnabled(false);
    connect(m_passphrase, &SecretEdit::textChanged, go,
            [this, go] { go->setEnabled(!m_passphrase->text().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT given(m_passphrase->text());
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->addWidget(reason);
    column->addWidget(m_passphrase);
    column->addWidget(remark);
    column->addWidget(buttons);
    m_passphrase->setFocus();
    resize(440, sizeHint().height());
}

} // namespace Sidewire
