// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "payloadtext.h"

#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QTextCursor>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qsizetype PieceSize = 4096;

// A turn, whichever is reached first
constexpr int MaxPieces = 16;
constexpr qint64 MaxMilliseconds = 3;

} // namespace

PayloadText::PayloadText(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(Theme::fixedFont());
    m_nextTurn.setSingleShot(true);
    connect(&m_nextTurn, &QTimer::timeout, this, &PayloadText::append);
}

void PayloadText::showText(const QString &text)
{
    m_nextTurn.stop();
    m_appended = keepCommon(text);
    m_text = text;
    if (m_appended == 0) {
        m_appended = endOfPiece();
        setPlainText(m_text.first(m_appended)); // And the cursor to its beginning
    }
    append();
}

/// Takes away what is not the same in `text`, and gives back how much stays.
qsizetype PayloadText::keepCommon(const QString &text)
{
    const auto [end, other] = std::mismatch(m_text.cbegin(), m_text.cbegin() + m_appended, text.cbegin(), text.cend());
    const qsizetype common = end - m_text.cbegin();
    if (common == 0 || document()->characterCount() - 1 != m_appended) {
        return 0;
    }
    if (common < m_appended) {
        QTextCursor rest(document());
        rest.setPosition(static_cast<int>(common));
        rest.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        rest.removeSelectedText();
    }
    return common;
}

/// Pieces are whole lines, which are laid out as they come.
qsizetype PayloadText::endOfPiece() const
{
    const qsizetype lineEnd = m_text.indexOf(u'\n', std::min(m_appended + PieceSize, m_text.size()));
    return lineEnd < 0 ? m_text.size() : lineEnd + 1;
}

void PayloadText::append()
{
    QElapsedTimer time;
    time.start();
    QTextCursor end(document());
    for (int pieces = 0; m_appended < m_text.size(); ++pieces) {
        if (pieces == MaxPieces || time.elapsed() >= MaxMilliseconds) {
            m_nextTurn.start(0);
            return;
        }
        const qsizetype to = endOfPiece();
        end.movePosition(QTextCursor::End);
        end.insertText(m_text.sliced(m_appended, to - m_appended));
        m_appended = to;
    }
}

QString PayloadText::breakLongLines(const QString &text)
{
    QString broken;
    broken.reserve(text.size() + text.size() / MaxLine);
    qsizetype column = 0;
    for (const QChar character : text) {
        if (column >= MaxLine && character != u'\n' && !character.isLowSurrogate()) {
            broken += u'\n';
            column = 0;
        }
        broken += character;
        column = character == u'\n' ? 0 : column + 1;
    }
    return broken;
}

void PayloadText::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange) {
        setFont(Theme::fixedFont());
    }
    QPlainTextEdit::changeEvent(event);
}

} // namespace Sidewire
