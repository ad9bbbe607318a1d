// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/views/contentpane.h"

class QComboBox;

namespace Sidewire {

class PaneBar;
class PayloadText;

/// A payload as text, in an encoding that the user may choose; a Close message by the name of its code.
class TextPane final : public ContentPane
{
    Q_OBJECT

public:
    explicit TextPane(QWidget *parent = nullptr);

private:
    void showContent(const PaneContent &content) override;
    void showNothing() override;

    PaneBar *m_bar;
    QComboBox *m_encoding;
    PayloadText *m_text;
};

} // namespace Sidewire
