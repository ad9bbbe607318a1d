// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCache>
#include <QColor>
#include <QFont>
#include <QImage>
#include <QObject>

#include <vector>

namespace Sidewire {

/// Pictures of characters that the fixed font has no glyphs for, painted on a worker.
///
/// The first character of a script lets Qt open every font that may have it, for tens of milliseconds, and bytes that are no
/// text look like characters of all scripts. So the window does not wait for fonts: a picture comes with a later frame.
class CharacterImages final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CharacterImages)

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
        QPointF origin; ///< Of the picture, seen from where the character begins on its baseline
    };

    explicit CharacterImages(QObject *parent = nullptr);

    /// Null while there is none; look() asks for it then.
    const Image *of(char32_t character, const Look &look);

    /// After painting: what was asked for and is not there is painted.
    void look();

Q_SIGNALS:
    void found();

private:
    Look m_look;
    QCache<char32_t, Image> m_known;
    std::vector<char32_t> m_wanted;
    bool m_isLooking = false;
    int m_generation = 0; ///< Late pictures are of an older look
};

} // namespace Sidewire
