// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "composer.h"

#include "ui/settings/keys.h"
#include "ui/theme/theme.h"
#include "ui/widgets/composeredit.h"
#include "ui/widgets/framepanel.h"
#include "ui/widgets/livebytes.h"
#include "ui/widgets/liveframes.h"
#include "ui/widgets/liveline.h"
#include "ui/widgets/recipientbutton.h"
#include "ui/widgets/repeatbar.h"
#include "ui/widgets/wraptoggle.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>

namespace Sidewire {

Composer::Composer(QSettings &settings, Target target, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_target(target)
    , m_history(settings)
    , m_modes(new QButtonGroup(this))
    , m_fields(new QStackedWidget(this))
    , m_edit(new ComposerEdit(this))
    , m_file(new QLineEdit(this))
    , m_browse(new QPushButton(tr("Choose…"), this))
    , m_as(new QComboBox(this))
    , m_closeCode(new QSpinBox(this))
    , m_ending(new QComboBox(this))
    , m_escapes(new QCheckBox(tr("Escapes"), this))
    , m_wrap(new WrapToggle(this))
    , m_frames(new FramePanel(this))
    , m_live(new LiveLine(this))
    , m_repeat(new RepeatBar(this))
    , m_recipients(new RecipientButton(this))
    , m_save(new QPushButton(this))
    , m_send(new QPushButton(tr("Send"), this))
{
    buildModes();
    buildFields();
    buildChoices();
    buildButtons();
    layOut();
    Payload empty;
    empty.ending = defaultEnding();
    empty.hasEscapes = Settings::Escapes.read(settings);
    setPayload(empty);
    setFocusProxy(m_edit);
}

void Composer::buildModes()
{
    const QStringList names{tr("Text"), tr("Hex"), tr("File")};
    for (int mode = 0; mode < names.size(); ++mode) {
        auto *button = new QToolButton(this);
        button->setText(names.at(mode));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setObjectName(QStringLiteral("composerMode%1").arg(mode));
        m_modes->addButton(button, mode);
    }
    connect(m_modes, &QButtonGroup::idClicked, this, &Composer::onModeChosen);
}

void Composer::buildFields()
{
    m_edit->setObjectName(QStringLiteral("composerField"));
    m_edit->setAccessibleName(tr("Payload"));
    m_file->setObjectName(QStringLiteral("composerFile"));
    m_file->setAccessibleName(tr("File to send"));
    m_file->setPlaceholderText(tr("A file whose bytes are sent as they are"));
    auto *filePage = new QWidget(m_fields);
    auto *fileLayout = new QHBoxLayout(filePage);
    fileLayout->setContentsMargins(0, 0, 0, 0);
    fileLayout->addWidget(m_file, 1);
    fileLayout->addWidget(m_browse);
    m_fields->addWidget(m_edit);
    m_fields->addWidget(filePage);
    m_fields->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    connect(m_edit, &ComposerEdit::submitted, this, &Composer::submit);
    connect(m_edit, &ComposerEdit::textChanged, this, &Composer::updateLiveLine);
    connect(m_edit, &ComposerEdit::olderRequested, this, [this] { walk(m_history.older(payload())); });
    connect(m_edit, &ComposerEdit::newerRequested, this, [this] { walk(m_history.newer()); });
    connect(m_file, &QLineEdit::textChanged, this, &Composer::updateLiveLine);
    connect(m_file, &QLineEdit::returnPressed, this, &Composer::submit);
    connect(m_browse, &QPushButton::clicked, this, &Composer::chooseFile);
}

void Composer::buildChoices()
{
    m_as->setObjectName(QStringLiteral("composerAs"));
    m_as->setAccessibleName(tr("WebSocket message"));
    m_as->addItems({tr("as text"), tr("as binary"), tr("as ping"), tr("as close"), tr("as frames…")});
    m_closeCode->setObjectName(QStringLiteral("composerCloseCode"));
    m_closeCode->setAccessibleName(tr("Close code"));
    m_closeCode->setRange(0, 0xffff);
    m_closeCode->setSpecialValueText(tr("no code"));
    m_ending->setObjectName(QStringLiteral("composerEnding"));
    m_ending->setAccessibleName(tr("Added at the end"));
    m_ending->addItems({tr("no ending"), tr("+ LF"), tr("+ CRLF"), tr("+ CR"), tr("+ NUL")});
    m_ending->setToolTip(tr("What is sent after the text"));
    m_escapes->setObjectName(QStringLiteral("composerEscapes"));
    m_escapes->setToolTip(tr("\\r \\n \\t \\0 \\xHH and \\\\ stand for bytes; otherwise text is sent as it stands"));
    m_live->setObjectName(QStringLiteral("composerLive"));

    connect(m_as, &QComboBox::currentIndexChanged, this, &Composer::updateChoices);
    connect(m_closeCode, &QSpinBox::valueChanged, this, &Composer::updateLiveLine);
    connect(m_frames, &FramePanel::changed, this, &Composer::updateLiveLine);
    connect(m_frames, &FramePanel::presetChosen, this, [this](const Payload &preset) {
        setPayload(preset);
        focusField();
    });
    connect(m_ending, &QComboBox::currentIndexChanged, this, &Composer::updateLiveLine);
    connect(m_ending, &QComboBox::activated, this, &Composer::onEndingChosen);
    connect(m_escapes, &QCheckBox::toggled, this, &Composer::updateLiveLine);
    connect(m_wrap, &QCheckBox::toggled, this, &Composer::updateChoices);
    connect(m_escapes, &QCheckBox::clicked, this, [this](bool on) { Settings::Escapes.write(m_settings, on); });
}

void Composer::buildButtons()
{
    m_save->setIcon(Theme::icon(Theme::Icon::Add));
    m_save->setObjectName(QStringLiteral("composerSave"));
    m_save->setToolTip(tr("Save as a payload with a name"));
    m_save->setAccessibleName(m_save->toolTip());
    m_send->setIcon(Theme::icon(Theme::Icon::Send));
    m_send->setObjectName(QStringLiteral("composerSend"));

    connect(m_save, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(payload()); });
    connect(m_send, &QPushButton::clicked, this, [this] {
        submit();
        focusField();
    });
    connect(m_repeat, &RepeatBar::repeatRequested, this, [this] {
        if (const std::optional<SendRequest> request = take()) {
            Q_EMIT repeatRequested(*request, m_repeat->interval(), m_repeat->count());
        }
        focusField();
    });
    connect(m_repeat, &RepeatBar::stopRequested, this, &Composer::stopRequested);
}

void Composer::layOut()
{
    auto *first = new QHBoxLayout;
    first->setSpacing(2);
    for (QAbstractButton *button : m_modes->buttons()) {
        first->addWidget(button, 0, Qt::AlignTop);
    }
    first->addSpacing(4);
    first->addWidget(m_fields, 1);
    first->addSpacing(4);
    first->addWidget(m_recipients, 0, Qt::AlignTop);
    first->addWidget(m_save, 0, Qt::AlignTop);
    first->addWidget(m_send, 0, Qt::AlignTop);

    auto *second = new QHBoxLayout;
    second->setSpacing(6);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_as, m_closeCode, m_ending, m_escapes, m_wrap}) {
        second->addWidget(widget);
    }
    second->addSpacing(6);
    second->addWidget(m_live, 1);
    second->addWidget(m_repeat);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addLayout(first);
    layout->addLayout(second);
    layout->addWidget(m_frames);
}

