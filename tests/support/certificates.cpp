// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "certificates.h"

#include <QProcess>

namespace Sidewire::TestSupport {

bool Certificates::make()
{
    QProcess process;
    process.start(QStringLiteral("python3"),
                  {QStringLiteral("-B"), QStringLiteral(SIDEWIRE_TEST_SUPPORT "/certificates.py"), m_folder.path()});
    const bool isDone = process.waitForFinished(60'000) && process.exitCode() == 0;
    m_error = process.errorString() + QString::fromUtf8(process.readAllStandardError());
    return isDone;
}

} // namespace Sidewire::TestSupport
