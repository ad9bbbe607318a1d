// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/lens/framing.h"

#include <QString>
#include <QStringList>

#include <memory>

/// The parameters of the lenses that take some, as a person writes them behind the colon. The errors are sentences.
namespace Sidewire::FramingParameters {

Result<std::unique_ptr<Framing>> delimiter(const QString &text); ///< "0d0a": 1 to 64 bytes
Result<std::unique_ptr<Framing>> between(const QString &text); ///< "02,03" or "02,03,10"
Result<std::unique_ptr<Framing>> fixed(const QString &text); ///< "16": 1 to 1 GiB
Result<std::unique_ptr<Framing>> length(const QString &text); ///< "u16be,offset=4,adjust=6"
Result<qint64> milliseconds(const QString &text); ///< 1 to 86,400,000

} // namespace Sidewire::FramingParameters
