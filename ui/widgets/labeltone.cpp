// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "labeltone.h"

#include <QLabel>

namespace Sidewire {

void setTone(QLabel *label, Theme::Tone tone)
{
    const QColor color = Theme::color(tone);
    QPalette palette = label->palette();
    if (palette.color(QPalette::WindowText) != color) {
        palette.setColor(QPalette::WindowText, color);
        label->setPalette(palette);
    }
}

} // namespace Sidewire
