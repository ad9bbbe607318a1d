// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "panebar.h"

#include <QHBoxLayout>
#include <QLabel>

namespace Sidewire {

PaneBar::PaneBar(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_remark(new QLabel(this))
{
    m_row->setContentsMargins(6, 2, 8, 2);
    m_row->setSpacing(6);
    m_remark->setObjectName(QStringLiteral("paneRemark"));
    m_remark->setTextFormat(Qt::PlainText);
    m_remark->setForegroundRole(QPalette::PlaceholderText);
    m_remark->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_row->addWidget(m_remark, 1);
}

void PaneBar::add(QWidget *choice)
{
    m_row->insertWidget(m_row->count() - 1, choice);
}

void PaneBar::setRemark(const QString &text)
{
    m_text = text;
    m_remark->setToolTip(text.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()));
    elide();
}

void PaneBar::elide()
{
    m_remark->setText(m_remark->fontMetrics().elidedText(m_text, Qt::ElideRight, m_remark->width()));
}

void PaneBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_row->activate();
    elide();
}

} // namespace Sidewire
