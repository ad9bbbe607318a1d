// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "trafficsearch.h"

#include "ui/views/trafficmarks.h"
#include "ui/widgets/searchbar.h"

#include <QLocale>

#include <utility>

namespace Sidewire {

using Theme::Tone;

TrafficSearch::TrafficSearch(SearchBar &bar, TrafficMarks &marks, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
    , m_marks(marks)
{
    connect(&m_bar, &SearchBar::queryChanged, this, qOverload<>(&TrafficSearch::begin));
    connect(&m_bar, &SearchBar::nextRequested, this, &TrafficSearch::next);
    connect(&m_bar, &SearchBar::previousRequested, this, &TrafficSearch::previous);
    connect(&m_bar, &SearchBar::closeRequested, this, &TrafficSearch::close);
    connect(&m_bar, &SearchBar::cancelRequested, this, [this] {
        if (m_search) {
            m_search->cancel();
            m_wanted = Step::None;
            showStatus();
        }
    });
    m_bar.hide();
}

void TrafficSearch::setLog(std::shared_ptr<const SessionLog> log)
{
    drop();
    m_log = std::move(log);
    m_shown = {};
    m_selection.reset();
    if (isOpen()) {
        begin(std::exchange(m_firstStep, Step::Here));
    }
}

void TrafficSearch::setShown(const ConnectionFilter &filter)
{
    m_shown = filter;
    if (m_search && m_bar.connections() == SearchBar::Connections::Shown) {
        begin(m_wanted); // Stays where the user is
    }
}

void TrafficSearch::setPlace(const std::optional<TrafficSelection> &selection)
{
    m_selection = selection;
    if (m_search) {
        showStatus();
    }
}

void TrafficSearch::open()
{
    const bool wasOpen = isOpen();
    m_bar.show();
    m_bar.focusField();
    if (!wasOpen) {
        begin();
    }
}

void TrafficSearch::open(const QString &text, SearchQuery::Mode mode)
{
    m_bar.setText(text, mode);
    m_bar.show();
    m_bar.focusField();
    begin();
}

void TrafficSearch::mark(const QString &text)
{
    m_bar.setText(text, SearchQuery::Mode::Text);
    m_bar.show();
    if (m_log) {
        begin(Step::None);
    } else {
        m_firstStep = Step::None;
    }
}

void TrafficSearch::close()
{
    drop();
    m_bar.hide();
    Q_EMIT closed();
}

bool TrafficSearch::isOpen() const
{
    return !m_bar.isHidden();
}

/// Ends what runs; nothing is marked any more.
void TrafficSearch::drop()
{
    m_search.reset();
    m_only.reset();
    m_current.reset();
    m_currentPlace.reset();
    m_wanted = Step::None;
    m_wrapped.clear();
    m_error.clear();
    m_marks.setSearch({});
    m_marks.setCurrent({});
    Q_EMIT marksChanged();
}

SearchQuery TrafficSearch::fullQuery() const
{
    SearchQuery query = m_bar.query();
    switch (m_bar.connections()) {
    case SearchBar::Connections::Shown:
        query.connections = m_shown;
        break;
    case SearchBar::Connections::All:
        break;
    case SearchBar::Connections::Selected:
        if (m_selection) {
            query.connections = ConnectionFilter({m_selection->connection});
        }
        break;
    }
    return query;
}

void TrafficSearch::begin()
{
    begin(Step::Here);
}

void TrafficSearch::begin(Step step)
{
    if (!m_log) {
        return;
    }
    drop();
    const SearchQuery query = fullQuery();
    if (m_selection && m_bar.connections() == SearchBar::Connections::Selected) {
        m_only = m_selection->connection;
    }
    if (!query.text.isEmpty()) {
        Result<std::shared_ptr<LogSearch>> search = LogSearch::create(m_log, query);
        if (search) {
            m_search = *search;
            m_marks.setSearch(m_search);
            m_wanted = step;
        } else {
            m_error = search.error().detail;
        }
    }
    refresh();
}

void TrafficSearch::next()
{
    const bool wasOpen = isOpen();
    m_bar.show();
    if (!wasOpen || !m_search || m_search->isCancelled()) {
        begin();
        return;
    }
    m_wanted = Step::Next;
    tryStep();
}

void TrafficSearch::previous()
{
    const bool wasOpen = isOpen();
    m_bar.show();
    if (!wasOpen || !m_search || m_search->isCancelled()) {
        begin();
    }
    m_wanted = m_search ? Step::Previous : Step::None;
    tryStep();
}

void TrafficSearch::refresh()
{
    if (!m_log || !isOpen()) {
        return;
    }
    const qint64 connections = m_log->connectionCount();
    const bool isSelected = m_selection && !m_selection->isEmpty();
    // The one that is looked through keeps its name when another one is selected.
    const std::optional<ConnectionId> one = m_only ? m_only
        : isSelected                               ? std::optional(m_selection->connection)
                                                   : std::nullopt;
    m_bar.setConnections(connections, connections > 1 && one ? QStringLiteral("#%1").arg(toNumber(*one)) : QString());
    if (m_search && m_search->isOutdated()) {
        begin(m_wanted); // Other messages; stays where the user is
        return;
    }
    if (m_search) {
        m_search->update();
        if (m_search->contents() > 0 || m_search->query().scope == SearchQuery::Scope::Wire) {
            m_bar.setContentOffered(true);
        }
        Q_EMIT marksChanged();
    }
    tryStep();
}

/// From where a step looks: the hit that was reached last, unless something else was selected since.
SearchHit::Key TrafficSearch::startKey(Step step) const
{
    if (m_current && m_currentPlace == m_selection) {
        SearchHit::Key key = m_current->key();
        if (step == Step::Next) {
            ++key.contentOffset;
        }
        return key;
    }
    if (m_selection && !m_selection->isEmpty()) {
        const qint64 record = m_selection->firstRecord;
        // A record may hold many messages, which are gone through one by one.
        const std::shared_ptr<const MessageTable> table = m_log->messages();
        const qint64 number =
            table->find({m_selection->connection, m_selection->direction, m_selection->begin()}, record);
        const bool isContent = number >= 0 && table->at(number).has(MessageFlag::WebSocket)
            && m_search->query().scope == SearchQuery::Scope::Content;
        return isContent ? SearchHit::Key{table->at(number).lastRecord, number, table->at(number).begin, 0}
                         : SearchHit::Key{record, -1, m_selection->begin(), 0};
    }
    const BytePlace top = m_top ? m_top() : BytePlace();
    return {top.isValid() ? top.record : 0, -1, top.isValid() ? top.offset : 0, 0};
}

void TrafficSearch::tryStep()
{
    if (!m_search || m_wanted == Step::None) {
        showStatus();
        return;
    }
    const Step step = m_wanted;
    const SearchHit::Key key = startKey(step);
    std::optional<SearchHit> hit = step == Step::Previous ? m_search->lastBefore(key) : m_search->firstFrom(key);
    QString wrapped;
    // Beyond the end it goes on at the other one, once it is known that there is no more on this side.
    if (!hit && (m_search->isUpToDate() || step == Step::Previous)) {
        hit = step == Step::Previous ? m_search->last() : m_search->first();
        wrapped = step == Step::Previous ? tr("from the end again") : tr("from the start again");
        if (step == Step::Previous && !m_search->isUpToDate()) {
            hit.reset(); // The last one is not known yet
        }
    }
    if (hit) {
        m_wrapped = wrapped;
        reach(*hit);
    } else if (m_search->isUpToDate()) {
        m_wanted = Step::None;
    }
    showStatus();
}

void TrafficSearch::reach(const SearchHit &hit)
{
    const std::optional<LogSearch::Place> place = m_search->placeOf(hit);
    if (!place) {
        return; // Its bytes are being fetched: the next refresh() comes back here
    }
    m_wanted = Step::None;
    m_current = hit;
    m_marks.setCurrent(hit);
    m_currentPlace =
        TrafficSelection{hit.connection, hit.direction, place->spans, place->firstRecord, place->lastRecord};
    Q_EMIT hitReached(*m_currentPlace);
}

QString TrafficSearch::progressText() const
{
    if (m_search->isCancelled()) {
        return tr("stopped at %1 %").arg(m_search->percent());
    }
    return m_search->isUpToDate() ? QString() : tr("looking… %1 %").arg(m_search->percent());
}

void TrafficSearch::showStatus()
{
    if (!m_search) {
        m_bar.setWorking(false);
        m_bar.setStatus(m_error, Tone::Error, m_error);
        return;
    }
    const QLocale locale;
    const qint64 count = m_search->count();
    const bool isDone = m_search->isUpToDate() || m_search->isCancelled();
    //: Where a search looked; %1 is a count
    const QString where = m_search->contents() > 0
        ? tr("in the content of the WebSocket messages (%1) and all other bytes")
              .arg(locale.toString(m_search->contents()))
        : tr("in all bytes as they crossed");
    QStringList parts;
    if (const QString error = m_search->error(); !error.isEmpty()) {
        m_bar.setWorking(false);
        m_bar.setStatus(error, Tone::Error, error);
        return;
    }
    if (count > 0 && m_current && m_currentPlace == m_selection) {
        //: Number of a hit and how many there are
        parts += tr("%1 of %2").arg(locale.toString(m_search->numberOf(*m_current) + 1), locale.toString(count));
    } else if (count > 0) {
        parts += tr("%1 found").arg(locale.toString(count));
    } else if (isDone) {
        parts += tr("not found %1").arg(where);
    }
    if (!m_wrapped.isEmpty()) {
        parts += m_wrapped;
    }
    if (const QString progress = progressText(); !progress.isEmpty()) {
        parts += progress;
    }
    m_bar.setWorking(!isDone);
    m_bar.setStatus(parts.join(QStringLiteral(", ")), isDone && count == 0 ? Tone::Warning : Tone::Muted,
                    tr("Looked %1").arg(where));
}

} // namespace Sidewire
