// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "filterbar.h"

#include "ui/settings/keys.h"
#include "ui/settings/recentlist.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/labeltone.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QToolButton>

namespace Sidewire {

namespace {

constexpr std::chrono::milliseconds TypingPause{250};
constexpr qsizetype LongestEntry = 70; // Characters of a recent filter in the menu

QString shortened(const QString &text)
{
    QString entry = text.size() > LongestEntry ? text.left(LongestEntry) + QStringLiteral("\u2026") : text;
    return entry.replace(u'&', QStringLiteral("&&"));
}

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new FilterEdit(this))
    , m_mark(m_edit->addAction(Theme::icon(Theme::Icon::Filter), QLineEdit::LeadingPosition))
    , m_problem(new ElidedLabel(this))
    , m_count(new QLabel(this))
    , m_more(new QToolButton(this))
    , m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("filterBar"));
    buildRow();
    m_pause.setSingleShot(true);
    m_pause.setInterval(TypingPause);
    connect(&m_pause, &QTimer::timeout, this, &FilterBar::apply);
    connect(m_edit, &FilterEdit::checked, this, &FilterBar::onChecked);
    connect(m_edit, &QLineEdit::returnPressed, this, [this] {
        apply();
        remember();
    });
    connect(m_more, &QToolButton::clicked, this, &FilterBar::openMenu);
    connect(m_menu, &QMenu::aboutToShow, this, &FilterBar::fillMenu);
    m_edit->installEventFilter(this);
    showState();
}

void FilterBar::buildRow()
{
    m_edit->setObjectName(QStringLiteral("filterField"));
    m_edit->setAccessibleName(tr("Filter for messages"));
    m_edit->setPlaceholderText(tr("in kind:text len>100 \"text\" /regex/ invalid:json"));
    m_edit->setClearButtonEnabled(true);
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    m_count->setObjectName(QStringLiteral("filterCount"));
    m_count->setTextFormat(Qt::PlainText);
    m_more->setObjectName(QStringLiteral("filterMenu"));
    m_more->setAutoRaise(true);
    m_more->setArrowType(Qt::DownArrow);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setToolTip(tr("Recent filters, highlight rules, the words of the language"));
    m_more->setAccessibleName(m_more->toolTip());

    auto *title = new QLabel(tr("Filter:"), this);
    title->setBuddy(m_edit);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 1, 4, 1);
    row->setSpacing(6);
    row->addWidget(title);
    row->addWidget(m_edit, 3);
    row->addWidget(m_more);
    row->addWidget(m_problem, 2);
    row->addWidget(m_count);
}

void FilterBar::setSettings(QSettings *settings)
{
    m_settings = settings;
}

void FilterBar::setUtcOffset(std::function<int()> seconds)
{
    m_edit->setUtcOffset(std::move(seconds));
}

void FilterBar::setFilter(const QString &text)
{
    m_edit->setText(text);
    apply();
    remember();
}

void FilterBar::focusField()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void FilterBar::onChecked()
{
    if (m_edit->text().isEmpty()) {
        apply();
    } else {
        m_pause.start();
    }
    showState();
}

void FilterBar::apply()
{
    m_pause.stop();
    const QString text = m_edit->text().trimmed();
    if (m_edit->error() || text == m_filter) {
        return;
    }
    m_filter = text;
    m_expression = m_edit->expression();
    showState();
    Q_EMIT filterChanged();
}

void FilterBar::remember()
{
    if (m_settings && !m_filter.isEmpty()) {
        RecentList(*m_settings, Settings::RecentFilters, Settings::RecentFilterLimit).add(m_filter);
    }
}

void FilterBar::openMenu()
{
    m_menu->popup(m_edit->mapToGlobal(QPoint(0, m_edit->height())));
}

void FilterBar::fillMenu()
{
    m_menu->clear();
    const QStringList recent = m_settings
        ? RecentList(*m_settings, Settings::RecentFilters, Settings::RecentFilterLimit).items()
        : QStringList();
    for (const QString &filter : recent) {
        QAction *action = m_menu->addAction(shortened(filter));
        action->setObjectName(QStringLiteral("recentFilter"));
        connect(action, &QAction::triggered, this, [this, filter] { setFilter(filter); });
    }
    if (recent.isEmpty()) {
        m_menu->addAction(tr("No filter was used yet"))->setEnabled(false);
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("&Highlight rules…")), &QAction::triggered, this, &FilterBar::rulesRequested);
    connect(m_menu->addAction(tr("&Words of the language…")), &QAction::triggered, this, &FilterBar::helpRequested);
}

void FilterBar::showState()
{
    const std::optional<FilterError> &error = m_edit->error();
    m_mark->setIcon(Theme::icon(error ? Theme::Icon::Error : Theme::Icon::Filter));
    m_problem->setText(error ? error->detail : QString());
    //: What assistive tools read below a filter with an error: the character's number and the sentence
    m_edit->setAccessibleDescription(error ? tr("Wrong at character %1: %2").arg(error->position + 1).arg(error->detail)
                                           : QString());
    const QString still =
        m_filter.isEmpty() ? tr("All messages are shown meanwhile.") : tr("Meanwhile this one holds: %1").arg(m_filter);
    const QString tip = error
        ? QStringLiteral("<p>%1</p><p>%2</p>").arg(error->detail.toHtmlEscaped(), still.toHtmlEscaped())
        : tr("Which messages are shown (Ctrl+Shift+F)");
    m_edit->setToolTip(tip);
    m_problem->setToolTip(tip);
    setTone(m_problem, Theme::Tone::Error);
    setTone(m_count, Theme::Tone::Muted);
    m_count->setVisible(!m_expression.isEmpty());
}

void FilterBar::setProgress(qint64 shown, qint64 examined, qint64 total)
{
    const QLocale locale;
    //: "123 of 4567 match"
    QString text = tr("%1 of %2 match").arg(locale.toString(shown), locale.toString(total));
    if (examined < total) {
        //: While a filter is at work: "123 of 4567 match, looking… 40 %"
        text = tr("%1, looking… %2 %").arg(text).arg(examined * 100 / total);
    }
    if (text != m_count->text()) {
        m_count->setText(text);
    }
}

bool FilterBar::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_edit && event->type() == QEvent::KeyPress && !m_edit->isCompleting()) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape:
            if (m_edit->text().isEmpty()) {
                Q_EMIT leaveRequested();
            } else {
                m_edit->clear();
            }
            return true;
        case Qt::Key_Down:
            openMenu();
            return true;
        default:
            break;
        }
    }
    if (object == m_edit && event->type() == QEvent::FocusOut) {
        remember(); // Not by editingFinished(), which the field also says while it is destroyed with the bar
    }
    return QWidget::eventFilter(object, event);
}

void FilterBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        showState();
    }
    QWidget::changeEvent(event);
}

} // namespace Sidewire
