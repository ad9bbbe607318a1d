// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "contentpane.h"

#include "ui/views/panebar.h"

#include <QVBoxLayout>

namespace Sidewire {

void ContentPane::setContent(const PaneContent &content)
{
    m_content = content;
    m_isEmpty = false;
    showContent(m_content);
}

void ContentPane::clear()
{
    if (m_isEmpty) {
        return;
    }
    ++m_generation;
    m_content = {};
    m_isEmpty = true;
    showNothing();
}

void ContentPane::layOut(PaneBar *bar, QWidget *shown)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addWidget(shown);
    setFocusProxy(shown);
}

void ContentPane::showAgain()
{
    if (!m_isEmpty) {
        showContent(m_content);
    }
}

} // namespace Sidewire
