// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "notedialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace Sidewire {

NoteDialog::NoteDialog(const QString &place, const QString &text, QWidget *parent)
    : QDialog(parent)
    , m_text(new QPlainTextEdit(text, this))
{
    setObjectName(QStringLiteral("noteDialog"));
    setWindowTitle(tr("Note"));
    auto *title = new QLabel(place, this);
    title->setTextFormat(Qt::PlainText);
    title->setBuddy(m_text);
    m_text->setObjectName(QStringLiteral("noteText"));
    m_text->setPlaceholderText(tr("What is to be remembered here"));
    m_text->setTabChangesFocus(true);
    m_text->selectAll();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("&Keep"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        connect(new QShortcut(Qt::CTRL | key, this), &QShortcut::activated, this, &QDialog::accept);
    }

    auto *column = new QVBoxLayout(this);
    column->addWidget(title);
    column->addWidget(m_text);
    column->addWidget(buttons);
    resize(420, 200);
}

QString NoteDialog::text() const
{
    return m_text->toPlainText().trimmed();
}

} // namespace Sidewire
