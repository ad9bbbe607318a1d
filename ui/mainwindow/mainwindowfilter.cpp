// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// The filter field of each page and the highlight rules that all pages share.

#include "mainwindow.h"

#include "ui/dialogs/highlightdialog.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/mainwindow/windowactions.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <array>

namespace Sidewire {

namespace {

/// The colour that the fewest rules have.
int freeColor(const QList<HighlightRule> &rules)
{
    std::array<int, Theme::HighlightColorCount> uses{};
    for (const HighlightRule &rule : rules) {
        ++uses[static_cast<std::size_t>(rule.color) % uses.size()];
    }
    return static_cast<int>(std::ranges::min_element(uses) - uses.begin());
}

} // namespace

void MainWindow::connectFilterActions()
{
    connect(m_actions->focusFilter, &QAction::triggered, this, [this] { currentPage()->view().focusFilter(); });
    connect(m_actions->highlightRules, &QAction::triggered, this, &MainWindow::editHighlightRules);
}

void MainWindow::connectFilter(SessionPage &page)
{
    TrafficView &view = page.view();
    view.setHighlightRules(readHighlightRules(m_settings));
    connect(&view, &TrafficView::rulesRequested, this, &MainWindow::editHighlightRules);
    connect(&view, &TrafficView::filterHelpRequested, this, [this] { showHelp(QStringLiteral("filter")); });
    connect(&view, &TrafficView::highlightRequested, this, &MainWindow::highlight);
}

void MainWindow::editHighlightRules()
{
    auto *dialog = new HighlightDialog(readHighlightRules(m_settings), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { setHighlightRules(dialog->rules()); });
    dialog->open();
}

void MainWindow::highlight(const QString &filter)
{
    QList<HighlightRule> rules = readHighlightRules(m_settings);
    const auto known =
        std::ranges::find_if(rules, [&filter](const HighlightRule &rule) { return rule.filter == filter; });
    if (known != rules.end()) {
        known->isEnabled = true;
    } else if (rules.size() < MaxHighlightRules) {
        rules.append({filter, freeColor(rules), true});
    } else {
        say(tr("There are %1 highlight rules, and that is as many as there can be").arg(MaxHighlightRules));
        return;
    }
    setHighlightRules(rules);
}

void MainWindow::setHighlightRules(const QList<HighlightRule> &rules)
{
    writeHighlightRules(m_settings, rules);
    for (const auto &page : m_sessionPages) {
        page->view().setHighlightRules(rules);
    }
}

} // namespace Sidewire
