// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lensspec.h"

#include <QCoreApplication>
#include <QString>

#include <vector>

namespace Sidewire {

/// What a form asks of a lens, as a person types it: one lens, its parameters in fields of their own, where it begins. Fields
/// that the lens has no use for are left alone, so that they come back with it.
class LensFields
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::LensFields)

public:
    /// How a delimiter is written.
    enum class Notation { Hex, Text };

    QString lens = QStringLiteral("lines"); ///< A name of LensSpec
    Notation notation = Notation::Hex;
    QString delimiter = QStringLiteral("00");
    QString begin = QStringLiteral("02"); ///< Of between, in the same notation
    QString end = QStringLiteral("03");
    QString escape; ///< One byte or nothing
    QString size = QStringLiteral("16"); ///< Of fixed
    QString type = QStringLiteral("u32be"); ///< Of length
    QString fieldOffset; ///< Empty: 0
    QString adjust; ///< Empty: the length counts what follows its field
    QString trailer; ///< Empty: 0
    QString silence = QStringLiteral("100"); ///< Of idle, ms
    QString start; ///< Stream offset where the lens begins; empty: 0

    /// The spec without directions; the error is a sentence for the form.
    Result<LensSpec> spec() const;

    /// Takes over a spec without directions. Delimiters become hex.
    void setSpec(const LensSpec &spec);

    static QStringList lengthTypes();

    /// One sentence on what a lens cuts.
    static QString describe(const QString &lens);

    /// Lenses of protocols that people meet, for a list.
    struct Example
    {
        QString name; ///< "Modbus TCP"
        QString lens;
    };
    static std::vector<Example> examples();

private:
    Result<QString> hexOf(const QString &text) const;
    Result<QString> parameters() const;
};

} // namespace Sidewire
