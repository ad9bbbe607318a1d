// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// Which connections and messages are shown, and which stand out.

#include "trafficview.h"

#include "ui/models/filtertext.h"
#include "ui/views/byteview.h"
#include "ui/views/filterbar.h"
#include "ui/views/messageview.h"
#include "ui/views/trafficsearch.h"

#include <QAction>
#include <QDateTime>
#include <QMenu>

namespace Sidewire {

void TrafficView::connectFilterBar()
{
    m_filterBar->setUtcOffset([this] { return utcOffset(); });
    connect(m_filterBar, &FilterBar::filterChanged, this, [this] {
        applyChoice();
        Q_EMIT filterChanged();
    });
    connect(m_filterBar, &FilterBar::leaveRequested, this, &TrafficView::focusMessages);
    connect(m_filterBar, &FilterBar::rulesRequested, this, &TrafficView::rulesRequested);
    connect(m_filterBar, &FilterBar::helpRequested, this, &TrafficView::filterHelpRequested);
}

void TrafficView::buildFilterActions()
{
    using Change = QString (*)(const QString &, const QString &);
    const auto add = [this](QWidget &where, const char *name, const QString &text, Change change,
                            QString (TrafficView::*terms)(const Message &) const) {
        auto *action = new QAction(text, this);
        action->setObjectName(QString::fromLatin1(name));
        connect(action, &QAction::triggered, this, [this, change, terms] {
            if (const std::optional<Message> message = m_messages->messageAt(m_messages->current())) {
                m_filterBar->setFilter(change(m_filterBar->filter(), (this->*terms)(*message)));
            }
        });
        where.addAction(action);
        m_filterActions += action;
    };
    auto *separator = new QAction(this);
    separator->setSeparator(true);
    m_messages->addAction(separator);
    add(*m_messages, "onlyLikeThis", tr("&Only Messages Like This"), &FilterText::both, &TrafficView::termsLike);
    auto *more = new QMenu(tr("&Filter"), this);
    add(*more, "onlyThisKind", tr("Only of This &Kind"), &FilterText::both, &TrafficView::termsOfKind);
    add(*more, "onlyThisDirection", tr("Only in This &Direction"), &FilterText::both, &TrafficView::termsOfDirection);
    add(*more, "onlyThisConnection", tr("Only of This &Connection"), &FilterText::both,
        &TrafficView::termsOfConnection);
    add(*more, "withoutLikeThis", tr("&Without Messages Like This"), &FilterText::without, &TrafficView::termsLike);
    more->addSeparator();
    connect(more->addAction(tr("&All Messages")), &QAction::triggered, this, [this] { m_filterBar->setFilter({}); });
    m_messages->addAction(more->menuAction());
    auto *highlight = new QAction(tr("Hi&ghlight Messages Like This"), this);
    highlight->setObjectName(QStringLiteral("highlightLikeThis"));
    connect(highlight, &QAction::triggered, this, [this] {
        if (const std::optional<Message> message = m_messages->messageAt(m_messages->current())) {
            Q_EMIT highlightRequested(termsLike(*message));
        }
    });
    m_messages->addAction(highlight);
    m_filterActions += highlight;
}

QString TrafficView::termsLike(const Message &message) const
{
    return FilterText::like(
        message, m_log->connectionCount() > 1 ? FilterText::Connections::Several : FilterText::Connections::One);
}

QString TrafficView::termsOfKind(const Message &message) const
{
    return FilterText::kind(message);
}

QString TrafficView::termsOfDirection(const Message &message) const
{
    return FilterText::direction(message);
}

QString TrafficView::termsOfConnection(const Message &message) const
{
    return FilterText::connection(message);
}

int TrafficView::utcOffset() const
{
    // That of the log's own days: the clock may have been another one then.
    const bool hasRecords = m_log && m_log->records().count() > 0;
    const QDateTime day = hasRecords ? QDateTime::fromMSecsSinceEpoch(m_log->records().at(0).time / 1'000'000)
                                     : QDateTime::currentDateTime();
    return day.offsetFromUtc();
}

void TrafficView::setFilter(const ConnectionFilter &filter)
{
    if (filter == m_filter) {
        return;
    }
    m_filter = filter;
    m_search->setShown(filter);
    if (filter.isAll()) {
        m_bytes->setFilter({});
    } else {
        m_bytes->setFilter([filter](const RecordRow &row) { return filter.accepts(row.connection); });
    }
    applyChoice();
}

void TrafficView::applyChoice()
{
    m_messages->setChoice({m_filter, m_filterBar->expression()});
    refresh();
}

void TrafficView::setMessageFilter(const QString &filter)
{
    m_filterBar->setFilter(filter);
}

const QString &TrafficView::messageFilter() const
{
    return m_filterBar->filter();
}

FilterExpression TrafficView::messageExpression() const
{
    return m_filterBar->expression();
}

void TrafficView::focusFilter()
{
    m_filterBar->focusField();
}

std::optional<MatchCounts> TrafficView::matches() const
{
    return m_filterBar->expression().isEmpty() ? std::nullopt : std::optional(m_messages->matches());
}

void TrafficView::useSettings(QSettings &settings)
{
    m_filterBar->setSettings(&settings);
}

void TrafficView::setHighlightRules(const QList<HighlightRule> &rules)
{
    std::vector<Highlight> highlights;
    for (qsizetype place = 0; place < rules.size(); ++place) {
        const HighlightRule &rule = rules[place];
        const FilterExpression::Parsed parsed = FilterExpression::parse(rule.filter, utcOffset());
        const auto *filter = std::get_if<FilterExpression>(&parsed);
        if (rule.isEnabled && filter && !filter->isEmpty()) {
            highlights.push_back({*filter, static_cast<int>(place) + 1, rule.color});
        }
    }
    m_messages->setHighlights(std::move(highlights));
}

} // namespace Sidewire
