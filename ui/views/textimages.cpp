// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "textimages.h"

#include "ui/models/backgroundtask.h"
#include "ui/views/fixedtext.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <chrono>
#include <utility>

namespace Sidewire {

namespace {

constexpr int MaxKiB = 16 * 1024;
constexpr int Kilobyte = 1024;
constexpr std::size_t MaxAtOnce = 256; // The rest is asked for again by the next frame
constexpr std::chrono::milliseconds Moment(200);
constexpr qreal Margin = 2; // Some glyphs reach out of their box

bool isCharacter(QStringView text)
{
    return text.size() == 1 || (text.size() == 2 && text[0].isHighSurrogate());
}

TextImages::Image paint(QString text, qreal room, const QFont &font, const QColor &color, qreal pixelRatio)
{
    const QFontMetricsF metrics(font);
    qreal width = metrics.horizontalAdvance(text);
    qreal stretch = 1;
    if (width > room && isCharacter(text)) {
        stretch = room / width;
        width = room;
    } else if (width > room) {
        text = metrics.elidedText(text, Qt::ElideRight, room);
        width = metrics.horizontalAdvance(text);
    }
    const QRectF box(-Margin, -metrics.ascent() - Margin, width + 2 * Margin, metrics.height() + 2 * Margin);
    QImage picture((box.size() * pixelRatio).toSize().expandedTo({1, 1}), QImage::Format_ARGB32_Premultiplied);
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setFont(font);
    painter.setPen(color);
    painter.translate(-box.topLeft());
    painter.scale(stretch, 1);
    painter.drawText(QPointF(), text);
    return {picture, box.topLeft(), width};
}

} // namespace

TextImages::TextImages(QObject *parent)
    : QObject(parent)
    , m_known(MaxKiB)
{
    m_still.setSingleShot(true);
    m_still.setInterval(Moment);
    connect(&m_still, &QTimer::timeout, this, [this] {
        m_wanted = std::exchange(m_passing, {});
        look();
    });
}

const TextImages::Image *TextImages::of(const QString &text, qreal room, const Look &look)
{
    if (look != m_look) {
        m_look = look;
        m_known.clear();
        m_wanted.clear();
        m_passing.clear();
        ++m_generation;
    }
    const Key key(text, std::max(0, static_cast<int>(room)));
    const Image *known = m_known.object(key);
    if (!known && m_wanted.size() < MaxAtOnce && std::ranges::find(m_wanted, key) == m_wanted.end()) {
        m_wanted.push_back(key);
    }
    return known;
}

qreal TextImages::drawElided(QPainter &painter, const FixedText &font, qreal x, qreal baseline, const QString &text,
                             qreal room)
{
    const QString shown = font.elided(text, room);
    if (font.hasGlyphs(shown)) {
        font.draw(painter, x, baseline, shown);
        return static_cast<qreal>(shown.size()) * font.cell();
    }
    const Look look{font.font(), painter.pen().color(), painter.device()->devicePixelRatioF()};
    if (FixedText::isGrid(shown)) {
        drawCells(painter, font, x, baseline, shown, look);
        return static_cast<qreal>(shown.size()) * font.cell();
    }
    const Image *image = of(text, room, look);
    if (!image) {
        return 0;
    }
    painter.drawImage(QPointF(x, baseline) + image->origin, image->picture);
    return image->width;
}

void TextImages::drawCells(QPainter &painter, const FixedText &font, qreal x, qreal baseline, QString text,
                           const Look &look)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (font.hasGlyphs(QStringView(text).sliced(i, 1))) {
            continue;
        }
        if (const Image *image = of(text.sliced(i, 1), font.cell(), look)) {
            const QPointF place(x + static_cast<qreal>(i) * font.cell(), baseline);
            painter.drawImage(place + image->origin, image->picture);
        }
        text[i] = u' ';
    }
    font.draw(painter, x, baseline, text);
}

void TextImages::look(When when)
{
    if (when == When::Still) {
        m_passing = std::exchange(m_wanted, {});
        m_still.start();
        return;
    }
    m_still.stop();
    if (m_wanted.empty() || m_isLooking) {
        return;
    }
    m_isLooking = true;
    using Painted = std::vector<std::pair<Key, Image>>;
    runInBackground(
        this,
        // By its description: what a QFont shares must not be used on two threads.
        [description = m_look.font.toString(), color = m_look.color, pixelRatio = m_look.pixelRatio,
         wanted = std::exchange(m_wanted, {})] {
            QFont font;
            font.fromString(description);
            Painted painted;
            for (const Key &key : wanted) {
                painted.emplace_back(key, paint(key.first, key.second, font, color, pixelRatio));
            }
            return painted;
        },
        [this, generation = m_generation](Painted painted) {
            m_isLooking = false;
            for (auto &[key, image] : painted) {
                if (generation == m_generation) {
                    const qsizetype cost = image.picture.sizeInBytes() / Kilobyte + 1;
                    m_known.insert(key, new Image(std::move(image)), cost);
                }
            }
            Q_EMIT found(); // Also when late: what is wanted now is asked for then
        });
}

} // namespace Sidewire
