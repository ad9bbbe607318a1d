// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <QColor>
#include <QRectF>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace Sidewire {

/// An arrow in the middle of `cell`: to the left for In, to the right for Out. Drawn, because a fixed font may lack it.
void drawArrow(QPainter &painter, const QRectF &cell, Direction direction, const QColor &color);

} // namespace Sidewire
