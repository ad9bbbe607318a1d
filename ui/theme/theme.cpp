// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "theme.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QPalette>

#include <array>

namespace Sidewire::Theme {

namespace {

struct ColorPair
{
    QRgb light;
    QRgb dark;
};

// In the order of Tone.
constexpr std::array<ColorPair, ToneCount> Colors{{
    {0xffffff, 0x1a1d21}, // Base
    {0xf1f3f5, 0x24282d}, // Header
    {0xf4f8fd, 0x1a222c}, // InTint
    {0xfdf7f0, 0x26201a}, // OutTint
    {0xe2edf9, 0x1f2f42}, // InHeader
    {0xf9e8d6, 0x3b2c1c}, // OutHeader
    {0xffe48c, 0x4d3f06}, // Selection
    {0x1b1f24, 0xe4e7eb}, // Text
    {0x565e69, 0xa9b1bb}, // Muted
    {0x0a55a3, 0x7db8f5}, // In
    {0x8c4200, 0xf2ab66}, // Out
    {0xa3127f, 0xf58fd8}, // Violation
    {0xb3161b, 0xff9a94}, // Error
    {0x7a5200, 0xe6b84f}, // Warning
    {0x0f6535, 0x6fcf97}, // Success
    {0xd5dae0, 0x3a4048}, // Line
    {0x4a5563, 0xc2cad4}, // Focus
}};

// Eight hues of about the same lightness, at least 3:1 against every surface (WCAG 2.1, 1.4.11); neighbours differ most.
constexpr std::array<ColorPair, ConnectionColorCount> ConnectionColors{{
    {0x3a7bd5, 0x6fa8f0},
    {0xb86c20, 0xf0a860},
    {0x2a8c61, 0x5cc79a},
    {0xb04bc9, 0xd08ae6},
    {0x957808, 0xe0c04a},
    {0xd0473f, 0xf0857e},
    {0x168a9b, 0x58c6d6},
    {0x7d6b5d, 0xb8a596},
}};

// Green, cyan, violet, pink, olive, slate: a surface and a line on it of at least 3:1.
constexpr std::array<ColorPair, HighlightColorCount> HighlightColors{{
    {0xd3f2de, 0x143a26},
    {0xd2eff6, 0x0f3a44},
    {0xe8dfff, 0x352a58},
    {0xffdce9, 0x4d1f38},
    {0xe6f0bd, 0x333c10},
    {0xdfe4ec, 0x343c48},
}};
constexpr std::array<ColorPair, HighlightColorCount> HighlightMarks{{
    {0x1f7a48, 0x5cc79a},
    {0x14707e, 0x58c6d6},
    {0x6a4bb5, 0xb79cf0},
    {0xb0336c, 0xf08ab8},
    {0x66700f, 0xc9d860},
    {0x566275, 0xa9b8cf},
}};

std::size_t wrapped(int index)
{
    return static_cast<std::size_t>(index) % HighlightColors.size();
}

QColor choose(const ColorPair &pair, Scheme scheme)
{
    return QColor::fromRgb(scheme == Scheme::Light ? pair.light : pair.dark);
}

} // namespace

Scheme schemeOf(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness() ? Scheme::Dark
                                                                                                 : Scheme::Light;
}

Scheme scheme()
{
    return schemeOf(QGuiApplication::palette());
}

QColor color(Tone tone)
{
    return color(tone, scheme());
}

QColor color(Tone tone, Scheme scheme)
{
    return choose(Colors[static_cast<std::size_t>(tone)], scheme);
}

QColor connectionColor(quint32 number)
{
    return connectionColor(number, scheme());
}

QColor connectionColor(quint32 number, Scheme scheme)
{
    return choose(ConnectionColors[number % ConnectionColors.size()], scheme);
}

QColor highlightColor(int index)
{
    return highlightColor(index, scheme());
}

QColor highlightColor(int index, Scheme scheme)
{
    return choose(HighlightColors[wrapped(index)], scheme);
}

QColor highlightMark(int index)
{
    return highlightMark(index, scheme());
}

QColor highlightMark(int index, Scheme scheme)
{
    return choose(HighlightMarks[wrapped(index)], scheme);
}

QFont fixedFont()
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont);
}

} // namespace Sidewire::Theme
