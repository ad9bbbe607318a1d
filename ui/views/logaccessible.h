// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAccessibleWidget>

namespace Sidewire {

class LogScrollArea;

/// What assistive tools learn of a view that paints its lines itself: its name, that it can only be read, and as its text
/// one sentence on what is selected in it. The lines are not objects: there may be a hundred million.
class LogAccessible final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    /// Makes QAccessible use this class for every LogScrollArea. May be called again.
    static void install();

    explicit LogAccessible(LogScrollArea *view);

    void *interface_cast(QAccessible::InterfaceType type) override;
    QAccessible::State state() const override;
    QString text(QAccessible::Text kind) const override;

    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override { return 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    int cursorPosition() const override { return 0; }
    void setCursorPosition(int) override {}
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &) const override { return -1; }
    void scrollToSubstring(int, int) override {}
    QString attributes(int offset, int *start, int *end) const override;

private:
    const LogScrollArea &view() const;
};

} // namespace Sidewire
