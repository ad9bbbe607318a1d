// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QColor>
#include <QImage>

#include <vector>

namespace Sidewire {

/// A picture of bands that go from its left edge to its right one in an S, each over what is there already.
///
/// A QPainter paints such bands one tall path each, and hands the lines of a tall path to other threads, for which it then
/// waits: on a busy machine dozens of them take longer than all the rest of a frame. Here a band is a stretch of each
/// column of pixels, and the picture is narrow.
class BandPicture
{
public:
    struct Edge
    {
        qreal top = 0;
        qreal bottom = 0;
    };

    /// `size` is in logical pixels, as are edges.
    BandPicture(QSize size, qreal pixelRatio, const QColor &back);

    void add(Edge left, Edge right, const QColor &color);

    const QImage &image() const { return m_image; }

private:
    qreal m_pixelRatio;
    QImage m_image;
    std::vector<qreal> m_shares; ///< How far down the S is at the border before each column, from 0 to 1
};

} // namespace Sidewire
