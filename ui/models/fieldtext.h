// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/field.h"

#include <QCoreApplication>
#include <QString>

#include <vector>

namespace Sidewire {

/// Words for the fields of a message. Whatever a peer sent comes out as one visible line.
class FieldText
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::FieldText)

public:
    static QString name(const Field &field);
    static QString value(const Field &field);
    static QString remark(const Field &field);

    /// Where it lies in its stream: "0x81..0x8d", "0x81 bits 4..7", "0x82 bit 1 to 0x84"; empty for what stands nowhere.
    static QString place(const BitSpan &bits);

    /// "bits 4..7 of 0x81: Opcode 1 text".
    static QString facts(const Field &field);

    /// For a tool tip: a line a field.
    static QString lines(const std::vector<const Field *> &fields);

    /// A field and its parts for the clipboard, indented, with places and remarks.
    static QString tree(const Field &field);
};

} // namespace Sidewire
