// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "bandpicture.h"

#include <algorithm>
#include <cmath>

namespace Sidewire {

namespace {

/// Where the cubic curve with its control points at half the width is at `x`, both from 0 to 1.
qreal shareAt(qreal x)
{
    qreal low = 0;
    qreal high = 1;
    for (int step = 0; step < 24; ++step) {
        const qreal t = (low + high) / 2;
        const qreal at = 1.5 * t * (1 - t) + t * t * t;
        (at < x ? low : high) = t;
    }
    return low * low * (3 - 2 * low);
}

/// The top or the bottom of a band within one column of pixels, where it goes from one height to another.
class Border
{
public:
    Border(qreal from, qreal to)
        : m_low(std::min(from, to))
        , m_high(std::max(from, to))
    {}

    int firstTouched() const { return static_cast<int>(std::floor(m_low)); }
    int firstBelow() const { return static_cast<int>(std::ceil(m_high)); }

    /// How much of the pixel from `y` to `y + 1` lies below the border.
    qreal below(int y) const
    {
        const qreal slope = m_high - m_low;
        constexpr qreal Level = 1e-3;
        if (slope < Level) {
            return std::clamp(y + 1 - m_low, 0.0, 1.0);
        }
        return (integral(y + 1 - m_low) - integral(y + 1 - m_high)) / slope;
    }

private:
    /// Of what is cut off at 0 and at 1.
    static qreal integral(qreal value) { return value <= 0 ? 0 : value >= 1 ? value - 0.5 : value * value / 2; }

    qreal m_low;
    qreal m_high;
};

QRgb mixed(QRgb below, QRgb above, int part)
{
    const auto channel = [part](int from, int to) {
        return (from * (256 - part) + to * part + 128) / 256;
    };
    return qRgb(channel(qRed(below), qRed(above)), channel(qGreen(below), qGreen(above)),
                channel(qBlue(below), qBlue(above)));
}

} // namespace

BandPicture::BandPicture(QSize size, qreal pixelRatio, const QColor &back)
    : m_pixelRatio(pixelRatio)
    , m_image((QSizeF(size) * pixelRatio).toSize().expandedTo({1, 1}), QImage::Format_RGB32)
{
    m_image.setDevicePixelRatio(pixelRatio);
    m_image.fill(back);
    for (int x = 0; x <= m_image.width(); ++x) {
        m_shares.push_back(shareAt(static_cast<qreal>(x) / m_image.width()));
    }
}

void BandPicture::add(Edge left, Edge right, const QColor &color)
{
    const QRgb ink = color.rgb();
    const qreal opacity = color.alphaF() * 256;
    const auto stride = m_image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    auto *pixels = reinterpret_cast<QRgb *>(m_image.bits());
    const auto between = [this](qreal from, qreal to, std::size_t x) {
        return (from + (to - from) * m_shares[x]) * m_pixelRatio;
    };
    for (int x = 0; x < m_image.width(); ++x) {
        const auto column = static_cast<std::size_t>(x);
        const Border top(between(left.top, right.top, column), between(left.top, right.top, column + 1));
        const Border bottom(between(left.bottom, right.bottom, column), between(left.bottom, right.bottom, column + 1));
        const int end = std::min(bottom.firstBelow(), m_image.height());
        for (int y = std::max(0, top.firstTouched()); y < end; ++y) {
            const bool isInside = y >= top.firstBelow() && y < bottom.firstTouched();
            const qreal part = isInside ? 1 : top.below(y) - bottom.below(y);
            QRgb &pixel = pixels[y * stride + x];
            pixel = mixed(pixel, ink, qRound(part * opacity));
        }
    }
}

} // namespace Sidewire
