// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QIODevice>

#include <functional>

namespace Sidewire {

/// Where an export goes, and who may stop it.
class ExportSink
{
public:
    ExportSink(QIODevice &out, const std::function<bool(double)> &progress)
        : m_out(out)
        , m_progress(progress)
    {}

    Result<void> write(QByteArrayView bytes);

    /// Tells now and then that `done` of `total` rows are written; an Error when the export was cancelled.
    Result<void> advance(qint64 done, qint64 total);

private:
    QIODevice &m_out;
    const std::function<bool(double)> &m_progress;
};

} // namespace Sidewire
