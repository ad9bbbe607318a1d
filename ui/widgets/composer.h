// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/engine.h"
#include "ui/settings/payload.h"
#include "ui/widgets/senthistory.h"

#include <QWidget>

#include <chrono>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace Sidewire {

class ComposerEdit;

/// Where payloads are written and sent. Text leaves verbatim; the line below shows the bytes that will leave.
///
/// What was sent stays in the field, selected: typing replaces it, Enter sends it again.
class Composer final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Composer)

public:
    enum class Target : quint8 { Tcp, Udp, WebSocket };

    Composer(QSettings &settings, Target target, QWidget *parent = nullptr);

    static constexpr qsizetype MaxDatagram = 65'507;
    static constexpr qsizetype MaxControlPayload = 125; // RFC 6455, 5.5

    Payload payload() const;
    void setPayload(const Payload &payload);
    void focusField();

    /// Sends as the Send button does.
    void submit();
    /// Sends something else; the field stays as it is.
    void sendPayload(const Payload &payload);

    /// Why nothing can be sent now; said when somebody tries. Empty: all is well.
    void setObstacle(const QString &sentence);
    /// For an opened log: nothing can ever be sent.
    void setReadOnly(const QString &sentence);
    void setRepeatsLeft(qint64 left); ///< 0: none; -1: without end
    void showProblem(const QString &sentence);

Q_SIGNALS:
    /// Before anything is sent: the last moment to set the obstacle to what is true now.
    void aboutToSend();
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
    void buildRepeat();
    void layOut();
    void onModeChosen(int mode);
    void onEndingChosen();
    void chooseFile();
    void walk(const std::optional<Payload> &payload);
    void updateLiveLine();
    void updateChoices();
    Payload::As as() const;
    LineEnding defaultEnding() const;
    Result<SendRequest> request(const Payload &payload) const;
    void say(const QString &text, bool isProblem);

    QSettings &m_settings;
    Target m_target;
    SentHistory m_history;
    QString m_obstacle;
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
    QLabel *m_live;
    QSpinBox *m_interval;
    QSpinBox *m_count;
    QPushButton *m_save;
    QPushButton *m_stop;
    QPushButton *m_send;
};

} // namespace Sidewire
