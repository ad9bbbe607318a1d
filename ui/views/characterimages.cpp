// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "characterimages.h"

#include "ui/models/backgroundtask.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace Sidewire {

namespace {

constexpr int MaxKnown = 4096;
constexpr std::size_t MaxAtOnce = 256; // The rest is asked for again by the next frame
constexpr qreal Margin = 2; // Some glyphs reach out of their box

CharacterImages::Image paint(char32_t character, const QFont &font, const QColor &color, qreal pixelRatio)
{
    const QFontMetricsF metrics(font);
    const QString text = QString::fromUcs4(&character, 1);
    const QRectF box(-Margin, -metrics.ascent() - Margin, metrics.horizontalAdvance(text) + 2 * Margin,
                     metrics.height() + 2 * Margin);
    QImage picture((box.size() * pixelRatio).toSize().expandedTo({1, 1}), QImage::Format_ARGB32_Premultiplied);
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(-box.topLeft(), text);
    return {picture, box.topLeft()};
}

} // namespace

CharacterImages::CharacterImages(QObject *parent)
    : QObject(parent)
    , m_known(MaxKnown)
{}

const CharacterImages::Image *CharacterImages::of(char32_t character, const Look &look)
{
    if (look != m_look) {
        m_look = look;
        m_known.clear();
        m_wanted.clear();
        ++m_generation;
    }
    const Image *known = m_known.object(character);
    if (!known && m_wanted.size() < MaxAtOnce && std::ranges::find(m_wanted, character) == m_wanted.end()) {
        m_wanted.push_back(character);
    }
    return known;
}

void CharacterImages::look()
{
    if (m_wanted.empty() || m_isLooking) {
        return;
    }
    m_isLooking = true;
    using Painted = std::vector<std::pair<char32_t, Image>>;
    runInBackground(
        this,
        // By its description: what a QFont shares must not be used on two threads.
        [description = m_look.font.toString(), color = m_look.color, pixelRatio = m_look.pixelRatio,
         wanted = std::exchange(m_wanted, {})] {
            QFont font;
            font.fromString(description);
            Painted painted;
            for (const char32_t character : wanted) {
                painted.emplace_back(character, paint(character, font, color, pixelRatio));
            }
            return painted;
        },
        [this, generation = m_generation](Painted painted) {
            m_isLooking = false;
            for (auto &[character, image] : painted) {
                if (generation == m_generation) {
                    m_known.insert(character, new Image(std::move(image)));
                }
            }
            Q_EMIT found(); // Also when late: what is wanted now is asked for then
        });
}

} // namespace Sidewire
