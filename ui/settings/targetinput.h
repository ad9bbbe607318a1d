// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionspec.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace Sidewire {

/// What a person typed into the target field, next to a selector that offers schemes.
namespace TargetInput {

/// All schemes that can be opened: "tcp", "udp", "ws", "tcp-listen" ...
QStringList schemes();

/// The scheme that the text itself names ("ws", "tcp-listen"); empty when it names none.
QString schemeOf(const QString &text);

/// The spec of `text`, or of `selected` with `text` where the text names no scheme. What cannot be opened yet is an
/// error too.
Result<SessionSpec> parse(const QString &text, const QString &selected);

/// For an http or https address the ws target that may be meant; nothing for anything else.
std::optional<QString> webSocketTarget(const QString &text);

} // namespace TargetInput

} // namespace Sidewire
