// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QSettings>
#include <QString>

namespace Sidewire {

/// A colour for the messages that a filter lets through.
struct HighlightRule
{
    QString filter; ///< As it was written
    int color = 0; ///< Of Theme::highlightColor()
    bool isEnabled = true;

    friend bool operator==(const HighlightRule &, const HighlightRule &) = default;
};

constexpr qsizetype MaxHighlightRules = 32; ///< Each is asked for each row on the screen

/// In their order: the first one that a message matches gives it its colour. What cannot be read is left out.
QList<HighlightRule> readHighlightRules(const QSettings &settings);
void writeHighlightRules(QSettings &settings, const QList<HighlightRule> &rules);

} // namespace Sidewire