Payload Composer::payload() const
{
    Payload payload;
    payload.mode = static_cast<Payload::Mode>(m_modes->checkedId());
    payload.text = payload.mode == Payload::Mode::File ? m_file->text() : m_edit->text();
    payload.hasEscapes = m_escapes->isChecked();
    payload.inner = m_edit->innerEnding();
    payload.as = as();
    payload.closeCode = static_cast<quint16>(m_closeCode->value());
    payload.ending = static_cast<LineEnding>(m_ending->currentIndex());
    if (payload.as == Payload::As::Frames) {
        payload.frames = m_frames->settings();
    }
    return payload;
}

void Composer::setPayload(const Payload &payload)
{
    m_isLoading = true;
    m_modes->button(static_cast<int>(payload.mode))->setChecked(true);
    if (payload.mode == Payload::Mode::File) {
        m_file->setText(payload.text);
    } else {
        m_edit->setText(payload.text, payload.inner);
    }
    m_escapes->setChecked(payload.hasEscapes);
    m_as->setCurrentIndex(static_cast<int>(payload.as));
    m_closeCode->setValue(payload.closeCode);
    m_ending->setCurrentIndex(static_cast<int>(payload.ending));
    if (payload.as == Payload::As::Frames) {
        m_frames->setSettings(payload.frames);
    }
    m_isLoading = false;
    updateChoices();
}

void Composer::setFrameSender(FrameDecoder::Sender sender)
{
    m_sender = sender;
    updateLiveLine();
}

void Composer::focusField()
{
    if (m_fields->currentIndex() == 0) {
        m_edit->setFocus(Qt::ShortcutFocusReason);
    } else {
        m_file->setFocus(Qt::ShortcutFocusReason);
    }
}

void Composer::submit()
{
    if (const std::optional<SendRequest> request = take()) {
        Q_EMIT sendRequested(*request);
    }
}

void Composer::sendPayload(const Payload &payload)
{
    if (const std::optional<SendRequest> request = make(payload)) {
        updateLiveLine();
        Q_EMIT sendRequested(*request);
    }
}

std::optional<SendRequest> Composer::take()
{
    const Payload composed = payload();
    std::optional<SendRequest> request = make(composed);
    if (request) {
        if (!composed.text.isEmpty() || composed.as == Payload::As::Frames) {
            m_history.add(composed);
        }
        m_edit->selectAll();
    }
    return request;
}

