// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "recentlist.h"

namespace Sidewire {

namespace {

constexpr qsizetype MaxLength = 64 * 1024; // The settings file is read as a whole when the program starts.

} // namespace

RecentList::RecentList(QSettings &settings, Setting<QStringList> setting, int limit)
    : m_settings(settings)
    , m_setting(std::move(setting))
    , m_limit(limit)
    , m_items(m_setting.read(settings).mid(0, limit))
{}

void RecentList::add(const QString &text)
{
    if (text.isEmpty() || text.size() > MaxLength || (!m_items.isEmpty() && m_items.first() == text)) {
        return;
    }
    m_items.removeAll(text);
    m_items.prepend(text);
    m_items = m_items.mid(0, m_limit);
    store();
}

void RecentList::remove(const QString &text)
{
    if (m_items.removeAll(text) > 0) {
        store();
    }
}

void RecentList::clear()
{
    m_items.clear();
    store();
}

void RecentList::store()
{
    m_setting.write(m_settings, m_items);
}

} // namespace Sidewire
