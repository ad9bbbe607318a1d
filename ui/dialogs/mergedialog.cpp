// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "mergedialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace Sidewire {

MergeDialog::MergeDialog(const QStringList &names, const std::vector<int> &checked, QWidget *parent)
    : QDialog(parent)
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("mergeDialog"));
    setWindowTitle(tr("Merge sessions"));
    m_list->setObjectName(QStringLiteral("mergeList"));
    for (const QString &name : names) {
        auto *item = new QListWidgetItem(name, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    for (const int row : checked) {
        m_list->item(row)->setCheckState(Qt::Checked);
    }
    if (m_list->count() > 0) {
        m_list->setCurrentRow(0);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_merge = buttons->addButton(tr("&Merge"), QDialogButtonBox::AcceptRole);
    m_merge->setObjectName(QStringLiteral("mergeButton"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::itemChanged, this, &MergeDialog::updateButton);
    auto *text =
        new QLabel(tr("The messages of these sessions in one list, in the order of time (Space chooses):"), this);
    text->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(text);
    column->addWidget(m_list);
    column->addWidget(buttons);
    resize(420, 320);
    m_list->setFocus();
    updateButton();
}

std::vector<int> MergeDialog::chosen() const
{
    std::vector<int> rows;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked) {
            rows.push_back(row);
        }
    }
    return rows;
}

void MergeDialog::updateButton()
{
    m_merge->setEnabled(chosen().size() >= 2);
    m_merge->setToolTip(m_merge->isEnabled() ? QString() : tr("Choose at least two sessions"));
}

} // namespace Sidewire
