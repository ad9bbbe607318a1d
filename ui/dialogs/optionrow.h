// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionoptions.h"
#include "ui/dialogs/optionlayout.h"

#include <QObject>

class QGridLayout;
class QLabel;
class QToolButton;
class QWidget;

namespace Sidewire {

class OptionField;

/// One option in the form: its label, marked while the value is not the default, its field, a button back to the default,
/// and below the field what is wrong with the value.
class OptionRow final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OptionRow)

public:
    /// Takes the next two rows of `grid`.
    OptionRow(const OptionPlace &place, const OptionHelp &help, QGridLayout &grid, QWidget *parent);

    const OptionPlace &place() const { return m_place; }

    void load(const SessionOptions &options);

    /// Puts the value into `options`; what is wrong with it is shown below the field.
    bool store(SessionOptions &options);
    void showProblem(const QString &text);

    void reset();
    bool isChanged() const; ///< From the default
    bool matches(const QString &text) const; ///< By name, label or description
    void setVisible(bool isVisible);
    bool isVisible() const;
    void setFocus();
    QWidget *fieldWidget() const;

Q_SIGNALS:
    void changed();

private:
    Result<void> write(SessionOptions &options) const;
    void onChanged();

    OptionPlace m_place;
    QString m_searched;
    QLabel *m_label;
    OptionField *m_field;
    QToolButton *m_reset;
    QLabel *m_problem;
    bool m_isVisible = true;
};

} // namespace Sidewire
