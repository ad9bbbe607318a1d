// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "highlighter.h"

#include "core/base/backgroundpool.h"
#include "core/index/logsubject.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace Sidewire {

namespace {

constexpr int KnownRows = 8192;
constexpr std::size_t MaxWanted = 512; // More rows than a screen has

int firstMatch(const std::vector<Highlight> &highlights, const FilterSubject &subject)
{
    const auto found = std::ranges::find_if(
        highlights, [&subject](const Highlight &highlight) { return highlight.filter.matches(subject); });
    return found == highlights.end() ? -1 : static_cast<int>(found - highlights.begin());
}

} // namespace

Highlighter::Highlighter(QObject *parent)
    : QObject(parent)
    , m_highlights(std::make_shared<const Highlights>())
    , m_known(KnownRows)
{}

void Highlighter::setHighlights(std::vector<Highlight> highlights)
{
    m_needsContent =
        std::ranges::any_of(highlights, [](const Highlight &highlight) { return highlight.filter.needsContent(); });
    m_highlights = std::make_shared<const Highlights>(std::move(highlights));
    forget();
}

void Highlighter::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    forget();
}

void Highlighter::forget()
{
    m_known.clear();
    m_wanted.clear();
    ++m_generation;
}

const Highlight *Highlighter::of(const Message &message, std::optional<qint64> number)
{
    int place = -1;
    if (m_highlights->empty()) {
        return nullptr;
    }
    if (!m_needsContent) {
        place = firstMatch(*m_highlights, RowSubject(message, number));
    } else if (number) {
        if (const int *known = m_known.object(*number)) {
            place = *known;
        } else if (m_wanted.size() < MaxWanted) {
            m_wanted.push_back({message, *number});
        }
    }
    return place < 0 ? nullptr : &(*m_highlights)[static_cast<std::size_t>(place)];
}

void Highlighter::look()
{
    if (m_wanted.empty() || m_isLooking || !m_log) {
        m_wanted.clear(); // Those that are still on the screen are asked for again
        return;
    }
    m_isLooking = true;
    auto promise = std::make_shared<QPromise<std::vector<Row>>>();
    promise->future().then(this, [this, generation = m_generation](const std::vector<Row> &rows) {
        m_isLooking = false;
        if (generation == m_generation) {
            for (const Row &row : rows) {
                m_known.insert(row.number, new int(row.place));
            }
        }
        Q_EMIT found(); // Also when late: what is wanted now is asked for then
    });
    backgroundPool().start(
        [promise, log = m_log, highlights = m_highlights, rows = std::exchange(m_wanted, {})]() mutable {
            promise->start();
            promise->addResult(lookAt(*log, *highlights, std::move(rows)));
            promise->finish();
        });
}

std::vector<Highlighter::Row> Highlighter::lookAt(const SessionLog &log, const Highlights &highlights,
                                                  std::vector<Row> rows)
{
    LogSubject subject(log);
    for (Row &row : rows) {
        subject.set(row.message, row.number);
        row.place = firstMatch(highlights, subject);
    }
    return rows;
}

} // namespace Sidewire
