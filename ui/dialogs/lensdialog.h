// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/models/lensfields.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace Sidewire {

/// Asks for a lens, its parameters, for which direction and from which byte on. The line below always shows how that is written,
/// and can be typed in as well. What is wrong is said below what was edited last.
class LensDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LensDialog)

public:
    /// `present` is what cuts now: the beginning of the choice, and what the other direction keeps.
    LensDialog(const LensSpec &present, QWidget *parent = nullptr);

    /// Begins at a byte of one direction.
    void setStart(Direction direction, qint64 offset);

Q_SIGNALS:
    void chosen(const QString &lens);

private:
    enum class Scope { Both, In, Out };

    void buildLens();
    void buildParameters();
    void buildScope();
    void buildSpec();
    QLineEdit *addField(const char *name, const QString &label, QString LensFields::*value, const QString &hint);
    void addNotation();
    void addType();
    void showFields();
    void onFieldEdited();
    void onSpecEdited();
    void onLensChosen();
    void say(QLabel *label, const QString &problem);
    Result<LensSpec> composed() const;

    struct Field
    {
        QString LensFields::*value;
        QLineEdit *edit;
    };

    LensSpec m_present;
    LensFields m_fields;
    bool m_isLoading = false; ///< Fields are set by the program
    std::vector<Field> m_edits;

    QFormLayout *m_form;
    QComboBox *m_lens;
    QLabel *m_description;
    QComboBox *m_notation;
    QComboBox *m_type;
    QComboBox *m_scope;
    QLabel *m_fieldRemark;
    QLineEdit *m_spec;
    QLabel *m_specRemark;
    QPushButton *m_cut;
};

} // namespace Sidewire
