// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/settings/setting.h"

#include <QByteArray>
#include <QStringList>

namespace Sidewire::Settings {

inline const Setting<QByteArray> WindowGeometry{QStringLiteral("window/geometry")};
inline const Setting<QByteArray> SideSplitter{QStringLiteral("window/side-splitter")};
inline const Setting<QByteArray> PayloadSplitter{QStringLiteral("window/payload-splitter")};
inline const Setting<QByteArray> TrafficState{QStringLiteral("view/traffic")};
inline const Setting<int> TimeStyle{QStringLiteral("view/time-style"), 0};
inline const Setting<QString> Scheme{QStringLiteral("target/scheme"), QStringLiteral("tcp")};
inline const Setting<QStringList> RecentTargets{QStringLiteral("target/recent")};
inline const Setting<QString> TargetOptions{QStringLiteral("target/options")}; ///< JSON: target to options
inline const Setting<QStringList> RecentLenses{QStringLiteral("view/recent-lenses")};
inline const Setting<bool> Stacked{QStringLiteral("view/stacked"), false};
inline const Setting<int> ConnectionsHeight{QStringLiteral("view/connections-height"), 0}; ///< 0: as high as fits
inline const Setting<bool> ConnectionsFolded{QStringLiteral("view/connections-folded"), false};
inline const Setting<QStringList> OpenedLeftovers{QStringLiteral("logs/opened-leftovers")};
inline const Setting<QStringList> SentHistory{QStringLiteral("composer/history")};
inline const Setting<QStringList> RecentFilters{QStringLiteral("filter/recent")};
inline const Setting<QString> HighlightRules{QStringLiteral("filter/highlight-rules")}; ///< JSON
inline const Setting<QStringList> Endings{QStringLiteral("composer/endings")};
inline const Setting<bool> Escapes{QStringLiteral("composer/escapes"), false};
inline const Setting<QString> Payloads{QStringLiteral("composer/payloads")};
inline const Setting<qint64> LogBudget{QStringLiteral("logs/budget"), qint64(2) << 30};
inline const Setting<QString> LastFolder{QStringLiteral("logs/last-folder")};

constexpr int RecentTargetLimit = 50;
constexpr int RecentLensLimit = 8;
constexpr int RecentFilterLimit = 20;
constexpr int SentHistoryLimit = 200;
constexpr int OpenedLeftoverLimit = 200;

} // namespace Sidewire::Settings
