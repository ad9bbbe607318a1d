// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "exportsink.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 RowsPerReport = 256;

} // namespace

Result<void> ExportSink::write(QByteArrayView bytes)
{
    if (m_out.write(bytes.data(), bytes.size()) != bytes.size()) {
        return Error{Error::Code::Io, QStringLiteral("Cannot write the export: ") + m_out.errorString()};
    }
    return {};
}

Result<void> ExportSink::advance(qint64 done, qint64 total)
{
    const bool isDue = done % RowsPerReport == 0 || done == total;
    if (isDue && m_progress && !m_progress(double(done) / double(std::max<qint64>(total, 1)))) {
        return Error{Error::Code::Closed, QStringLiteral("The export was cancelled")};
    }
    return {};
}

} // namespace Sidewire
