// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/settings/payload.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace Sidewire {

/// Asks how a frame made by hand shall look, beside the composer's field, which has its payload.
class FramePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FramePanel)

public:
    explicit FramePanel(QWidget *parent = nullptr);

    FrameSettings settings() const;
    void setSettings(const FrameSettings &settings);

Q_SIGNALS:
    void changed();
    void presetChosen(const Sidewire::Payload &payload);

private:
    void buildHeader();
    void buildMasking();
    void buildLength();
    void buildOrder();
    void buildPresets();
    void onChanged();

    QToolButton *m_presets;
    QComboBox *m_opcode;
    QCheckBox *m_fin;
    QList<QCheckBox *> m_reserved; ///< RSV1 first
    QComboBox *m_masking;
    QLineEdit *m_key;
    QComboBox *m_coding;
    QLineEdit *m_length;
    QSpinBox *m_fragment;
    QComboBox *m_before;
    QSpinBox *m_pause;
    bool m_isLoading = false;
};

} // namespace Sidewire
