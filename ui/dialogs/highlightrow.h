// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/settings/highlightrule.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLabel;
class QToolButton;
QT_END_NAMESPACE

namespace Sidewire {

class FilterEdit;

/// One highlight rule while it is edited: on or off, its colour, its filter, its place.
class HighlightRow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HighlightRow)

public:
    explicit HighlightRow(const HighlightRule &rule, QWidget *parent = nullptr);

    HighlightRule rule() const;
    bool isValid() const; ///< The filter is one and not empty
    void setPlace(qsizetype place, qsizetype count); ///< From 0
    void focusField();

Q_SIGNALS:
    void changed();
    void moveRequested(int by); ///< -1 up, 1 down
    void removeRequested();

private:
    QToolButton *makeButton(const char *name, const QString &tip);
    void onChecked();

    QCheckBox *m_enabled; ///< Its text is the rule's number
    QComboBox *m_color;
    FilterEdit *m_filter;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_remove;
    QLabel *m_problem;
};

} // namespace Sidewire
