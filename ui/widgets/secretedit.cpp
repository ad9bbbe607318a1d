// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "secretedit.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace Sidewire {

SecretEdit::SecretEdit(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
    , m_show(new QToolButton(this))
{
    m_field->setEchoMode(QLineEdit::Password);
    m_field->setObjectName(QStringLiteral("secretField"));
    m_show->setObjectName(QStringLiteral("showSecretButton"));
    m_show->setText(tr("Show"));
    m_show->setCheckable(true);
    m_show->setFocusPolicy(Qt::StrongFocus);
    m_show->setAccessibleName(tr("Show what is typed"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_field, 1);
    row->addWidget(m_show);
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::textChanged, this, &SecretEdit::textChanged);
    connect(m_show, &QToolButton::toggled, m_field,
            [this](bool on) { m_field->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password); });
}

QString SecretEdit::text() const
{
    return m_field->text();
}

void SecretEdit::setText(const QString &text)
{
    m_field->setText(text);
}

void SecretEdit::setPlaceholderText(const QString &text)
{
    m_field->setPlaceholderText(text);
}

} // namespace Sidewire
