// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "senthistory.h"

#include "ui/settings/keys.h"

#include <QJsonDocument>

namespace Sidewire {

SentHistory::SentHistory(QSettings &settings)
    : m_list(settings, Settings::SentHistory, Settings::SentHistoryLimit)
{}

void SentHistory::add(const Payload &payload)
{
    m_list.add(QString::fromUtf8(QJsonDocument(payload.toJson()).toJson(QJsonDocument::Compact)));
    stopWalking();
}

std::optional<Payload> SentHistory::older(const Payload &draft)
{
    qsizetype place = m_place + 1;
    // What was just sent still stands in the field: Up means the one before.
    while (m_place < 0 && place < m_list.items().size() && at(place) == draft) {
        ++place;
    }
    if (place >= m_list.items().size()) {
        return std::nullopt;
    }
    if (m_place < 0) {
        m_draft = draft;
    }
    m_place = place;
    return at(place);
}

std::optional<Payload> SentHistory::newer()
{
    if (m_place < 0) {
        return std::nullopt;
    }
    --m_place;
    return m_place < 0 ? m_draft : at(m_place);
}

std::optional<Payload> SentHistory::at(qsizetype place) const
{
    return Payload::fromJson(QJsonDocument::fromJson(m_list.items().at(place).toUtf8()).object());
}

} // namespace Sidewire
