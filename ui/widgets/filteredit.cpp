// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "filteredit.h"

#include "core/filter/filtervocabulary.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStandardItemModel>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int WordRole = Qt::UserRole;
constexpr int WordCells = 14; // Of the list; the meanings stand behind
constexpr int WaveStep = 3; // px

QStandardItemModel *makeModel(QObject *parent)
{
    auto *model = new QStandardItemModel(parent);
    for (const FilterWord &word : filterVocabulary()) {
        auto *item = new QStandardItem(word.text.leftJustified(WordCells) + word.meaning);
        item->setData(word.text, WordRole);
        model->appendRow(item);
    }
    return model;
}

bool isWordEnd(QChar c)
{
    return c.isSpace() || c == u'(' || c == u')';
}

} // namespace

FilterEdit::FilterEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_completer(new QCompleter(this))
    , m_utcOffset([] { return 0; })
{
    setFont(Theme::fixedFont());
    setMaxLength(static_cast<int>(FilterExpression::MaxLength));
    m_completer->setModel(makeModel(m_completer));
    m_completer->setCompletionRole(WordRole);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setMaxVisibleItems(12);
    m_completer->setWidget(this);
    m_completer->popup()->setFont(Theme::fixedFont());
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &FilterEdit::takeCompletion);
    connect(this, &QLineEdit::textChanged, this, &FilterEdit::check);
    connect(this, &QLineEdit::textEdited, this, [this] { complete(Offer::WhatFits); });
}

void FilterEdit::setUtcOffset(std::function<int()> seconds)
{
    m_utcOffset = std::move(seconds);
}

void FilterEdit::check()
{
    const FilterExpression::Parsed parsed = FilterExpression::parse(text(), m_utcOffset());
    if (const auto *error = std::get_if<FilterError>(&parsed)) {
        m_error = *error;
        m_expression = {};
    } else {
        m_error.reset();
        m_expression = std::get<FilterExpression>(parsed);
    }
    update();
    Q_EMIT checked();
}

bool FilterEdit::isCompleting() const
{
    return m_completer->popup()->isVisible();
}

qsizetype FilterEdit::wordBegin() const
{
    const QString before = text().left(cursorPosition());
    if (before.count(u'"') % 2 != 0) {
        return -1;
    }
    qsizetype begin = before.size();
    while (begin > 0 && !isWordEnd(before[begin - 1])) {
        --begin;
    }
    return begin < before.size() && (before[begin] == u'/' || before[begin] == u'"') ? -1 : begin;
}

void FilterEdit::complete(Offer offer)
{
    const qsizetype begin = wordBegin();
    const QString word = begin < 0 ? QString() : text().mid(begin, cursorPosition() - begin);
    m_completer->setCompletionPrefix(word);
    const int count = m_completer->completionCount();
    const bool isDone = count == 1 && m_completer->currentCompletion() == word;
    if (begin < 0 || count == 0 || isDone || (word.isEmpty() && offer == Offer::WhatFits)) {
        m_completer->popup()->hide();
        return;
    }
    const int width = m_completer->popup()->sizeHintForColumn(0) + 3 * fontMetrics().height();
    m_completer->complete(QRect(xOf(begin), 0, width, height()));
    m_completer->popup()->setCurrentIndex({}); // Enter means what was typed until something is chosen
}

void FilterEdit::takeCompletion(const QString &word)
{
    const qsizetype begin = wordBegin();
    if (begin < 0) {
        return;
    }
    const bool wantsValue = word.endsWith(u':') || word.endsWith(u'>') || word.endsWith(u'<');
    const bool isAtEnd = cursorPosition() == text().size();
    setSelection(static_cast<int>(begin), cursorPosition() - static_cast<int>(begin));
    insert(wantsValue || !isAtEnd ? word : word + u' ');
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    if (isCompleting()) {
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            if (m_completer->popup()->currentIndex().isValid()) {
                event->ignore(); // For the list
                return;
            }
            m_completer->popup()->hide();
            break;
        case Qt::Key_Escape:
            event->ignore();
            return;
        default:
            break;
        }
    }
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        complete(Offer::Everything);
        return;
    }
    QLineEdit::keyPressEvent(event);
}

int FilterEdit::xOf(qsizetype position) const
{
    // The field tells where its cursor is, and nothing else.
    const QFontMetrics metrics = fontMetrics();
    return cursorRect().center().x() + metrics.horizontalAdvance(text().left(position))
        - metrics.horizontalAdvance(text().left(cursorPosition()));
}

QRect FilterEdit::errorRect() const
{
    if (!m_error) {
        return {};
    }
    const QString all = text();
    qsizetype end = m_error->position;
    while (end < all.size() && !isWordEnd(all[end])) {
        ++end;
    }
    const int left = xOf(m_error->position);
    const int right = std::max(xOf(end), left + fontMetrics().averageCharWidth());
    const QRect line = cursorRect();
    return {left, line.top(), right - left, line.height()};
}

void FilterEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const QRect place = errorRect();
    if (place.isEmpty()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(rect().adjusted(2, 0, -2, 0));
    painter.setPen(QPen(Theme::color(Theme::Tone::Error), 1.4));
    const qreal low = std::min(place.bottom(), height() - WaveStep);
    QPainterPath wave(QPointF(place.left(), low));
    for (int x = place.left(), step = 0; x < place.right(); x += WaveStep, ++step) {
        wave.lineTo(x + WaveStep, step % 2 == 0 ? low - WaveStep + 1 : low);
    }
    painter.drawPath(wave);
}

} // namespace Sidewire
