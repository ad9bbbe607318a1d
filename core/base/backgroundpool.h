// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

QT_BEGIN_NAMESPACE
class QThreadPool;
QT_END_NAMESPACE

namespace Sidewire {

/// Threads for what nobody waits for, however long it takes. The application waits for them before it goes.
///
/// Nothing of ours runs in Qt's global pool: Qt 6.4 fills larger areas there while it paints, and waits for it, so that
/// the window would stand still until a job of ours is done.
QThreadPool &backgroundPool();

} // namespace Sidewire
