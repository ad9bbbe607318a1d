// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"

#include <QString>

/// Filters that are written by pointing at a message.
namespace Sidewire::FilterText {

QString kind(const Message &message); ///< "kind:text"
QString direction(const Message &message); ///< "in"
QString connection(const Message &message); ///< "conn:2"

enum class Connections : quint8 { One, Several }; ///< Of the session: one needs no name

/// What makes a message like this one: "in kind:text conn:2".
QString like(const Message &message, Connections connections);

/// The filter for what both let through; either may be empty.
QString both(const QString &filter, const QString &more);

/// What `filter` lets through and `other` does not.
QString without(const QString &filter, const QString &other);

} // namespace Sidewire::FilterText
