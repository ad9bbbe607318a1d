// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QSettings>
#include <QString>
#include <QVariant>

namespace Sidewire {

/// One thing that is kept over restarts: its name in the settings file and what holds before it was ever set.
template<typename T>
struct Setting
{
    QString key;
    T fallback{};

    T read(const QSettings &settings) const
    {
        const QVariant value = settings.value(key);
        return value.isValid() && value.canConvert<T>() ? value.value<T>() : fallback;
    }

    void write(QSettings &settings, const T &value) const { settings.setValue(key, QVariant::fromValue(value)); }
};

} // namespace Sidewire
