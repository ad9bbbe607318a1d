// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCache>
#include <QColor>
#include <QFont>
#include <QImage>
#include <QObject>
#include <QTimer>

#include <utility>
#include <vector>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace Sidewire {

class FixedText;

/// Pictures of text that the fixed font has no glyphs for, or that has to be laid out, painted on a worker.
///
/// The first character of a script lets Qt open every font that may have it, for tens of milliseconds, and bytes that are no
/// text look like characters of all scripts. So the window does not wait for fonts: a picture comes with a later frame. Even so
/// Qt locks its fonts for that time, and whoever paints text waits for them: while lines rush past nothing is looked for.
class TextImages final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextImages)

public:
    /// What all pictures have in common. A change throws them away.
    struct Look
    {
        QFont font;
        QColor color;
        qreal pixelRatio = 1;

        friend bool operator==(const Look &, const Look &) = default;
    };

    struct Image
    {
        QImage picture;
        QPointF origin; ///< Of the picture, seen from where the text begins on its baseline
        qreal width = 0; ///< Of the text
    };

    explicit TextImages(QObject *parent = nullptr);

    /// Null while there is none; look() asks for it then. A character is made as narrow as `room`, longer text is elided.
    const Image *of(const QString &text, qreal room, const Look &look);

    /// Draws a line with the painter's pen, elided; what `font` has no glyphs for once there are pictures. Gives back how
    /// wide it got.
    qreal drawElided(QPainter &painter, const FixedText &font, qreal x, qreal baseline, const QString &text,
                     qreal room);

    /// After painting: what was asked for and is not there is painted. With Still not before this has not been called for a
    /// moment, and then only what the last paint asked for.
    enum class When { Now, Still };
    void look(When when = When::Now);

Q_SIGNALS:
    void found();

private:
    using Key = std::pair<QString, int>; ///< Text and room

    void drawCells(QPainter &painter, const FixedText &font, qreal x, qreal baseline, QString text, const Look &look);

    Look m_look;
    QCache<Key, Image> m_known; ///< At a cost of kilobytes
    std::vector<Key> m_wanted;
    std::vector<Key> m_passing; ///< Of the last paint, until all is still
    QTimer m_still;
    bool m_isLooking = false;
    int m_generation = 0; ///< Late pictures are of an older look
};

} // namespace Sidewire
