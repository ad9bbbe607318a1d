// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/conversation.h"
#include "core/capture/event.h"

/// The events that tell of a conversation in a foreign capture what our own sessions tell of themselves.
namespace Sidewire::ConversationEvents {

Event opened(const Conversation &conversation, qint64 time);
Event phaseStarted(const Conversation &conversation, const QString &phase, qint64 time);
Event phaseEnded(const Conversation &conversation, const QString &phase, bool isGood, qint64 time);
Event directionChanged(const Conversation &conversation, Direction direction, const QString &state, qint64 time);
Event heard(const Conversation &conversation, qint64 time);

enum class End { Fin, Rst, Refused, EndOfCapture };
Event closed(const Conversation &conversation, End end, Direction by, qint64 time);

} // namespace Sidewire::ConversationEvents
