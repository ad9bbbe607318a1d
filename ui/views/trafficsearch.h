// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/search/logsearch.h"
#include "ui/views/trafficselection.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace Sidewire {

class SearchBar;
class TrafficMarks;

/// The search of one session: what the bar asks for is looked for on workers, and the steps from hit to hit.
///
/// A step may have to wait until something is found; it is then made by the next refresh(). Beyond the last hit it goes on with
/// the first one and says so.
class TrafficSearch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrafficSearch)

public:
    TrafficSearch(SearchBar &bar, TrafficMarks &marks, QObject *parent = nullptr);

    void setLog(std::shared_ptr<const SessionLog> log);
    void setShown(const ConnectionFilter &filter);

    /// What is selected in the views, and where a search begins without a selection.
    void setPlace(const std::optional<TrafficSelection> &selection);
    void setStart(std::function<BytePlace()> top) { m_top = std::move(top); }

    void open(); ///< The bar, with what is in it
    void open(const QString &text, SearchQuery::Mode mode);
    void mark(const QString &text); ///< Opens the bar and marks what is found, and goes nowhere
    void close();
    bool isOpen() const;

    void next();
    void previous();

    /// Takes over what was found by now. After the log's doorbell, at most once a frame.
    void refresh();

Q_SIGNALS:
    void hitReached(const Sidewire::TrafficSelection &selection);
    void marksChanged();
    void closed();

private:
    enum class Step : quint8 { None, Here, Next, Previous };

    void begin();
    void begin(Step step);
    void drop();
    SearchQuery fullQuery() const;
    SearchHit::Key startKey(Step step) const;
    void tryStep();
    void reach(const SearchHit &hit);
    void showStatus();
    QString progressText() const;

    SearchBar &m_bar;
    TrafficMarks &m_marks;
    std::shared_ptr<const SessionLog> m_log;
    ConnectionFilter m_shown;
    std::optional<TrafficSelection> m_selection;
    std::function<BytePlace()> m_top;
    std::shared_ptr<LogSearch> m_search; ///< Null: nothing is looked for
    std::optional<ConnectionId> m_only; ///< Looked through alone: the selected one as of the beginning
    QString m_error; ///< Of the pattern
    std::optional<SearchHit> m_current;
    std::optional<TrafficSelection> m_currentPlace; ///< To see that something else was selected since
    Step m_wanted = Step::None;
    Step m_firstStep = Step::Here; ///< Of the next log
    QString m_wrapped; ///< "from the start again"
};

} // namespace Sidewire
