// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "lensheader.h"

#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace Sidewire {

namespace {

constexpr int ChooserPadding = 12; // Styles make a button with a menu as narrow as its text

} // namespace

LensHeader::LensHeader(QWidget *parent)
    : QWidget(parent)
    , m_chooser(new QPushButton(this))
    , m_menu(new QMenu(this))
    , m_progress(new QLabel(this))
    , m_cancel(new QToolButton(this))
{
    m_chooser->setObjectName(QStringLiteral("lensChooser"));
    m_chooser->setMenu(m_menu);
    m_chooser->setFocusPolicy(Qt::TabFocus);
    m_progress->setTextFormat(Qt::PlainText);
    m_cancel->setObjectName(QStringLiteral("cancelCut"));
    m_cancel->setAutoRaise(true);
    m_cancel->setIcon(Theme::icon(Theme::Icon::Stop));
    m_cancel->setToolTip(tr("Stop cutting and keep the present messages"));
    m_cancel->setAccessibleName(m_cancel->toolTip());

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 1, 4, 1);
    auto *title = new QLabel(tr("Messages:"), this);
    title->setBuddy(m_chooser);
    row->addWidget(title);
    row->addWidget(m_chooser);
    row->addStretch();
    row->addWidget(m_progress);
    row->addWidget(m_cancel);

    connect(m_menu, &QMenu::aboutToShow, this, &LensHeader::fillMenu);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (m_log) {
            m_log->cancelRecut();
        }
    });
    refresh();
}

void LensHeader::setLog(std::shared_ptr<SessionLog> log)
{
    m_log = std::move(log);
    refresh();
}

void LensHeader::fillMenu()
{
    m_menu->clear();
    const QString chosen = m_log ? m_log->chosenLens().name : QString();
    auto *group = new QActionGroup(m_menu);
    for (const QString &name : LensSpec::names()) {
        QAction *action = m_menu->addAction(name == QLatin1String("auto") ? tr("auto (guess)") : name);
        action->setCheckable(true);
        action->setChecked(name == chosen);
        action->setActionGroup(group);
        connect(action, &QAction::triggered, this, [this, name] { Q_EMIT lensRequested(name); });
    }
}

void LensHeader::refresh()
{
    m_chooser->setEnabled(m_log != nullptr);
    if (!m_log) {
        showChoice(QStringLiteral("auto"), {});
        m_progress->hide();
        m_cancel->hide();
        return;
    }
    const std::shared_ptr<const MessageTable> table = m_log->messages();
    const Lens::Decision decision = table->decision(); // Empty while "auto" has not seen enough bytes
    showChoice(decision.lens.isEmpty() ? table->lens().toString() : QString::fromUtf8(decision.lens),
               QString::fromUtf8(decision.reason));
    const SessionLog::Progress progress = m_log->progress();
    const bool isCutting = progress.recutDone >= 0;
    m_progress->setVisible(isCutting);
    m_cancel->setVisible(isCutting);
    if (isCutting) {
        const qint64 records = std::max<qint64>(1, m_log->records().count());
        //: Progress of cutting the log with another lens: "cutting as lines, 34 %"
        m_progress->setText(
            tr("cutting as %1, %2 %").arg(m_log->chosenLens().toString()).arg(progress.recutDone * 100 / records));
    }
}

void LensHeader::showChoice(const QString &lens, const QString &reason)
{
    //: Name of a lens that was not chosen but guessed from the first bytes
    const QString text = reason.isEmpty() ? lens : tr("%1 (guessed)").arg(lens);
    if (text == m_chooser->text()) {
        return; // Assistive tools hear of every change
    }
    m_chooser->setText(text);
    m_chooser->setMinimumWidth(m_chooser->sizeHint().width() + ChooserPadding);
    m_chooser->setToolTip(reason.isEmpty() ? tr("How bytes are cut into messages") : tr("Guessed: %1").arg(reason));
    //: What assistive tools read for the button that chooses the lens
    m_chooser->setAccessibleName(tr("Messages: %1").arg(text));
}

} // namespace Sidewire
