// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/settings/setting.h"

#include <QStringList>

namespace Sidewire {

/// Texts that were used, newest first, each once, kept over restarts.
class RecentList
{
public:
    RecentList(QSettings &settings, Setting<QStringList> setting, int limit);

    const QStringList &items() const { return m_items; }

    /// Moves `text` to the front; an empty text or one that is too long to keep (64 Ki characters) changes nothing.
    void add(const QString &text);
    void remove(const QString &text);
    void clear();

private:
    void store();

    QSettings &m_settings;
    Setting<QStringList> m_setting;
    int m_limit;
    QStringList m_items;
};

} // namespace Sidewire
