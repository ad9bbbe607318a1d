// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/views/contentpane.h"

namespace Sidewire {

class CopyTable;
class PayloadText;

/// A payload as a hex dump, and beside it what the bytes at the cursor are worth as numbers and times.
class HexPane final : public ContentPane
{
    Q_OBJECT

public:
    explicit HexPane(QWidget *parent = nullptr);

    /// The byte of a dump at a column of a line, in the hex digits or in the text: 0 to 15; -1 between them.
    static int byteOfColumn(int column);

private:
    void showContent(const PaneContent &content) override;
    void showNothing() override;
    void onCursor();
    void markByte(qsizetype byte);

    PayloadText *m_dump;
    CopyTable *m_numbers;
};

} // namespace Sidewire
