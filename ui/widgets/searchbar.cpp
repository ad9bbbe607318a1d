// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "searchbar.h"

#include "ui/widgets/labeltone.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTimerEvent>
#include <QToolButton>

namespace Sidewire {

namespace {

constexpr int RestMilliseconds = 200;

QComboBox *addChoice(QHBoxLayout &row, const char *name, const QString &hint, const QStringList &choices)
{
    auto *box = new QComboBox(row.parentWidget());
    box->setObjectName(QString::fromLatin1(name));
    box->addItems(choices);
    box->setToolTip(hint);
    box->setAccessibleName(hint);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row.addWidget(box);
    return box;
}

} // namespace

SearchBar::SearchBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_case(new QToolButton(this))
    , m_status(new QLabel(this))
{
    setObjectName(QStringLiteral("searchBar"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 3, 4, 3);
    row->setSpacing(4);
    m_text->setObjectName(QStringLiteral("searchText"));
    m_text->setPlaceholderText(tr("Find"));
    m_text->setAccessibleName(tr("Find"));
    m_text->setClearButtonEnabled(true);
    m_text->addAction(Theme::icon(Theme::Icon::Find), QLineEdit::LeadingPosition);
    m_text->setMinimumWidth(140);
    m_text->installEventFilter(this);
    row->addWidget(m_text, 3);
    m_mode = addChoice(*row, "searchMode", tr("How it is read"), {tr("Text"), tr("Hex"), tr("Regex")});
    m_mode->setItemData(0, tr("As UTF-8"), Qt::ToolTipRole);
    m_mode->setItemData(1, tr("Bytes: 0d 0a"), Qt::ToolTipRole);
    m_mode->setItemData(2, tr("A regular expression over the bytes (RE2): \\xff is a byte, ^ and $ are ends of lines"),
                        Qt::ToolTipRole);
    m_case->setObjectName(QStringLiteral("searchCase"));
    m_case->setText(QStringLiteral("Aa"));
    m_case->setCheckable(true);
    m_case->setAutoRaise(true);
    m_case->setToolTip(tr("Upper and lower case differ"));
    m_case->setAccessibleName(m_case->toolTip());
    row->addWidget(m_case);
    m_direction = addChoice(*row, "searchDirection", tr("Direction"), {tr("in and out"), tr("in"), tr("out")});
    m_scope = addChoice(*row, "searchScope", tr("Where it is looked for"), {tr("Content"), tr("Wire")});
    m_scope->setItemData(0,
                         tr("WebSocket messages unmasked, put together and inflated; all other bytes as they crossed"),
                         Qt::ToolTipRole);
    m_scope->setItemData(1, tr("All bytes as they crossed, masked and compressed ones too"), Qt::ToolTipRole);
    m_connections = addChoice(*row, "searchConnections", tr("Connections"), {tr("shown"), tr("all"), QString()});
    m_status->setObjectName(QStringLiteral("searchStatus"));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setMinimumWidth(60);
    row->addWidget(m_status, 2);
    m_cancel = addButton("searchCancel", Theme::Icon::Stop, tr("Stop looking"), &SearchBar::cancelRequested);
    m_cancel->hide();
    auto *previous = addButton("searchPrevious", Theme::Icon::Follow, tr("The one before (Shift+F3)"),
                               &SearchBar::previousRequested);
    previous->setIcon({});
    previous->setArrowType(Qt::UpArrow);
    auto *next = addButton("searchNext", Theme::Icon::Follow, tr("The next one (F3)"), &SearchBar::nextRequested);
    next->setIcon({});
    next->setArrowType(Qt::DownArrow);
    addButton("searchClose", Theme::Icon::Remove, tr("Close (Esc)"), &SearchBar::closeRequested);

    connect(m_text, &QLineEdit::textChanged, this, [this] { m_rest.start(RestMilliseconds, this); });
    connect(m_case, &QToolButton::toggled, this, &SearchBar::ask);
    for (const QComboBox *box : {m_mode, m_direction, m_scope, m_connections}) {
        connect(box, &QComboBox::currentIndexChanged, this, &SearchBar::ask);
    }
    setTabOrder(m_text, m_mode);
    setTabOrder(m_mode, m_case);
    setConnections(1, {});
    setContentOffered(false);
}

QToolButton *SearchBar::addButton(const char *name, Theme::Icon icon, const QString &hint, void (SearchBar::*signal)())
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(Theme::icon(icon));
    button->setAutoRaise(true);
    button->setToolTip(hint);
    button->setAccessibleName(hint);
    connect(button, &QToolButton::clicked, this, signal);
    layout()->addWidget(button);
    return button;
}

SearchQuery SearchBar::query() const
{
    SearchQuery query;
    query.text = m_text->text();
    query.mode = static_cast<SearchQuery::Mode>(m_mode->currentIndex());
    query.scope = static_cast<SearchQuery::Scope>(m_scope->currentIndex());
    query.isCaseSensitive = m_case->isChecked();
    if (m_direction->currentIndex() > 0) {
        query.direction = m_direction->currentIndex() == 1 ? Direction::In : Direction::Out;
    }
    return query;
}

SearchBar::Connections SearchBar::connections() const
{
    return static_cast<Connections>(m_connections->currentIndex());
}

void SearchBar::setText(const QString &text, SearchQuery::Mode mode)
{
    const QSignalBlocker blocker(m_mode);
    m_mode->setCurrentIndex(static_cast<int>(mode));
    m_text->setText(text);
}

void SearchBar::focusField()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void SearchBar::setConnections(qint64 count, const QString &selected)
{
    m_connections->setVisible(count > 1);
    const QString text = selected.isEmpty() ? tr("selected") : selected;
    const int row = static_cast<int>(Connections::Selected);
    if (m_connections->itemText(row) != text) {
        const QSignalBlocker blocker(m_connections);
        m_connections->setItemText(row, text);
    }
    auto *model = qobject_cast<QStandardItemModel *>(m_connections->model());
    model->item(row)->setEnabled(!selected.isEmpty());
}

void SearchBar::setContentOffered(bool isOffered)
{
    m_scope->setVisible(isOffered);
}

void SearchBar::setStatus(const QString &text, Theme::Tone tone, const QString &hint)
{
    m_tone = tone;
    setTone(m_status, tone);
    m_status->setToolTip(hint);
    if (m_status->text() != text) {
        m_status->setText(text);
    }
}

QString SearchBar::status() const
{
    return m_status->text();
}

void SearchBar::setWorking(bool isWorking)
{
    m_cancel->setVisible(isWorking);
}

void SearchBar::ask()
{
    m_rest.stop();
    Q_EMIT queryChanged();
}

bool SearchBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_rest.isActive()) {
            ask(); // Which goes to the first one
        } else if (key->modifiers().testFlag(Qt::ShiftModifier)) {
            Q_EMIT previousRequested();
        } else {
            Q_EMIT nextRequested();
        }
        return true;
    case Qt::Key_Escape:
        Q_EMIT closeRequested();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void SearchBar::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_rest.timerId()) {
        ask();
    } else {
        QWidget::timerEvent(event);
    }
}

void SearchBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        setTone(m_status, m_tone);
    }
    QWidget::changeEvent(event);
}

} // namespace Sidewire
