// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "wraptoggle.h"

namespace Sidewire {

namespace {

bool isOffered(const LensSpec &lens)
{
    return lens.canWrap(Direction::Out) && lens.name != QLatin1String("lines");
}

} // namespace

WrapToggle::WrapToggle(QWidget *parent)
    : QCheckBox(parent)
{
    setObjectName(QStringLiteral("composerWrap"));
    setToolTip(tr("Adds the framing of the lens that cuts this session; the line beside it shows what leaves"));
    update();
}

void WrapToggle::setLens(const LensSpec &lens)
{
    const LensSpec out = lens.directions.empty() ? lens : lens.directions[indexOf(Direction::Out)];
    if (out == m_lens) {
        return;
    }
    m_lens = out;
    setChecked(false);
    update();
}

void WrapToggle::setPossible(bool isPossible)
{
    m_isPossible = isPossible;
    update();
}

std::optional<LensSpec> WrapToggle::wrapping() const
{
    return isChecked() && m_isPossible && isOffered(m_lens) ? std::optional(m_lens) : std::nullopt;
}

void WrapToggle::update()
{
    LensSpec framing = m_lens;
    framing.offset = 0;
    //: %1 is a lens as it is written: "as length:u16be frame"
    setText(tr("as %1 frame").arg(framing.toString()));
    setVisible(m_isPossible && isOffered(m_lens));
}

} // namespace Sidewire
