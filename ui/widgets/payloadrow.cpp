// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "payloadrow.h"

#include "core/payload/text.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace Sidewire {

namespace {

constexpr int PreviewLength = 200;
constexpr qsizetype LastShortcut = 9;

} // namespace

PayloadRow::PayloadRow(const SavedPayload &saved, qsizetype index, QWidget *parent)
    : QWidget(parent)
    , m_saved(saved)
    , m_name(new QLabel(this))
    , m_nameEdit(new QLineEdit(this))
    , m_textEdit(new QLineEdit(this))
    , m_send(new QToolButton(this))
{
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(saved.name);
    const QString number = index < LastShortcut ? QStringLiteral("%1  ").arg(index + 1) : QStringLiteral("    ");
    m_name->setObjectName(QStringLiteral("payloadName"));
    m_name->setTextFormat(Qt::PlainText);
    m_name->setText(number + saved.name);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    const QString preview = Text::preview(saved.payload.text.left(PreviewLength).toUtf8(), PreviewLength);
    setToolTip(QStringLiteral("<p>%1</p>").arg(preview.toHtmlEscaped()));
    m_nameEdit->setObjectName(QStringLiteral("payloadNameEdit"));
    m_nameEdit->setAccessibleName(tr("Name of the payload"));
    m_textEdit->setObjectName(QStringLiteral("payloadTextEdit"));
    m_textEdit->setAccessibleName(tr("Payload"));
    m_send->setObjectName(QStringLiteral("payloadSend"));
    m_send->setAutoRaise(true);
    m_send->setIcon(Theme::icon(Theme::Icon::Send));
    m_send->setAccessibleName(tr("Send %1").arg(saved.name));
    m_send->setToolTip(index < LastShortcut ? tr("Send (Ctrl+%1)").arg(index + 1) : tr("Send"));

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(6, 0, 2, 0);
    layout->setSpacing(2);
    layout->addWidget(m_name, 0, 0);
    layout->addWidget(m_nameEdit, 0, 0);
    layout->addWidget(m_send, 0, 1);
    layout->addWidget(m_textEdit, 1, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    showEditing(false);

    connect(m_send, &QToolButton::clicked, this, &PayloadRow::sendRequested);
    connect(m_nameEdit, &QLineEdit::returnPressed, this, &PayloadRow::finishEditing);
    connect(m_textEdit, &QLineEdit::returnPressed, this, &PayloadRow::finishEditing);
    m_nameEdit->installEventFilter(this);
    m_textEdit->installEventFilter(this);
}

void PayloadRow::edit()
{
    m_nameEdit->setText(m_saved.name);
    m_textEdit->setText(m_saved.payload.text);
    // A line edit cannot hold line ends: such a text is edited in the composer.
    m_textEdit->setEnabled(!m_saved.payload.text.contains(QLatin1Char('\n')));
    showEditing(true);
    m_nameEdit->setFocus();
    m_nameEdit->selectAll();
}

void PayloadRow::mouseDoubleClickEvent(QMouseEvent *)
{
    edit();
}

void PayloadRow::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Send"), this, &PayloadRow::sendRequested);
    menu->addAction(tr("Put into the composer"), this, &PayloadRow::composeRequested);
    menu->addAction(tr("Edit (F2)"), this, &PayloadRow::edit);
    menu->addSeparator();
    menu->addAction(tr("Move up (Ctrl+Up)"), this, [this] { Q_EMIT moveRequested(-1); });
    menu->addAction(tr("Move down (Ctrl+Down)"), this, [this] { Q_EMIT moveRequested(1); });
    menu->addSeparator();
    menu->addAction(tr("Remove (Delete)"), this, &PayloadRow::removeRequested);
    menu->popup(event->globalPos());
}

bool PayloadRow::event(QEvent *event)
{
    // The window goes to the next bookmark with the same key.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_F2 && key->modifiers() == Qt::NoModifier) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PayloadRow::keyPressEvent(QKeyEvent *event)
{
    const bool isControl = event->modifiers() == Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_F2:
        edit();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT sendRequested();
        return;
    case Qt::Key_Delete:
        Q_EMIT removeRequested();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (isControl) {
            Q_EMIT moveRequested(event->key() == Qt::Key_Up ? -1 : 1);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

bool PayloadRow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        cancelEditing();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void PayloadRow::finishEditing()
{
    SavedPayload changed = m_saved;
    changed.name = m_nameEdit->text().trimmed();
    if (m_textEdit->isEnabled()) {
        changed.payload.text = m_textEdit->text();
    }
    showEditing(false);
    Q_EMIT edited(changed); // Replaces this row
}

void PayloadRow::cancelEditing()
{
    showEditing(false);
    setFocus();
}

void PayloadRow::showEditing(bool isEditing)
{
    m_name->setVisible(!isEditing);
    m_nameEdit->setVisible(isEditing);
    m_textEdit->setVisible(isEditing);
}

} // namespace Sidewire
