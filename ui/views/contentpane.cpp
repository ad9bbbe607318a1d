// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "contentpane.h"

namespace Sidewire {

void ContentPane::setContent(const PaneContent &content)
{
    m_content = content;
    m_isEmpty = false;
    showContent(m_content);
}

void ContentPane::clear()
{
    ++m_generation;
    m_content = {};
    m_isEmpty = true;
    showNothing();
}

} // namespace Sidewire
