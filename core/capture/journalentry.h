// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/event.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

/// An event as an entry of the systemd Journal Export Format, which is the body of a journal block.
namespace Sidewire::JournalEntry {

/// Longest entry written. A longer event loses the ends of its strings, and if that does not help its data.
constexpr qsizetype MaxSize = 128 * 1024;

QByteArray fromEvent(const Event &event);

/// Nothing for an entry that is not one of our events. Unknown fields are passed over, in the text and the binary form.
std::optional<Event> toEvent(QByteArrayView entry);

} // namespace Sidewire::JournalEntry
