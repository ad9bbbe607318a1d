// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace Sidewire {

/// What several options are made of: text into a value, and the value into the same text again.
namespace OptionValues {

/// The error of a value for which the option's own syntax says all there is to say.
Error mismatch();
Error usage(const QString &sentence);

Result<int> number(const QString &text, int least, int most);

/// "off" (0), or bytes with an optional k, M or G (1024 times each).
Result<qint64> size(const QString &text, qint64 least);
Result<bool> onOff(const QString &text);
Result<std::chrono::milliseconds> milliseconds(const QString &text);

/// Text that can stand in one line of anything.
Result<QString> line(const QString &text);

QString fromSize(qint64 bytes); ///< "off" or the largest unit that is exact
QString fromOnOff(bool value);
QString fromMilliseconds(std::chrono::milliseconds time);

/// The parts between commas, without the spaces around them; empty ones are left out.
QStringList split(const QString &text);

/// RFC 9110, 5.6.2: what a field name, a cookie's name or a subprotocol is made of.
bool isToken(const QString &text);
bool hasControlCharacter(const QString &text);

} // namespace OptionValues

} // namespace Sidewire