std::optional<SendRequest> Composer::make(const Payload &payload)
{
    if (const QString obstacle = m_obstacle(); !obstacle.isEmpty()) {
        showProblem(obstacle);
        return std::nullopt;
    }
    Result<SendRequest> made = ComposedRequest::make(payload, m_target, m_wrap->wrapping());
    if (!made) {
        showProblem(made.error().detail);
        return std::nullopt;
    }
    SendRequest request = *std::move(made);
    request.to = m_recipients->recipients().chosen;
    request.isToLastSender = m_recipients->recipients().kind == Recipients::Kind::LastSender;
    return request;
}

void Composer::setLens(const LensSpec &lens)
{
    if (m_target == Target::Tcp && !m_isReadOnly) {
        m_wrap->setLens(lens);
    }
}

void Composer::setObstacle(std::function<QString()> obstacle)
{
    m_obstacle = std::move(obstacle);
}

void Composer::setReadOnly(const QString &sentence)
{
    m_isReadOnly = true;
    m_obstacle = [sentence] {
        return sentence;
    };
    for (QWidget *child : findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
        child->setEnabled(child == m_live);
        child->setVisible(child == m_live);
    }
    m_live->say(sentence, LiveLine::Style::Sentence);
}

void Composer::setRepeatsLeft(qint64 left)
{
    m_repeat->setLeft(left);
}

void Composer::showProblem(const QString &sentence)
{
    m_live->say(sentence, LiveLine::Style::Problem);
}

void Composer::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateLiveLine();
    }
    QWidget::changeEvent(event);
}

void Composer::onModeChosen(int mode)
{
    // Bytes are rarely text, and text rarely binary; the selector shows what was made of it.
    const bool isText = mode == static_cast<int>(Payload::Mode::Text);
    if (isText && as() == Payload::As::Binary) {
        m_as->setCurrentIndex(static_cast<int>(Payload::As::Text));
    } else if (!isText && as() == Payload::As::Text) {
        m_as->setCurrentIndex(static_cast<int>(Payload::As::Binary));
    }
    updateChoices();
    focusField();
}

void Composer::onEndingChosen()
{
    QStringList endings = Settings::Endings.read(m_settings);
    endings.resize(3);
    endings[static_cast<int>(m_target)] = QString::number(m_ending->currentIndex());
    Settings::Endings.write(m_settings, endings);
}

void Composer::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("File to send"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

void Composer::walk(const std::optional<Payload> &payload)
{
    if (payload) {
        setPayload(*payload);
    }
}

void Composer::updateLiveLine()
{
    if (m_isLoading || m_isReadOnly) {
        return;
    }
    const bool isFrames = m_target == Target::WebSocket && as() == Payload::As::Frames;
    const qsizetype limit = m_target == Target::Udp ? ComposedRequest::MaxDatagram : 0;
    const LiveBytes live = isFrames ? liveFrames(payload(), m_sender) : liveBytes(payload(), limit, m_wrap->wrapping());
    m_live->say(live.text, live.isProblem ? LiveLine::Style::Problem : LiveLine::Style::Bytes);
}

void Composer::updateChoices()
{
    if (m_isLoading || m_isReadOnly) {
        return;
    }
    const auto mode = static_cast<Payload::Mode>(m_modes->checkedId());
    const bool isWebSocket = m_target == Target::WebSocket;
    const bool isControl = isWebSocket && (as() == Payload::As::Ping || as() == Payload::As::Close);
    m_fields->setCurrentIndex(mode == Payload::Mode::File ? 1 : 0);
    m_as->setVisible(isWebSocket);
    m_closeCode->setVisible(isWebSocket && as() == Payload::As::Close);
    const bool isFrames = isWebSocket && as() == Payload::As::Frames;
    m_frames->setVisible(isFrames);
    m_wrap->setPossible(mode != Payload::Mode::File && !isFrames);
    m_ending->setVisible(mode == Payload::Mode::Text && !isControl && !isFrames && !m_wrap->wrapping());
    m_escapes->setVisible(mode == Payload::Mode::Text);
    m_edit->setPlaceholderText(mode == Payload::Mode::Hex                      ? tr("Bytes as hex: 68 65 6c 6c 6f")
                                   : isWebSocket && as() == Payload::As::Close ? tr("Reason for closing")
                                                                               : tr("Payload, Enter sends"));
    updateLiveLine();
}

Payload::As Composer::as() const
{
    return static_cast<Payload::As>(m_as->currentIndex());
}

LineEnding Composer::defaultEnding() const
{
    const QString kept = Settings::Endings.read(m_settings).value(static_cast<int>(m_target));
    bool isNumber = false;
    const int number = kept.toInt(&isNumber);
    if (isNumber && number >= 0 && number < LineEndingCount) {
        return static_cast<LineEnding>(number);
    }
    return m_target == Target::Tcp ? LineEnding::Lf : LineEnding::None;
}

} // namespace Sidewire
