// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace Sidewire::TestSupport {

/// A case of the Autobahn test suite, as tests/data/autobahn/cases.txt has it; what the columns mean stands there.
struct AutobahnCase
{
    struct Frame
    {
        int opcode = 0;
        bool isFinal = true;
        int reserved = 0;
        QByteArray payload;

        QByteArray toWire(bool isMasked) const;
    };

    struct Found
    {
        QByteArray kind;
        QByteArray payload;
        quint32 violations = 0;
        bool isUnterminated = false;
    };

    QString name;
    QString records;
    std::vector<Frame> sends;
    std::vector<Found> finds;
    std::vector<Frame> answers;
    QString verdict;

    /// The bytes of the fuzzer, cut into records as the case wants it.
    std::vector<QByteArray> sentRecords(bool isMasked) const;

    /// The messages in frames that are messages as they are.
    static std::vector<Found> asMessages(const std::vector<Frame> &frames);
};

/// Empty when the file cannot be read; a line that is not understood ends the program with its number.
std::vector<AutobahnCase> autobahnCases();

/// A file of tests/data/autobahn without its comments and empty lines; each line's columns, trimmed.
std::vector<QByteArrayList> autobahnTable(const QString &fileName);

} // namespace Sidewire::TestSupport
