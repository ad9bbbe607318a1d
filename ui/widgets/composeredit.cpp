// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "composeredit.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int MaxLinesShown = 6;

} // namespace

ComposerEdit::ComposerEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (document()->isEmpty()) {
            m_innerEnding = LineEnding::Lf;
        }
        // A bar beside text that fits would only be noise.
        const bool hasRoom = document()->lineCount() <= MaxLinesShown;
        setVerticalScrollBarPolicy(hasRoom ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
        updateGeometry();
    });
}

QString ComposerEdit::text() const
{
    QString text;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockNumber() > 0) {
            text += QLatin1Char('\n');
        }
        text += block.text();
    }
    return text;
}

void ComposerEdit::setText(const QString &text, LineEnding innerEnding)
{
    setPlainText(text);
    m_innerEnding = innerEnding;
    moveCursor(QTextCursor::End);
}

QSize ComposerEdit::sizeHint() const
{
    const int lines = std::clamp(document()->lineCount(), 1, MaxLinesShown);
    const int frame = 2 * (frameWidth() + static_cast<int>(document()->documentMargin())) + 2;
    return {200, lines * fontMetrics().lineSpacing() + frame};
}

QSize ComposerEdit::minimumSizeHint() const
{
    return {80, sizeHint().height()};
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    if (!m_isComposing && (takeEnter(*event) || takeHistory(*event))) {
        event->accept();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void ComposerEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_isComposing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
}

bool ComposerEdit::takeEnter(const QKeyEvent &event)
{
    if (event.key() != Qt::Key_Return && event.key() != Qt::Key_Enter) {
        return false;
    }
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool isSend = modifiers == Qt::ControlModifier || (modifiers == Qt::NoModifier && blockCount() == 1);
    if (isSend) {
        Q_EMIT submitted();
    } else {
        // Not what Shift+Enter does by default: that is a line separator (U+2028), not a line end.
        textCursor().insertBlock();
        ensureCursorVisible();
    }
    return true;
}

bool ComposerEdit::takeHistory(const QKeyEvent &event)
{
    if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) {
        return false;
    }
    const QTextCursor cursor = textCursor();
    const QTextLine line = cursor.block().layout()->lineForTextPosition(cursor.positionInBlock());
    const int lines = cursor.block().layout()->lineCount();
    const bool isFirst = cursor.blockNumber() == 0 && (!line.isValid() || line.lineNumber() == 0);
    const bool isLast = cursor.blockNumber() == blockCount() - 1 && (!line.isValid() || line.lineNumber() == lines - 1);
    if (event.key() == Qt::Key_Up && isFirst) {
        Q_EMIT olderRequested();
        return true;
    }
    if (event.key() == Qt::Key_Down && isLast) {
        Q_EMIT newerRequested();
        return true;
    }
    return false;
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    const QString pasted = source->text();
    QPlainTextEdit::insertFromMimeData(source);
    if (pasted.contains(QLatin1String("\r\n"))) {
        m_innerEnding = LineEnding::CrLf;
        Q_EMIT textChanged();
    }
}

} // namespace Sidewire
