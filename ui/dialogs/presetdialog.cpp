// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "presetdialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace Sidewire {

namespace {

constexpr int LongestTargetShown = 80;

} // namespace

PresetDialog::PresetDialog(const SessionSpec &spec, const QStringList &names, QWidget *parent)
    : QDialog(parent)
    , m_spec(spec)
    , m_names(names)
    , m_name(new QLineEdit(this))
    , m_withSecrets(new QCheckBox(tr("Save with passwords, tokens and cookies, readable in the file"), this))
    , m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("presetDialog"));
    setWindowTitle(tr("Save as a preset"));
    auto *target = new QLabel(spec.target().left(LongestTargetShown), this);
    target->setTextFormat(Qt::PlainText);
    m_name->setObjectName(QStringLiteral("presetName"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setMinimumWidth(320);
    m_withSecrets->setObjectName(QStringLiteral("presetSecrets"));
    m_withSecrets->setVisible(!(spec.options == spec.options.withoutSecrets()));
    m_problem->setObjectName(QStringLiteral("presetProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = buttons->button(QDialogButtonBox::Save);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &PresetDialog::check);

    auto *form = new QFormLayout(this);
    form->addRow(tr("Session"), target);
    form->addRow(tr("Name"), m_name);
    form->addRow(m_withSecrets);
    form->addRow(m_problem);
    form->addRow(buttons);
    m_name->setText(spec.host.isEmpty() ? toString(spec.scheme, spec.role) : spec.host);
    m_name->selectAll();
    check();
}

Preset PresetDialog::preset() const
{
    return {m_name->text().trimmed(), m_spec};
}

SessionOptions::Secrets PresetDialog::secrets() const
{
    return m_withSecrets->isChecked() ? SessionOptions::Secrets::Include : SessionOptions::Secrets::LeaveOut;
}

void PresetDialog::check()
{
    const QString name = m_name->text().trimmed();
    const Result<void> good = PresetStore::checkName(name);
    const bool isTaken = m_names.contains(name);
    m_save->setEnabled(good.has_value());
    m_save->setText(isTaken ? tr("Replace") : tr("Save"));
    m_problem->setText(!good         ? good.error().detail
                           : isTaken ? tr("There is a preset of that name; it will be replaced")
                                     : QString());
}

} // namespace Sidewire
