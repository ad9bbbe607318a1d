// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "composer.h"

#include "ui/settings/keys.h"
#include "ui/theme/theme.h"
#include "ui/widgets/composeredit.h"
#include "ui/widgets/livebytes.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>

#include <array>

namespace Sidewire {

namespace {

constexpr int MaxInterval = 24 * 60 * 60 * 1000; // ms
constexpr int MaxCount = 1'000'000'000;

} // namespace

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
    , m_live(new QLabel(this))
    , m_interval(new QSpinBox(this))
    , m_count(new QSpinBox(this))
    , m_save(new QPushButton(this))
    , m_stop(new QPushButton(this))
    , m_send(new QPushButton(tr("Send"), this))
{
    buildModes();
    buildFields();
    buildChoices();
    buildRepeat();
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
    m_as->addItems({tr("as text"), tr("as binary"), tr("as ping"), tr("as close")});
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
    m_live->setTextFormat(Qt::PlainText);
    m_live->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    // As wide as there is room; what does not fit is cut, never the window made wider.
    m_live->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    connect(m_as, &QComboBox::currentIndexChanged, this, &Composer::updateChoices);
    connect(m_closeCode, &QSpinBox::valueChanged, this, &Composer::updateLiveLine);
    connect(m_ending, &QComboBox::currentIndexChanged, this, &Composer::updateLiveLine);
    connect(m_ending, &QComboBox::activated, this, &Composer::onEndingChosen);
    connect(m_escapes, &QCheckBox::toggled, this, &Composer::updateLiveLine);
    connect(m_escapes, &QCheckBox::clicked, this, [this](bool on) { Settings::Escapes.write(m_settings, on); });
}

void Composer::buildRepeat()
{
    m_interval->setObjectName(QStringLiteral("composerInterval"));
    m_interval->setAccessibleName(tr("Repeat every, in milliseconds"));
    m_interval->setRange(0, MaxInterval);
    m_interval->setSpecialValueText(tr("send once"));
    m_interval->setPrefix(tr("every "));
    m_interval->setSuffix(tr(" ms"));
    m_count->setObjectName(QStringLiteral("composerCount"));
    m_count->setAccessibleName(tr("How many times"));
    m_count->setRange(0, MaxCount);
    m_count->setSpecialValueText(tr("no end"));
    m_count->setPrefix(QStringLiteral("× "));
    m_count->setValue(10);
    m_save->setIcon(Theme::icon(Theme::Icon::Add));
    m_save->setObjectName(QStringLiteral("composerSave"));
    m_save->setToolTip(tr("Save as a payload with a name"));
    m_save->setAccessibleName(m_save->toolTip());
    m_stop->setIcon(Theme::icon(Theme::Icon::Stop));
    m_stop->setObjectName(QStringLiteral("composerStop"));
    m_stop->hide();
    m_send->setIcon(Theme::icon(Theme::Icon::Send));
    m_send->setObjectName(QStringLiteral("composerSend"));

    connect(m_interval, &QSpinBox::valueChanged, this, [this](int value) { m_count->setVisible(value > 0); });
    m_count->hide();
    connect(m_save, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(payload()); });
    connect(m_stop, &QPushButton::clicked, this, &Composer::stopRequested);
    connect(m_send, &QPushButton::clicked, this, [this] {
        submit();
        focusField();
    });
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
    first->addWidget(m_save, 0, Qt::AlignTop);
    first->addWidget(m_send, 0, Qt::AlignTop);
    first->addWidget(m_stop, 0, Qt::AlignTop);

    auto *second = new QHBoxLayout;
    second->setSpacing(6);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_as, m_closeCode, m_ending, m_escapes}) {
        second->addWidget(widget);
    }
    second->addSpacing(6);
    second->addWidget(m_live, 1);
    second->addWidget(m_interval);
    second->addWidget(m_count);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addLayout(first);
    layout->addLayout(second);
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
    m_isLoading = false;
    updateChoices();
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
    const Payload composed = payload();
    Q_EMIT aboutToSend();
    if (!m_obstacle.isEmpty()) {
        showProblem(m_obstacle);
        return;
    }
    const Result<SendRequest> wanted = request(composed);
    if (!wanted) {
        showProblem(wanted.error().detail);
        return;
    }
    if (!composed.text.isEmpty()) {
        m_history.add(composed);
    }
    m_edit->selectAll();
    if (m_interval->value() > 0) {
        Q_EMIT repeatRequested(*wanted, std::chrono::milliseconds(m_interval->value()), m_count->value());
    } else {
        Q_EMIT sendRequested(*wanted);
    }
}

