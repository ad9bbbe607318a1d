// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>

QT_BEGIN_NAMESPACE
class QPalette;
QT_END_NAMESPACE

/// Colours, fonts and icons by meaning, for the palette the system has chosen. Nothing here is cached by callers: ask
/// while painting, and a change from light to dark is followed by itself.
namespace Sidewire::Theme {

/// What a colour is for. Every text colour has a contrast of at least 4.5:1 on every surface (WCAG 2.1, 1.4.3).
enum class Tone {
    // Surfaces
    Base, ///< Behind the data
    Header, ///< Behind column headers
    InTint, ///< Behind bytes and messages from the peer
    OutTint, ///< Behind those to the peer
    InHeader, ///< Behind the header row of a record from the peer
    OutHeader,
    Selection, ///< Behind selected bytes and messages, in every view that shows them
    // Texts
    Text,
    Muted, ///< Offsets, column titles, whatever explains
    In, ///< Arrow and words of what came from the peer: blue
    Out, ///< Of what went to the peer: orange
    Violation, ///< A broken protocol rule: magenta
    Error,
    Warning,
    Success, ///< Also the mark of an open connection
    // Lines
    Line, ///< Between columns; no text
    Focus, ///< Around the current row or byte of the view that has the focus
};
constexpr int ToneCount = static_cast<int>(Tone::Focus) + 1;
constexpr Tone FirstText = Tone::Text;
constexpr Tone FirstLine = Tone::Line;

enum class Scheme { Light, Dark };

/// The scheme that a palette asks for.
Scheme schemeOf(const QPalette &palette);

/// That of the application's palette now.
Scheme scheme();

QColor color(Tone tone);
QColor color(Tone tone, Scheme scheme);

/// One of eight hues that tell connections apart (a bar beside "#12"), the same for the same number.
QColor connectionColor(quint32 number);
QColor connectionColor(quint32 number, Scheme scheme);
constexpr int ConnectionColorCount = 8;
constexpr int LaneWidth = 4; ///< Pixels of that bar

/// Surfaces for highlighted messages; every text tone is readable on them as on the others. `index` wraps around.
QColor highlightColor(int index);
QColor highlightColor(int index, Scheme scheme);
/// A line of the same hue around the mark that tells them apart without colour.
QColor highlightMark(int index);
QColor highlightMark(int index, Scheme scheme);
constexpr int HighlightColorCount = 6;

/// The system's fixed-width font, for all data.
QFont fixedFont();

enum class Icon {
    Connect,
    Listen,
    Close, ///< An orderly end of a connection
    Reset, ///< An abrupt one
    Pause,
    Resume,
    Send,
    Stop,
    Repeat,
    Open,
    Save,
    Export,
    Options,
    Add,
    Remove,
    Edit,
    Copy,
    Find,
    Filter,
    Follow, ///< Down to the newest
    Detail,
    Violation,
    Info,
    Warning,
    Error,
    StateOpen, ///< A filled disc, green
    StateBusy, ///< A half disc, amber
    StateClosed, ///< A ring, grey
    StateFailed, ///< A crossed disc, red: told apart by shape, not by colour alone
    StateListening, ///< A ring around a disc, green
    StateLog, ///< A sheet: an opened log
};
constexpr int IconCount = static_cast<int>(Icon::StateLog) + 1;

/// Painted in the palette's text colour (state marks in their own), so that it follows the theme at any size.
QIcon icon(Icon meaning);

} // namespace Sidewire::Theme
