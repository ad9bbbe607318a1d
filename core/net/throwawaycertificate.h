// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

namespace Sidewire {

/// A self-signed certificate with its key, both PEM, made on the spot for a listener that was given none.
struct ThrowAwayCertificate
{
    QByteArray certificate;
    QByteArray key;

    /// EC P-256, valid from now for 30 days, for these DNS names and addresses (at least "localhost").
    static Result<ThrowAwayCertificate> make(const QStringList &names);
};

} // namespace Sidewire
