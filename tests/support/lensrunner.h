// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lensspec.h"

#include <QByteArray>
#include <QStringList>

#include <functional>
#include <vector>

namespace Sidewire::TestSupport {

/// Something that crossed a socket.
struct Transfer
{
    Direction direction = Direction::In;
    QByteArray bytes;
};

/// Runs a lens over a conversation and keeps what it found.
struct LensRun
{
    std::vector<Message> messages; ///< Before the end of the stream, and at it
    std::vector<Message> unfinished; ///< Just before the end of the stream: Out, then In
    std::optional<Lens::Decision> decision;

    /// One line a message, without records and times: "in text 0+7 \"2+5\" masked". `*` in front of unfinished ones.
    QStringList toLines() const;
};

/// How many bytes the next record has at most.
using NextSize = std::function<qsizetype()>;

/// Each transfer is one record, or several of the given sizes. Checks that the records that messages name hold their
/// first and last byte.
LensRun runLens(const QString &lens, const LensContext &context, const std::vector<Transfer> &conversation,
                const NextSize &nextSize = {});

/// Fails the test unless every way of splitting gives the same: each single split, chunks of 1 to 17 bytes, random ones.
void checkSplitting(const QString &lens, const LensContext &context, const std::vector<Transfer> &conversation);

} // namespace Sidewire::TestSupport
