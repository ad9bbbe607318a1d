// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QTemporaryDir>

namespace Sidewire::TestSupport {

/// Those of certificates.py, which says what they are, in a folder of their own.
class Certificates
{
public:
    /// False when the openssl command failed; error() tells.
    bool make();
    const QString &error() const { return m_error; }

    QString path(const QString &file) const { return m_folder.filePath(file); }
    QString certificate(const QString &name) const { return path(name + QStringLiteral(".pem")); }
    QString key(const QString &name) const { return path(name + QStringLiteral(".key")); }

private:
    QTemporaryDir m_folder;
    QString m_error;
};

} // namespace Sidewire::TestSupport
