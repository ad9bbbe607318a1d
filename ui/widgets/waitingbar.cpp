// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "waitingbar.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

namespace Sidewire {

namespace {

constexpr int MaxShown = 300; // characters of what a peer sent
constexpr int Accepted = 101; // RFC 9110, 15.2.2

} // namespace

WaitingBar::WaitingBar(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("waitingBar"));
    updateIcon();
    m_text->setObjectName(QStringLiteral("waitingText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto *accept = new QPushButton(tr("&Accept"), this);
    accept->setObjectName(QStringLiteral("acceptUpgrade"));
    auto *refuse = new QPushButton(tr("&Refuse"), this);
    refuse->setObjectName(QStringLiteral("refuseUpgrade"));
    auto *menu = new QMenu(refuse);
    for (const Refusal &refusal : refusals()) {
        connect(menu->addAction(refusal.text), &QAction::triggered, this,
                [this, refusal] { Q_EMIT answered(refusal.status); });
    }
    refuse->setMenu(menu);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 3, 6, 3);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(accept);
    row->addWidget(refuse);
    connect(accept, &QPushButton::clicked, this, [this] { Q_EMIT answered(Accepted); });
    hide();
}

QList<WaitingBar::Refusal> WaitingBar::refusals()
{
    return {{403, tr("403 Forbidden")},
            {404, tr("404 Not Found")},
            {401, tr("401 Unauthorized")},
            {400, tr("400 Bad Request")},
            {503, tr("503 Service Unavailable")}};
}

void WaitingBar::setRequest(const QString &request, qint64 more)
{
    QString text = request.size() > MaxShown ? request.left(MaxShown) + QStringLiteral("…") : request;
    if (more > 0) {
        text += QStringLiteral("  ") + tr("(and %1 more)").arg(more);
    }
    if (text != m_text->text()) {
        m_text->setText(text);
    }
    setVisible(!request.isEmpty());
}

void WaitingBar::updateIcon()
{
    m_icon->setPixmap(Theme::icon(Theme::Icon::Warning).pixmap(16, 16));
}

void WaitingBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateIcon();
    }
    QWidget::changeEvent(event);
}

void WaitingBar::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::color(Theme::Tone::Selection));
}

} // namespace Sidewire
