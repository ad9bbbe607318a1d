// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// How sessions get names, and how they leave as commands of other tools.

#include "mainwindow.h"

#include "core/session/commands/commandexport.h"
#include "ui/dialogs/optionsdialog.h"
#include "ui/dialogs/presetdialog.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/mainwindow/startpage.h"
#include "ui/mainwindow/windowactions.h"
#include "ui/models/sessionitem.h"
#include "ui/widgets/presettree.h"
#include "ui/widgets/targetbar.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QStackedWidget>

namespace Sidewire {

void MainWindow::connectPresets()
{
    PresetTree &tree = m_startPage->presets();
    connect(&tree, &PresetTree::openRequested, this, [this](const QString &name) { openTarget(u'@' + name); });
    connect(&tree, &PresetTree::optionsRequested, this, &MainWindow::editPreset);
    connect(&tree, &PresetTree::removeRequested, this, &MainWindow::removePreset);
    connect(&tree, &PresetTree::renameRequested, this, [this](const QString &from, const QString &to) {
        // The editor is still open: what it edits must not go under it.
        QMetaObject::invokeMethod(
            this, [this, from, to] { showChange(m_presets.rename(from, to)); }, Qt::QueuedConnection);
    });
    connect(&tree, &PresetTree::moveRequested, this,
            [this](const QString &name, int to) { showChange(m_presets.move(name, to)); });
    connect(&tree, &PresetTree::duplicateRequested, this, [this](const QString &name) {
        const Result<PresetList> list = m_presets.read();
        QString copy = tr("%1 (copy)").arg(name);
        for (int number = 2; list && list->find(copy); ++number) {
            copy = tr("%1 (copy %2)").arg(name).arg(number);
        }
        showChange(m_presets.duplicate(name, copy));
    });
    connect(m_actions->savePreset, &QAction::triggered, this, &MainWindow::savePreset);
    connect(m_actions->duplicateSession, &QAction::triggered, this, [this] {
        if (const SessionPage *page = currentPage(); page && !page->item().isOpenedLog()) {
            open(page->item().spec());
        }
    });
    for (const CommandExport::Tool tool : CommandExport::tools()) {
        m_actions->copyAs->addAction(CommandExport::toString(tool), this, [this, tool] { copyAs(tool); });
    }
    m_actions->copyAs->addSeparator();
    m_copyWithSecrets = m_actions->copyAs->addAction(tr("With passwords, tokens and cookies"));
    m_copyWithSecrets->setCheckable(true);
    reloadPresets();
}

void MainWindow::reloadPresets()
{
    const Result<PresetList> list = m_presets.read();
    if (!list) {
        say(list.error().detail);
    } else if (!list->problems.isEmpty()) {
        say(list->problems.join(QStringLiteral("; ")));
    }
    m_startPage->setPresets(list ? list->presets : std::vector<Preset>());
    m_bar->setPresets(m_presets);
}

void MainWindow::showChange(const Result<QString> &change)
{
    reloadPresets();
    const QString text = change ? *change : change.error().detail;
    if (!text.isEmpty()) {
        say(text);
    }
}

void MainWindow::savePreset()
{
    const SessionPage *page = currentPage();
    const bool isSession = page && !page->item().isOpenedLog() && !m_bar->isAncestorOf(focusWidget());
    const Result<SessionSpec> typed = m_bar->typedSpec();
    if (!isSession && !typed) {
        say(tr("Type a target to save: %1").arg(typed.error().detail));
        return;
    }
    QStringList names;
    if (const Result<PresetList> list = m_presets.read()) {
        for (const Preset &preset : list->presets) {
            names.append(preset.name);
        }
    }
    auto *dialog = new PresetDialog(isSession ? page->item().spec() : *typed, names, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const Result<QString> saved = m_presets.save(dialog->preset(), dialog->secrets());
        showChange(saved);
        if (saved && saved->isEmpty()) {
            say(tr("Saved; @%1 opens it").arg(dialog->preset().name));
        }
    });
    dialog->open();
}

void MainWindow::editPreset(const QString &name)
{
    const Result<Preset> preset = m_presets.find(name);
    if (!preset) {
        showChange(preset.error());
        return;
    }
    auto *dialog = new OptionsDialog(preset->spec, OptionsDialog::For::NextSession, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, preset = *preset] {
        Preset changed = preset;
        changed.spec.options = dialog->options();
        // Secrets that were saved before stay saved; new ones do not slip in.
        const bool hadSecrets = !(preset.spec.options == preset.spec.options.withoutSecrets());
        showChange(
            m_presets.save(changed, hadSecrets ? SessionOptions::Secrets::Include : SessionOptions::Secrets::LeaveOut));
    });
    dialog->open();
}

void MainWindow::removePreset(const QString &name)
{
    auto *question = new QMessageBox(QMessageBox::Question, tr("Remove a preset"),
                                     tr("Remove the preset “%1”?").arg(name), QMessageBox::Cancel, this);
    question->setObjectName(QStringLiteral("removePresetDialog"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->addButton(tr("Remove"), QMessageBox::AcceptRole);
    connect(question, &QMessageBox::buttonClicked, this, [this, question, name](QAbstractButton *button) {
        if (question->buttonRole(button) == QMessageBox::AcceptRole) {
            showChange(m_presets.remove(name));
        }
    });
    question->open();
}

void MainWindow::copyAs(CommandExport::Tool tool)
{
    const SessionPage *page = currentPage();
    if (!page || page->item().isOpenedLog()) {
        return;
    }
    const auto secrets =
        m_copyWithSecrets->isChecked() ? SessionOptions::Secrets::Include : SessionOptions::Secrets::LeaveOut;
    const Result<ExportedCommand> command = CommandExport::write(page->item().spec(), tool, secrets);
    if (!command) {
        say(command.error().detail);
        return;
    }
    QGuiApplication::clipboard()->setText(command->text);
    const QString done = tr("Copied for %1").arg(CommandExport::toString(tool));
    say(command->notes.isEmpty() ? done
                                 : QStringLiteral("%1; %2").arg(done, command->notes.join(QStringLiteral("; "))));
}

} // namespace Sidewire
