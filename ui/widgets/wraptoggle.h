// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lensspec.h"

#include <QCheckBox>

#include <optional>

namespace Sidewire {

/// Offers to frame what is sent as the session's lens would cut it: "as length:u16be frame". Hidden where the lens frames
/// nothing, and for lines, whose ending is chosen beside it. Off again when another lens frames otherwise.
class WrapToggle final : public QCheckBox
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WrapToggle)

public:
    explicit WrapToggle(QWidget *parent = nullptr);

    void setLens(const LensSpec &lens);
    void setPossible(bool isPossible); ///< False for what is not framed here, as files

    /// The lens that frames what is sent; nothing while it is sent as it is.
    std::optional<LensSpec> wrapping() const;

private:
    void update();

    LensSpec m_lens;
    bool m_isPossible = true;
};

} // namespace Sidewire
