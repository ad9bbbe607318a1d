// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "repeatbar.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

namespace Sidewire {

namespace {

constexpr int MaxInterval = 24 * 60 * 60 * 1000; // ms
constexpr int MaxCount = 1'000'000'000;

} // namespace

RepeatBar::RepeatBar(QWidget *parent)
    : QWidget(parent)
    , m_interval(new QSpinBox(this))
    , m_count(new QSpinBox(this))
    , m_repeat(new QPushButton(Theme::icon(Theme::Icon::Repeat), tr("Repeat"), this))
    , m_stop(new QPushButton(Theme::icon(Theme::Icon::Stop), tr("Stop"), this))
{
    m_interval->setObjectName(QStringLiteral("composerInterval"));
    m_interval->setAccessibleName(tr("Repeat every, in milliseconds"));
    m_interval->setRange(1, MaxInterval);
    m_interval->setSuffix(tr(" ms"));
    m_interval->setValue(1000);
    m_count->setObjectName(QStringLiteral("composerCount"));
    m_count->setAccessibleName(tr("How many times"));
    m_count->setRange(0, MaxCount);
    m_count->setSpecialValueText(tr("no end"));
    m_count->setValue(10);
    for (QSpinBox *box : {m_interval, m_count}) {
        // Room for what is usual; the largest number would take half the row.
        box->setFixedWidth(box->fontMetrics().horizontalAdvance(QStringLiteral("00000 ms")) + 34);
    }
    m_repeat->setObjectName(QStringLiteral("composerRepeat"));
    m_repeat->setToolTip(tr("Send now and then again and again"));
    m_stop->setObjectName(QStringLiteral("composerStop"));
    m_stop->hide();

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(new QLabel(tr("every", "an interval follows"), this));
    row->addWidget(m_interval);
    row->addWidget(new QLabel(QStringLiteral("×"), this));
    row->addWidget(m_count);
    row->addWidget(m_repeat);
    row->addWidget(m_stop);
    connect(m_repeat, &QPushButton::clicked, this, &RepeatBar::repeatRequested);
    connect(m_stop, &QPushButton::clicked, this, &RepeatBar::stopRequested);
}

std::chrono::milliseconds RepeatBar::interval() const
{
    return std::chrono::milliseconds(m_interval->value());
}

qint64 RepeatBar::count() const
{
    return m_count->value();
}

void RepeatBar::setLeft(qint64 left)
{
    const bool isRunning = left != 0;
    m_repeat->setVisible(!isRunning);
    m_stop->setVisible(isRunning);
    m_interval->setEnabled(!isRunning);
    m_count->setEnabled(!isRunning);
    //: The button that stops a repeated send; %1 is how many are left
    m_stop->setText(left < 0 ? tr("Stop") : tr("Stop, %1 left").arg(left));
}

} // namespace Sidewire
