// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "highlightrow.h"

#include "ui/theme/theme.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/labeltone.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QToolButton>

namespace Sidewire {

namespace {

constexpr QSize SwatchSize(28, 14);

QIcon swatch(int color)
{
    QPixmap pixmap(SwatchSize);
    QPainter painter(&pixmap);
    painter.fillRect(pixmap.rect(), Theme::highlightColor(color));
    painter.setPen(Theme::highlightMark(color));
    painter.drawRect(pixmap.rect().adjusted(0, 0, -1, -1));
    return QIcon(pixmap);
}

} // namespace

HighlightRow::HighlightRow(const HighlightRule &rule, QWidget *parent)
    : QWidget(parent)
    , m_enabled(new QCheckBox(this))
    , m_color(new QComboBox(this))
    , m_filter(new FilterEdit(this))
    , m_up(makeButton("ruleUp", tr("Earlier: of several rules that match, the first one gives the colour")))
    , m_down(makeButton("ruleDown", tr("Later")))
    , m_remove(makeButton("removeRule", tr("Remove this rule")))
    , m_problem(new QLabel(this))
{
    m_enabled->setObjectName(QStringLiteral("ruleEnabled"));
    m_enabled->setChecked(rule.isEnabled);
    m_enabled->setToolTip(tr("Use this rule"));
    m_color->setObjectName(QStringLiteral("ruleColor"));
    m_color->setAccessibleName(tr("Colour"));
    m_color->setIconSize(SwatchSize);
    const QStringList names{tr("green"), tr("cyan"), tr("violet"), tr("pink"), tr("olive"), tr("slate")};
    for (int color = 0; color < Theme::HighlightColorCount; ++color) {
        m_color->addItem(swatch(color), names.value(color));
    }
    m_color->setCurrentIndex(rule.color % Theme::HighlightColorCount);
    m_filter->setObjectName(QStringLiteral("ruleFilter"));
    m_filter->setAccessibleName(tr("Filter of the rule"));
    m_filter->setPlaceholderText(tr("which messages, such as in invalid:json"));
    m_filter->setText(rule.filter);
    m_up->setArrowType(Qt::UpArrow);
    m_down->setArrowType(Qt::DownArrow);
    m_remove->setIcon(Theme::icon(Theme::Icon::Remove));
    m_problem->setObjectName(QStringLiteral("ruleProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 2, 0, 2);
    int column = 0;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_enabled, m_color, m_filter, m_up, m_down, m_remove}) {
        grid->addWidget(widget, 0, column++);
    }
    grid->setColumnStretch(2, 1);
    grid->addWidget(m_problem, 1, 2, 1, 4);

    connect(m_up, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(1); });
    connect(m_remove, &QToolButton::clicked, this, &HighlightRow::removeRequested);
    connect(m_filter, &FilterEdit::checked, this, &HighlightRow::onChecked);
    onChecked();
}

QToolButton *HighlightRow::makeButton(const char *name, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoRaise(true);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    return button;
}

HighlightRule HighlightRow::rule() const
{
    return {m_filter->text().trimmed(), m_color->currentIndex(), m_enabled->isChecked()};
}

bool HighlightRow::isValid() const
{
    return !m_filter->error() && !m_filter->expression().isEmpty();
}

void HighlightRow::setPlace(qsizetype place, qsizetype count)
{
    m_enabled->setText(QString::number(place + 1));
    m_up->setEnabled(place > 0);
    m_down->setEnabled(place + 1 < count);
}

void HighlightRow::focusField()
{
    m_filter->setFocus();
}

void HighlightRow::onChecked()
{
    m_problem->setText(m_filter->error() ? m_filter->error()->detail : QString());
    m_problem->setVisible(m_filter->error().has_value());
    setTone(m_problem, Theme::Tone::Error);
    Q_EMIT changed();
}

} // namespace Sidewire
