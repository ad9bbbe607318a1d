// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/websocket/framespec.h"

#include <QByteArray>
#include <QJsonObject>

#include <chrono>
#include <vector>

namespace Sidewire {

/// How what is composed leaves as WebSocket frames made by hand.
struct FrameSettings
{
    /// A frame that leaves ahead, so that the own one is out of place.
    enum class Before : quint8 { Nothing, OpenText, Close };

    FrameSpec frame; ///< Its payload stays empty: it is what is composed
    std::chrono::milliseconds pause{0}; ///< Between all frames
    Before before = Before::Nothing;

    std::vector<FrameSpec> frames(const QByteArray &payload) const;

    QJsonObject toJson() const;
    static FrameSettings fromJson(const QJsonObject &object);

    static constexpr int LongestPause = 86'400'000; // ms
    static constexpr int LargestFragment = 64 * 1024 * 1024;

    friend bool operator==(const FrameSettings &, const FrameSettings &) = default;
};

} // namespace Sidewire
