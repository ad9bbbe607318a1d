// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

class QWidget;

namespace Sidewire {

class CopyTable;

/// A table for what bytes are worth as numbers, in both byte orders.
CopyTable *newNumberTable(QWidget *parent);

/// Fills it with the numbers at the beginning of `bytes`.
void showNumbers(CopyTable &table, QByteArrayView bytes);

} // namespace Sidewire
