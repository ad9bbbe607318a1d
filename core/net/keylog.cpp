// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "keylog.h"

#include "core/base/logging.h"

#include <QByteArray>
#include <QFile>

#include <openssl/ssl.h>

namespace Sidewire {

namespace {

constexpr const char *Variable = "SSLKEYLOGFILE";

/// Opened for each line: other programs append to the same file, and one write of a line is not torn apart.
void append(const SSL *, const char *line)
{
    QFile file(qEnvironmentVariable(Variable));
    if (file.open(QIODevice::Append | QIODevice::Unbuffered, QFile::ReadOwner | QFile::WriteOwner)) {
        file.write(QByteArray(line) + '\n');
    } else {
        qCWarning(LogNet, "cannot append to SSLKEYLOGFILE: %ls", qUtf16Printable(file.errorString()));
    }
}

} // namespace

void KeyLog::install(SSL_CTX *context)
{
    if (!qEnvironmentVariableIsEmpty(Variable)) {
        SSL_CTX_set_keylog_callback(context, append);
    }
}

} // namespace Sidewire
