// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "highlightdialog.h"

#include "ui/dialogs/highlightrow.h"
#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace Sidewire {

HighlightDialog::HighlightDialog(const QList<HighlightRule> &rules, QWidget *parent)
    : QDialog(parent)
    , m_empty(new QLabel(tr("No rule yet. A rule gives a colour to the messages that its filter lets through."), this))
    , m_add(new QPushButton(Theme::icon(Theme::Icon::Add), tr("&Add a rule"), this))
{
    setObjectName(QStringLiteral("highlightDialog"));
    setWindowTitle(tr("Highlight rules"));
    resize(680, 380);
    m_add->setObjectName(QStringLiteral("addRule"));
    m_empty->setWordWrap(true);

    auto *inner = new QWidget(this);
    m_list = new QVBoxLayout(inner);
    m_list->addWidget(m_empty);
    m_list->addStretch();
    auto *area = new QScrollArea(this);
    area->setWidget(inner);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *hint = new QLabel(tr("The first rule that a message matches gives it its colour and its number."), this);
    hint->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    buttons->addButton(m_add, QDialogButtonBox::ResetRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow({{}, static_cast<int>(m_rows.size()) % Theme::HighlightColorCount, true})->focusField();
        updateState();
    });
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addWidget(area, 1);
    layout->addWidget(buttons);

    for (const HighlightRule &rule : rules) {
        addRow(rule);
    }
    updateState();
}

QList<HighlightRule> HighlightDialog::rules() const
{
    QList<HighlightRule> rules;
    for (const HighlightRow *row : m_rows) {
        rules.append(row->rule());
    }
    return rules;
}

HighlightRow *HighlightDialog::addRow(const HighlightRule &rule)
{
    auto *row = new HighlightRow(rule, this);
    m_list->insertWidget(static_cast<int>(m_rows.size()), row);
    m_rows.append(row);
    connect(row, &HighlightRow::changed, this, &HighlightDialog::updateState);
    connect(row, &HighlightRow::moveRequested, this, [this, row](int by) { move(row, by); });
    connect(row, &HighlightRow::removeRequested, this, [this, row] { remove(row); });
    return row;
}

void HighlightDialog::move(HighlightRow *row, int by)
{
    const qsizetype from = m_rows.indexOf(row);
    const qsizetype to = std::clamp<qsizetype>(from + by, 0, m_rows.size() - 1);
    m_rows.move(from, to);
    m_list->removeWidget(row);
    m_list->insertWidget(static_cast<int>(to), row);
    updateState();
}

void HighlightDialog::remove(HighlightRow *row)
{
    m_rows.removeOne(row);
    m_list->removeWidget(row);
    row->hide();
    row->deleteLater(); // It is its own button that asks
    updateState();
}

void HighlightDialog::updateState()
{
    for (qsizetype place = 0; place < m_rows.size(); ++place) {
        m_rows[place]->setPlace(place, m_rows.size());
    }
    m_empty->setVisible(m_rows.isEmpty());
    m_add->setEnabled(m_rows.size() < MaxHighlightRules);
    m_ok->setEnabled(std::ranges::all_of(m_rows, &HighlightRow::isValid));
}

} // namespace Sidewire
