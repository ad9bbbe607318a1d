// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/widgets/composedrequest.h"
#include "ui/widgets/senthistory.h"

#include <QWidget>

#include <chrono>
#include <functional>
#include <optional>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace Sidewire {

class ComposerEdit;
class LiveLine;
class FramePanel;
class RecipientButton;
class RepeatBar;
class WrapToggle;

/// Where payloads are written and sent. Text leaves verbatim; the line below shows the bytes that will leave.
///
/// What was sent stays in the field, selected: typing replaces it, Enter sends it again.
class Composer final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Composer)

public:
    using Target = ComposerTarget;

    Composer(QSettings &settings, Target target, QWidget *parent = nullptr);

    Payload payload() const;
    void setPayload(const Payload &payload);
    void focusField();

    /// How frames made by hand are masked as usual; that of a client unless said.
    void setFrameSender(FrameDecoder::Sender sender);

    /// Sends as the Send button does.
    void submit();
    /// Sends something else; the field stays as it is.
    void sendPayload(const Payload &payload);

    /// Tells why nothing can be sent now, when somebody tries. An empty sentence: all is well.
    void setObstacle(std::function<QString()> obstacle);
    /// For an opened log: nothing can ever be sent.
    void setReadOnly(const QString &sentence);
    void setLens(const LensSpec &lens); ///< What is sent over TCP can be framed as this one would cut it
    RecipientButton &recipients() const { return *m_recipients; } ///< Hidden until it is told whom to show
    void setRepeatsLeft(qint64 left); ///< 0: none; -1: without end
    void showProblem(const QString &sentence);

Q_SIGNALS:
    void sendRequested(const Sidewire::SendRequest &request);
    void repeatRequested(const Sidewire::SendRequest &request, std::chrono::milliseconds interval, qint64 count);
    void stopRequested();
    void saveRequested(const Sidewire::Payload &payload);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildModes();
    void buildFields();
    void buildChoices();
    void buildButtons();
    void layOut();
    void onModeChosen(int mode);
    void onEndingChosen();
    void chooseFile();
    void walk(const std::optional<Payload> &payload);
    void updateLiveLine();
    void updateChoices();
    Payload::As as() const;
    LineEnding defaultEnding() const;
    std::optional<SendRequest> take(); ///< Of the field, which then goes into the history; nothing: it was said why
    std::optional<SendRequest> make(const Payload &payload);

    QSettings &m_settings;
    Target m_target;
    FrameDecoder::Sender m_sender = FrameDecoder::Sender::Client;
    SentHistory m_history;
    std::function<QString()> m_obstacle = [] {
        return QString();
    };
    bool m_isReadOnly = false;
    bool m_isLoading = false; ///< Fields are set by the program

    QButtonGroup *m_modes;
    QStackedWidget *m_fields;
    ComposerEdit *m_edit;
    QLineEdit *m_file;
    QPushButton *m_browse;
    QComboBox *m_as;
    QSpinBox *m_closeCode;
    QComboBox *m_ending;
    QCheckBox *m_escapes;
    WrapToggle *m_wrap;
    FramePanel *m_frames;
    LiveLine *m_live;
    RepeatBar *m_repeat;
    RecipientButton *m_recipients;
    QPushButton *m_save;
    QPushButton *m_send;
};

} // namespace Sidewire
