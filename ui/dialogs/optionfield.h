// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionoptions.h"
#include "ui/dialogs/optionlayout.h"

#include <QWidget>

namespace Sidewire {

/// Asks for the values of one option, as SessionOptions::set() takes and values() gives them: none at the default.
class OptionField : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OptionField)

public:
    using QWidget::QWidget;

    /// The field that fits `place`. `syntax` shows in it while it is empty, `description` beside a check box.
    static OptionField *make(const OptionPlace &place, const QString &syntax, const QString &description,
                             QWidget *parent);

    virtual QStringList values() const = 0;
    virtual void setValues(const QStringList &values) = 0;

Q_SIGNALS:
    void changed();
};

} // namespace Sidewire
