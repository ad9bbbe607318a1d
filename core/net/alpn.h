// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

/// Lists of application protocols as they stand in a ClientHello (RFC 7301, 3.1): each name after its length.
namespace Sidewire::Alpn {

/// An error for an empty name, one longer than 255 bytes, or a list longer than 65,535.
Result<QByteArray> toWire(const QStringList &protocols);

QStringList fromWire(QByteArrayView wire);

/// The name at `index` of a list that fromWire() has read.
QByteArrayView at(QByteArrayView wire, qsizetype index);

} // namespace Sidewire::Alpn
