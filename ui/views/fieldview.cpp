// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "fieldview.h"

#include "core/index/messagedissector.h"
#include "ui/models/backgroundtask.h"
#include "ui/models/fieldmodel.h"
#include "ui/models/fieldtext.h"
#include "ui/theme/theme.h"
#include "ui/views/messagespans.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

namespace Sidewire {

namespace {

constexpr int NameWidth = 46; // Average characters
constexpr int ValueWidth = 54;
constexpr int PlaceWidth = 26;

/// More rows than that are not unfolded by themselves.
constexpr int ManyRows = 12;

/// Messages of which the fields take no noticeable time in the window's thread.
constexpr qint64 InlineBytes = 1024;

} // namespace

FieldView::FieldView(QWidget *parent)
    : QTreeView(parent)
    , m_fields(new FieldModel(this))
{
    setObjectName(QStringLiteral("fieldView"));
    setAccessibleName(tr("Fields of the message"));
    setModel(m_fields);
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setExpandsOnDoubleClick(false);
    setTextElideMode(Qt::ElideRight);
    header()->setStretchLastSection(true);
    const int character = fontMetrics().averageCharWidth();
    header()->resizeSection(FieldModel::NameColumn, character * NameWidth);
    header()->resizeSection(FieldModel::ValueColumn, character * ValueWidth);
    header()->resizeSection(FieldModel::PlaceColumn, character * PlaceWidth);
    connect(this, &QAbstractItemView::doubleClicked, this, &FieldView::requestBytes);

    const auto add = [this](const QString &text, void (FieldView::*function)()) {
        auto *action = new QAction(text, this);
        connect(action, &QAction::triggered, this, function);
        addAction(action);
        return action;
    };
    add(tr("Copy the &value\tCtrl+C"), &FieldView::copyValue)->setIcon(Theme::icon(Theme::Icon::Copy));
    add(tr("Copy &all fields as text\tCtrl+Shift+C"), &FieldView::copyTree);
    auto *select = new QAction(tr("&Select its bytes\tEnter"), this);
    connect(select, &QAction::triggered, this, [this] { requestBytes(currentIndex()); });
    addAction(select);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

void FieldView::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    setMessage({});
}

void FieldView::setMessage(const std::optional<Message> &message)
{
    if (!m_message && !message) {
        return;
    }
    m_isSame = isSameMessage(m_message, message);
    m_message = message;
    m_isDue = message.has_value();
    ++m_generation;
    if (!m_isSame) {
        show({}); // Until it is there: never the fields of another message
    }
    fetch();
}

void FieldView::fetch()
{
    if (!m_isDue || !isVisible() || !m_log || !m_message) {
        return;
    }
    m_isDue = false;
    if (m_message->span().size() <= InlineBytes) {
        if (auto root = MessageDissector(*m_log).dissect(*m_message, MessageReader::Wait::No)) {
            show(std::move(root));
            return;
        }
    }
    const auto work = [log = m_log, message = *m_message] {
        return MessageDissector(*log).dissect(message, MessageReader::Wait::Yes);
    };
    runInBackground(this, work, [this, generation = m_generation](std::optional<Field> root) {
        if (generation == m_generation) {
            show(std::move(root));
        }
    });
}

void FieldView::show(std::optional<Field> root)
{
    const std::vector<int> path = FieldModel::pathOf(currentIndex());
    const int scrolled = verticalScrollBar()->value();
    const std::vector<std::vector<int>> paths = m_isSame ? unfolded() : std::vector<std::vector<int>>();
    m_fields->setField(std::move(root));
    if (paths.empty()) {
        unfold();
    } else {
        unfoldAs(paths);
    }
    if (m_isSame && !path.empty()) {
        setCurrentIndex(m_fields->find(path));
    }
    if (m_isSame) {
        verticalScrollBar()->setValue(scrolled);
    }
    requestMark();
}

std::vector<std::vector<int>> FieldView::unfolded() const
{
    std::vector<std::vector<int>> paths;
    for (QModelIndex at = m_fields->index(0, 0); at.isValid(); at = indexBelow(at)) {
        if (isExpanded(at)) {
            paths.push_back(FieldModel::pathOf(at));
        }
    }
    return paths;
}

void FieldView::unfoldAs(const std::vector<std::vector<int>> &paths)
{
    for (const std::vector<int> &path : paths) {
        expand(m_fields->find(path));
    }
}

void FieldView::unfold()
{
    const QModelIndex root = m_fields->index(0, 0);
    expand(root);
    if (m_fields->rowCount(root) <= ManyRows) {
        expandAll();
    }
}

void FieldView::requestMark()
{
    Q_EMIT markRequested(isVisible() ? m_fields->field(currentIndex()) : nullptr);
}

void FieldView::requestBytes(const QModelIndex &index)
{
    const Field *field = m_fields->field(index);
    if (field && !field->bits.isEmpty()) {
        Q_EMIT bytesRequested(field->bits);
    }
}

void FieldView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    requestMark();
}

bool FieldView::event(QEvent *event)
{
    // The views beside it copy messages with the same keys.
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy)
            || (key->key() == Qt::Key_C && key->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier))) {
            event->accept();
            return true;
        }
    }
    return QTreeView::event(event);
}

void FieldView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyValue();
    } else if (event->key() == Qt::Key_C && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        copyTree();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        requestBytes(currentIndex());
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void FieldView::showEvent(QShowEvent *event)
{
    QTreeView::showEvent(event);
    fetch();
    requestMark();
}

void FieldView::hideEvent(QHideEvent *event)
{
    QTreeView::hideEvent(event);
    Q_EMIT markRequested(nullptr);
}

void FieldView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        viewport()->update(); // The model takes its colours from the theme
    }
    QTreeView::changeEvent(event);
}

void FieldView::copyValue()
{
    const QModelIndex index = currentIndex();
    if (!index.parent().isValid()) { // The message itself: all of it
        copyTree();
    } else if (const Field *field = m_fields->field(index)) {
        QGuiApplication::clipboard()->setText(field->value.isEmpty() ? FieldText::name(*field)
                                                                     : FieldText::value(*field));
    }
}

void FieldView::copyTree()
{
    if (const Field *root = m_fields->field(m_fields->index(0, 0))) {
        QGuiApplication::clipboard()->setText(FieldText::tree(*root));
    }
}

} // namespace Sidewire
