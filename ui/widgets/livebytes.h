// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lensspec.h"
#include "ui/settings/payload.h"

#include <QString>

#include <optional>

namespace Sidewire {

/// The line under the composer: the bytes that will leave, or why none can.
struct LiveBytes
{
    QString text; ///< "→ 5 B: 68 65 6c 6c 6f"
    bool isProblem = false;
};

/// `limit` is what the size is shown against; 0: nothing. Of a file only the first bytes are read. `wrapping` frames the
/// others.
LiveBytes liveBytes(const Payload &payload, qsizetype limit, const std::optional<LensSpec> &wrapping = {});

} // namespace Sidewire
