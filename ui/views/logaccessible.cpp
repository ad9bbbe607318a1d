// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logaccessible.h"

#include "ui/views/logscrollarea.h"

namespace Sidewire {

namespace {

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<LogScrollArea *>(object);
    return view ? new LogAccessible(view) : nullptr; // QAccessible owns it
}

} // namespace

void LogAccessible::install()
{
    QAccessible::installFactory(makeInterface); // Knows when it has it already
}

LogAccessible::LogAccessible(LogScrollArea *view)
    : QAccessibleWidget(view, QAccessible::Document)
{}

const LogScrollArea &LogAccessible::view() const
{
    return *static_cast<const LogScrollArea *>(object());
}

void *LogAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface *>(this)
                                              : QAccessibleWidget::interface_cast(type);
}

QAccessible::State LogAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    return state;
}

QString LogAccessible::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Value ? view().spokenText() : QAccessibleWidget::text(kind);
}

void LogAccessible::selection(int, int *start, int *end) const
{
    *start = 0;
    *end = 0;
}

QString LogAccessible::text(int start, int end) const
{
    return view().spokenText().mid(start, end - start);
}

int LogAccessible::characterCount() const
{
    return static_cast<int>(view().spokenText().size());
}

QRect LogAccessible::characterRect(int) const
{
    return rect();
}

QString LogAccessible::attributes(int, int *start, int *end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

} // namespace Sidewire
