// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QSvgRenderer>

#include <array>

namespace Sidewire::Theme {

namespace {

struct Drawing
{
    const char *shapes; ///< SVG elements on a 16 x 16 field, stroked unless they say otherwise
    Tone tone = Tone::Text; ///< Text means the palette's own text colour
};

// In the order of Icon.
#define FILLED "fill='currentColor' stroke='none'"
constexpr std::array<Drawing, IconCount> Drawings{{
    {"<path d='M2 8h9M7.5 4.5 11 8l-3.5 3.5M14 3v10'/>"}, // Connect
    {"<path d='M8 14V8M4.5 11.5a5 5 0 1 1 7 0M6.5 9.5a2.2 2.2 0 1 1 3 0'/>"}, // Listen
    {"<path d='M5 2.5H3v11h2M6.5 8H14M11 5l3 3-3 3'/>"}, // Close
    {"<path d='M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z'/>"}, // Reset
    {"<path d='M5.5 3v10M10.5 3v10' stroke-width='2.2'/>"}, // Pause
    {"<path d='M4.5 3v10l8-5z'/>"}, // Resume
    {"<path d='M2 13.5 14 8 2 2.5 4 8zM4 8h6'/>"}, // Send
    {"<rect x='3.5' y='3.5' width='9' height='9' rx='1'/>"}, // Stop
    {"<path d='M2.5 8V6.5a2 2 0 0 1 2-2H13M10.5 2 13 4.5 10.5 7M13.5 8v1.5a2 2 0 0 1-2 2H3M5.5 14 3 11.5 5.5 9'/>"},
    {"<path d='M1.5 12.5v-9h4l1.5 2h6v2M1.5 12.5l2.5-5h10.5l-2.5 5z'/>"}, // Open
    {"<path d='M2.5 2.5h9l2 2v9h-11zM5 2.5v4h5v-4M5 13.5v-4h6v4'/>"}, // Save
    {"<path d='M8 10V2M5 5l3-3 3 3M2.5 9.5v4h11v-4'/>"}, // Export
    {"<path d='M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7'/><circle cx='11' cy='4.5' r='1.8'/><circle cx='5' cy='11.5' "
     "r='1.8'/>"},
    {"<path d='M8 3v10M3 8h10'/>"}, // Add
    {"<path d='M4 4l8 8M12 4l-8 8'/>"}, // Remove
    {"<path d='M3 13l.6-3L10.5 3 13 5.5 6 12.4z'/>"}, // Edit
    {"<rect x='5.5' y='5.5' width='8' height='8' rx='1'/><path d='M10.5 3.5v-1h-8v8h1'/>"}, // Copy
    {"<circle cx='7' cy='7' r='4'/><path d='M10 10l4 4'/>"}, // Find
    {"<path d='M2 3h12L9.5 8.2V13L6.5 14V8.2z'/>"}, // Filter
    {"<path d='M8 2v9M4.5 7.5 8 11l3.5-3.5M3 14h10'/>"}, // Follow
    {"<rect x='2' y='2.5' width='12' height='11' rx='1'/><path d='M2 9h12M4.5 11.2h5'/>"}, // Detail
    {"<path d='M4 14.5V2M4 2.5h8.5L10 5.7l2.5 3.3H4z' fill='currentColor'/>", Tone::Violation},
    {"<circle cx='8' cy='8' r='6'/><path d='M8 7.2v4M8 4.6v.6'/>"}, // Info
    {"<path d='M8 2 1.5 13.5h13zM8 6.5v3.2M8 11.4v.4'/>", Tone::Warning},
    {"<circle cx='8' cy='8' r='6'/><path d='M8 4.5v4.3M8 10.8v.6'/>", Tone::Error},
    {"<circle cx='8' cy='8' r='4.6' " FILLED "/>", Tone::Success}, // StateOpen
    {"<circle cx='8' cy='8' r='4.2'/><path d='M8 3.8a4.2 4.2 0 0 1 0 8.4z' " FILLED "/>", Tone::Warning}, // StateBusy
    {"<circle cx='8' cy='8' r='4.2'/>", Tone::Muted}, // StateClosed
    {"<circle cx='8' cy='8' r='4.6'/><path d='M6.2 6.2l3.6 3.6M9.8 6.2 6.2 9.8'/>", Tone::Error}, // StateFailed
    {"<circle cx='8' cy='8' r='5'/><circle cx='8' cy='8' r='2.4' " FILLED "/>", Tone::Success}, // StateListening
    {"<path d='M4 1.5h5.5L12.5 5v9.5H4zM9.5 1.5V5h3M6 8h4.5M6 11h4.5'/>", Tone::Muted}, // StateLog
}};
#undef FILLED

/// Paints one drawing in the colour that fits the palette at the time of painting.
class DrawingEngine final : public QIconEngine
{
public:
    explicit DrawingEngine(const Drawing &drawing)
        : m_drawing(drawing)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int side = std::min(rect.width(), rect.height());
        QRect square(0, 0, side, side);
        square.moveCenter(rect.center());
        QSvgRenderer(svg(mode)).render(painter, square);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new DrawingEngine(m_drawing); }

private:
    QColor ink(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled) {
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        }
        return m_drawing.tone == Tone::Text ? palette.color(QPalette::Active, QPalette::WindowText)
                                            : color(m_drawing.tone);
    }

    QByteArray svg(QIcon::Mode mode) const
    {
        // QtSvg takes currentColor only from a style sheet that it half supports: the colour is put in as text.
        QByteArray shapes = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>"
                            "<g fill='none' stroke='currentColor' stroke-width='1.3' stroke-linecap='round' "
                            "stroke-linejoin='round'>"
            + QByteArray(m_drawing.shapes) + "</g></svg>";
        return shapes.replace("currentColor", ink(mode).name().toLatin1());
    }

    Drawing m_drawing;
};

} // namespace

QIcon icon(Icon meaning)
{
    return QIcon(new DrawingEngine(Drawings[static_cast<std::size_t>(meaning)])); // The icon owns its engine
}

} // namespace Sidewire::Theme
