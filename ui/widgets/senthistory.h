// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/settings/payload.h"
#include "ui/settings/recentlist.h"

#include <optional>

namespace Sidewire {

/// What was sent, newest first, as Up and Down walk through it. What is being written is kept while walking.
class SentHistory
{
public:
    explicit SentHistory(QSettings &settings);

    void add(const Payload &payload);

    /// One step back in time. `draft` is what stands in the field now; it comes back when walking down again.
    std::optional<Payload> older(const Payload &draft);
    std::optional<Payload> newer();

    void stopWalking() { m_place = -1; }

private:
    std::optional<Payload> at(qsizetype place) const;

    RecentList m_list;
    qsizetype m_place = -1;
    Payload m_draft;
};

} // namespace Sidewire