void Composer::sendPayload(const Payload &payload)
{
    Q_EMIT aboutToSend();
    if (!m_obstacle.isEmpty()) {
        showProblem(m_obstacle);
        return;
    }
    const Result<SendRequest> wanted = request(payload);
    if (!wanted) {
        showProblem(wanted.error().detail);
        return;
    }
    updateLiveLine();
    Q_EMIT sendRequested(*wanted);
}

void Composer::setObstacle(const QString &sentence)
{
    m_obstacle = sentence;
}

void Composer::setReadOnly(const QString &sentence)
{
    m_isReadOnly = true;
    m_obstacle = sentence;
    for (QWidget *child : findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
        child->setEnabled(child == m_live);
    }
    say(sentence, false);
}

void Composer::setRepeatsLeft(qint64 left)
{
    m_stop->setVisible(left != 0);
    //: The button that stops a repeated send; %1 is how many are left
    m_stop->setText(left < 0 ? tr("Stop") : tr("Stop, %1 left").arg(left));
}

void Composer::showProblem(const QString &sentence)
{
    say(sentence, true);
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
    const LiveBytes live = liveBytes(payload(), m_target == Target::Udp ? MaxDatagram : 0);
    say(live.text, live.isProblem);
}

void Composer::updateChoices()
{
    if (m_isLoading) {
        return;
    }
    const auto mode = static_cast<Payload::Mode>(m_modes->checkedId());
    const bool isWebSocket = m_target == Target::WebSocket;
    const bool isControl = isWebSocket && (as() == Payload::As::Ping || as() == Payload::As::Close);
    m_fields->setCurrentIndex(mode == Payload::Mode::File ? 1 : 0);
    m_as->setVisible(isWebSocket);
    m_closeCode->setVisible(isWebSocket && as() == Payload::As::Close);
    m_ending->setVisible(mode == Payload::Mode::Text && !isControl);
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

Result<SendRequest> Composer::request(const Payload &payload) const
{
    const bool isWebSocket = m_target == Target::WebSocket;
    const bool isControl = isWebSocket && (payload.as == Payload::As::Ping || payload.as == Payload::As::Close);
    Payload verbatim = payload;
    if (isControl) {
        verbatim.ending = LineEnding::None;
    }
    const Result<QByteArray> bytes = verbatim.toBytes();
    if (!bytes) {
        return bytes.error();
    }
    if (m_target == Target::Tcp && bytes->isEmpty()) {
        return Error{Error::Code::Usage, tr("Nothing to send: a stream has no empty messages")};
    }
    if (m_target == Target::Udp && bytes->size() > MaxDatagram) {
        return Error{Error::Code::TooLarge, tr("%1 bytes: a datagram takes at most 65,507").arg(bytes->size())};
    }
    const qsizetype limit = payload.as == Payload::As::Close ? MaxControlPayload - 2 : MaxControlPayload;
    if (isControl && bytes->size() > limit) {
        return Error{Error::Code::TooLarge, tr("%1 bytes: this frame takes at most %2").arg(bytes->size()).arg(limit)};
    }
    SendRequest request;
    request.bytes = *bytes;
    request.closeCode = payload.closeCode;
    if (isWebSocket) {
        constexpr std::array kinds{SendRequest::Kind::Text, SendRequest::Kind::Binary, SendRequest::Kind::Ping,
                                   SendRequest::Kind::Close};
        request.kind = kinds.at(static_cast<std::size_t>(payload.as));
    }
    return request;
}

void Composer::say(const QString &text, bool isProblem)
{
    QPalette colors = palette();
    if (isProblem) {
        colors.setColor(QPalette::WindowText, Theme::color(Theme::Tone::Error));
    }
    m_live->setPalette(colors);
    m_live->setText(text);
    m_live->setToolTip(isProblem ? QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()) : QString());
}

} // namespace Sidewire
