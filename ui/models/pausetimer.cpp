// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "pausetimer.h"

#include <chrono>

namespace Sidewire {

namespace {

constexpr std::chrono::milliseconds Pause{100}; // Keys repeat faster

} // namespace

PauseTimer::PauseTimer(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PauseTimer::paused);
}

void PauseTimer::start()
{
    const bool isOneOfMany = m_sinceLast.isValid() && m_sinceLast.elapsed() < Pause.count();
    m_sinceLast.start();
    m_timer.start(isOneOfMany ? Pause : std::chrono::milliseconds(0));
}

} // namespace Sidewire
