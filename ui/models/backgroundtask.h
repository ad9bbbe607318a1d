// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/backgroundpool.h"

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace Sidewire {

/// Runs `work` on a worker and hands its result to `done` on the calling (the window's) thread. When `owner` is gone by
/// then, the result is dropped.
template<typename Work, typename Done>
void runInBackground(QObject *owner, Work work, Done done)
{
    using Outcome = decltype(work());
    backgroundPool().start(
        // By way of the application, which waits for the workers before it goes: the owner may be gone at any moment.
        [app = QCoreApplication::instance(), guard = QPointer<QObject>(owner), work = std::move(work),
         done = std::move(done)]() mutable {
            auto result = std::make_shared<Outcome>(work());
            QMetaObject::invokeMethod(
                app,
                [guard = std::move(guard), done = std::move(done), result] {
                    if (guard) {
                        done(std::move(*result));
                    }
                },
                Qt::QueuedConnection);
        });
}

} // namespace Sidewire
