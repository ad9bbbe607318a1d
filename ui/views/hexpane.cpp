// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "hexpane.h"

#include "core/decode/numbers.h"
#include "core/payload/hex.h"
#include "ui/theme/theme.h"
#include "ui/views/copytable.h"
#include "ui/views/numbertable.h"
#include "ui/views/payloadtext.h"

#include <QSplitter>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>

namespace Sidewire {

namespace {

// As Hex::dump() writes a line: offset, two groups of eight, text between bars.
constexpr int BytesPerLine = 16;
constexpr int FirstHex = 10;
constexpr int FirstText = 61;

int hexColumn(int byte)
{
    return FirstHex + 3 * byte + (byte >= BytesPerLine / 2 ? 1 : 0);
}

} // namespace

HexPane::HexPane(QWidget *parent)
    : ContentPane(parent)
    , m_dump(new PayloadText(this))
    , m_numbers(newNumberTable(this))
{
    m_dump->setObjectName(QStringLiteral("detailHex"));
    m_dump->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_numbers->setObjectName(QStringLiteral("hexNumbers"));
    auto *columns = new QSplitter(this);
    columns->addWidget(m_dump);
    columns->addWidget(m_numbers);
    columns->setStretchFactor(0, 0);
    columns->setStretchFactor(1, 1);
    columns->setSizes({660, 490});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(columns);
    setFocusProxy(m_dump);
    connect(m_dump, &QPlainTextEdit::cursorPositionChanged, this, &HexPane::onCursor);
}

int HexPane::byteOfColumn(int column)
{
    if (column >= FirstText && column < FirstText + BytesPerLine) {
        return column - FirstText;
    }
    for (int byte = 0; byte < BytesPerLine; ++byte) {
        if (column >= hexColumn(byte) && column < hexColumn(byte) + 2) {
            return byte;
        }
    }
    return -1;
}

void HexPane::showContent(const PaneContent &content)
{
    compute([bytes = content.bytes] { return Hex::dump(bytes); },
            [this](const QString &dump) {
                m_dump->showText(dump);
                onCursor();
            });
}

void HexPane::showNothing()
{
    m_dump->showText({});
    m_dump->setExtraSelections({});
    m_numbers->setRows({});
}

void HexPane::onCursor()
{
    if (isEmpty()) {
        return;
    }
    const QTextCursor cursor = m_dump->textCursor();
    // Before the first digits and between them the next byte is meant.
    int byte = -1;
    for (int column = cursor.positionInBlock(); byte < 0 && column < FirstText; ++column) {
        byte = byteOfColumn(column);
    }
    const qsizetype at = qsizetype(cursor.blockNumber()) * BytesPerLine + std::max(byte, 0);
    const QByteArrayView bytes(content().bytes);
    if (at < bytes.size()) {
        showNumbers(*m_numbers, bytes.sliced(at, std::min(MaxNumberBytes, bytes.size() - at)));
        markByte(at);
    }
}

void HexPane::markByte(qsizetype byte)
{
    const QTextBlock line = m_dump->document()->findBlockByNumber(static_cast<int>(byte / BytesPerLine));
    const auto at = static_cast<int>(byte % BytesPerLine);
    QList<QTextEdit::ExtraSelection> marks;
    for (const auto &[column, length] : {std::pair(hexColumn(at), 2), std::pair(FirstText + at, 1)}) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(line);
        mark.cursor.setPosition(line.position() + column);
        mark.cursor.setPosition(line.position() + column + length, QTextCursor::KeepAnchor);
        mark.format.setBackground(Theme::color(Theme::Tone::Selection));
        marks += mark;
    }
    m_dump->setExtraSelections(marks);
}

} // namespace Sidewire
