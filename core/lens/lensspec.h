// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/lens/lens.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace Sidewire {

class ContentStore;

/// What a lens is told of the connection that it cuts.
struct LensContext
{
    Transport transport = Transport::Tcp;
    bool isWebSocket = false; ///< The session was opened as ws or wss
    Direction client = Direction::Out; ///< The direction in which the client side sends (Out unless we listen)
    ContentStore *contents = nullptr; ///< Where inflated messages go; null: they are checked and not kept
    qint64 maxInflated = DefaultMaxInflated; ///< Bytes a message may inflate to

    static constexpr qint64 DefaultMaxInflated = 64 * 1024 * 1024;
};

/// Which lens cuts, as a plain value that can be saved: "auto", "lines", "fixed:16", "length:u16be,offset=4,adjust=6".
///
/// "fixed:16@12" begins at byte 12 of each direction; what stands before is reads. "in=lines/out=fixed:4" has a lens for
/// each direction.
struct LensSpec
{
    QString name = QStringLiteral("auto"); ///< Empty with `directions`
    QString parameters; ///< After the colon; empty for lenses without
    qint64 offset = 0; ///< Stream offset of both directions
    std::vector<LensSpec> directions; ///< Empty, or two by indexOf(Direction), each without directions of its own

    /// The inverse of parse().
    QString toString() const;

    /// Checks the name and its parameters. The error of an unknown name lists what there is.
    static Result<LensSpec> parse(const QString &text);

    /// The names that need no parameters, for menus, "auto" first.
    static QStringList names();

    static bool takesParameters(const QString &name);

    /// How each lens is written, for help and error texts: "auto", "lines", "delimiter:HEX" ...
    static QStringList syntaxes();

    /// A new lens for one connection. The spec must have come from parse() or be the default.
    std::unique_ptr<Lens> create(const LensContext &context) const;

    /// `content` framed as this lens would cut it in that direction. An Error where the lens does not frame.
    Result<QByteArray> wrap(QByteArrayView content, Direction direction = Direction::Out) const;

    /// Whether wrap() can work.
    bool canWrap(Direction direction = Direction::Out) const;

    friend bool operator==(const LensSpec &, const LensSpec &) = default;
};

} // namespace Sidewire
