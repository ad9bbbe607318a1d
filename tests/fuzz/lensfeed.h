// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lensspec.h"

#include <QByteArrayView>

#include <vector>

namespace Sidewire::Fuzz {

/// Bytes of one direction without any of the other between them.
struct Transfer
{
    Direction direction = Direction::In;
    QByteArrayView bytes;
};

/// An input that is both directions of a connection: the bytes F5 F6 turn to the other one. It begins with `first`.
std::vector<Transfer> conversation(QByteArrayView input, Direction first);

/// Feeds a lens with every transfer whole, then with all of them cut in pieces. Checks that both find the same, and that
/// the messages lie in their stream, in order, none over another but control frames between fragments.
void checkLens(const LensSpec &spec, const LensContext &context, const std::vector<Transfer> &transfers);

} // namespace Sidewire::Fuzz
