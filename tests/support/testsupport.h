// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace Sidewire::TestSupport {

/// Makes an unexpected Qt warning fail the running test. For init().
void failOnWarnings();

/// The same pseudo-random bytes for the same seed.
QByteArray randomBytes(qsizetype size, quint32 seed);

} // namespace Sidewire::TestSupport
