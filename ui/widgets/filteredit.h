// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/filter/filterexpression.h"

#include <QLineEdit>

#include <functional>
#include <optional>

QT_BEGIN_NAMESPACE
class QCompleter;
QT_END_NAMESPACE

namespace Sidewire {

/// A field for a filter: completes the words of the language, and draws a wave below the place where it is wrong.
class FilterEdit final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterEdit)

public:
    explicit FilterEdit(QWidget *parent = nullptr);

    /// Asked for each time that a filter is read: times are of the clock with this offset.
    void setUtcOffset(std::function<int()> seconds);

    /// What is wrong with the present text; nothing when it is a filter, or empty.
    const std::optional<FilterError> &error() const { return m_error; }

    /// Of the present text; lets everything through while there is an error.
    const FilterExpression &expression() const { return m_expression; }

    /// The part of the field that is underlined, in its coordinates; empty without an error.
    QRect errorRect() const;

    bool isCompleting() const; ///< The list of words is open

Q_SIGNALS:
    void checked(); ///< The text has changed, and was read

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Offer : quint8 { WhatFits, Everything };
    void check();
    void complete(Offer offer);
    void takeCompletion(const QString &word);
    qsizetype wordBegin() const; ///< Of the word at the cursor; -1 within quotes
    int xOf(qsizetype position) const;

    QCompleter *m_completer;
    std::function<int()> m_utcOffset;
    FilterExpression m_expression;
    std::optional<FilterError> m_error;
};

} // namespace Sidewire
