// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/lens/lens.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace Sidewire {

/// What a lens is told of the connection that it cuts.
struct LensContext
{
    Transport transport = Transport::Tcp;
    bool isWebSocket = false; ///< The session was opened as ws or wss
    Direction client = Direction::Out; ///< The direction in which the client side sends (Out unless we listen)
};

/// The name and the parameters of a lens: "auto", "lines", "fixed:16" ... A plain value that can be saved.
struct LensSpec
{
    QString name = QStringLiteral("auto");
    QString parameters; ///< After the colon; empty for lenses without

    /// "fixed:16"; the inverse of parse().
    QString toString() const;

    /// Checks the name and its parameters. The error of an unknown name lists what there is.
    static Result<LensSpec> parse(const QString &text);

    /// All names, for completion, menus and error texts, "auto" first.
    static QStringList names();

    /// A new lens for one connection. The spec must have come from parse() or be the default.
    std::unique_ptr<Lens> create(const LensContext &context) const;

    friend bool operator==(const LensSpec &, const LensSpec &) = default;
};

} // namespace Sidewire
