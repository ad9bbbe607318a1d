// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "framepanel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/framepresets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QToolButton>

#include <limits>

namespace Sidewire {

namespace {

constexpr int HexKeySize = 8;

QString nameOf(int opcode)
{
    const std::string_view name = toString(static_cast<Opcode>(opcode));
    const QString text = QString::fromUtf8(name.data(), qsizetype(name.size()));
    return text.startsWith(QLatin1String("reserved")) ? QStringLiteral("%1 reserved").arg(opcode)
                                                      : QStringLiteral("%1 %2").arg(opcode).arg(text);
}

void setPattern(QLineEdit *edit, const char *pattern)
{
    const QRegularExpression expression(QString::fromLatin1(pattern));
    edit->setValidator(new QRegularExpressionValidator(expression, edit));
}

/// Decimal or "0x..."; what is too large is as large as can be. Nothing for an empty text.
std::optional<quint64> lengthOf(const QString &text)
{
    if (text.isEmpty()) {
        return std::nullopt;
    }
    bool isNumber = false;
    const quint64 length = text.toULongLong(&isNumber, 0);
    return isNumber ? length : text.size() < 3 ? 0 : std::numeric_limits<quint64>::max();
}

} // namespace

FramePanel::FramePanel(QWidget *parent)
    : QWidget(parent)
    , m_presets(new QToolButton(this))
    , m_opcode(new QComboBox(this))
    , m_fin(new QCheckBox(QStringLiteral("FIN"), this))
    , m_masking(new QComboBox(this))
    , m_key(new QLineEdit(this))
    , m_coding(new QComboBox(this))
    , m_length(new QLineEdit(this))
    , m_fragment(new QSpinBox(this))
    , m_before(new QComboBox(this))
    , m_pause(new QSpinBox(this))
{
    setObjectName(QStringLiteral("framePanel"));
    buildPresets();
    buildHeader();
    buildMasking();
    buildLength();
    buildOrder();

    auto *layout = new FlowLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_presets);
    layout->addWidget(m_opcode);
    layout->addWidget(m_fin);
    for (QCheckBox *bit : m_reserved) {
        layout->addWidget(bit);
    }
    for (QWidget *field :
         std::initializer_list<QWidget *>{m_masking, m_key, m_coding, m_length, m_fragment, m_before, m_pause}) {
        layout->addWidget(field);
    }
    QWidget *before = m_fin; // The reserved bits were made last and stand behind it
    for (QCheckBox *bit : std::as_const(m_reserved)) {
        setTabOrder(before, bit);
        before = bit;
    }
    setSettings({});
}

void FramePanel::buildPresets()
{
    m_presets->setObjectName(QStringLiteral("framePresets"));
    m_presets->setText(tr("Mistakes"));
    m_presets->setToolTip(tr("Frames that break a rule, ready to be sent"));
    m_presets->setPopupMode(QToolButton::InstantPopup);
    m_presets->setFocusPolicy(Qt::StrongFocus);
    auto *menu = new QMenu(m_presets);
    menu->setToolTipsVisible(true);
    for (const FramePreset &preset : FramePresets::all()) {
        QAction *action = menu->addAction(preset.name);
        action->setToolTip(FramePresets::ruleOf(preset));
        connect(action, &QAction::triggered, this, [this, preset] { Q_EMIT presetChosen(preset.payload); });
    }
    m_presets->setMenu(menu);
}

void FramePanel::buildHeader()
{
    m_opcode->setObjectName(QStringLiteral("frameOpcode"));
    m_opcode->setAccessibleName(tr("Opcode"));
    m_opcode->setToolTip(tr("Opcode"));
    for (int opcode = 0; opcode < 16; ++opcode) {
        m_opcode->addItem(nameOf(opcode));
    }
    m_fin->setObjectName(QStringLiteral("frameFin"));
    m_fin->setToolTip(tr("The last frame of its message"));
    for (int number = 1; number <= 3; ++number) {
        auto *bit = new QCheckBox(QStringLiteral("RSV%1").arg(number), this);
        bit->setObjectName(QStringLiteral("frameRsv%1").arg(number));
        bit->setToolTip(tr("A reserved bit: it means something only with an extension"));
        m_reserved.append(bit);
    }
    connect(m_opcode, &QComboBox::currentIndexChanged, this, &FramePanel::onChanged);
    for (QCheckBox *bit : QList<QCheckBox *>{m_fin} + m_reserved) {
        connect(bit, &QCheckBox::toggled, this, &FramePanel::onChanged);
    }
}

void FramePanel::buildMasking()
{
    m_masking->setObjectName(QStringLiteral("frameMasking"));
    m_masking->setAccessibleName(tr("Masking"));
    m_masking->setToolTip(tr("Clients mask their frames, servers do not"));
    m_masking->addItems({tr("mask as usual"), tr("not masked"), tr("random key"), tr("key:")});
    m_key->setObjectName(QStringLiteral("frameKey"));
    m_key->setAccessibleName(tr("Masking key"));
    m_key->setToolTip(tr("Masking key, eight hex digits; what is missing is 0"));
    m_key->setFont(Theme::fixedFont());
    m_key->setFixedWidth(m_key->fontMetrics().horizontalAdvance(QLatin1Char('0')) * (HexKeySize + 2));
    setPattern(m_key, "[0-9a-fA-F]{0,8}");
    connect(m_masking, &QComboBox::currentIndexChanged, this, &FramePanel::onChanged);
    connect(m_key, &QLineEdit::textChanged, this, &FramePanel::onChanged);
}

void FramePanel::buildLength()
{
    m_coding->setObjectName(QStringLiteral("frameCoding"));
    m_coding->setAccessibleName(tr("Coding of the length"));
    m_coding->setToolTip(tr("In how many bits the length stands in the header"));
    m_coding->addItems({tr("shortest length"), tr("7 bits"), tr("16 bits"), tr("64 bits")});
    m_length->setObjectName(QStringLiteral("frameLength"));
    m_length->setAccessibleName(tr("Declared length"));
    m_length->setToolTip(tr("What the header says of the length, whatever is true; decimal, or 0x…"));
    m_length->setPlaceholderText(tr("true length"));
    m_length->setFixedWidth(m_length->fontMetrics().horizontalAdvance(QStringLiteral("true length 00000")));
    setPattern(m_length, "[0-9]{0,20}|0x[0-9a-fA-F]{0,16}");
    connect(m_coding, &QComboBox::currentIndexChanged, this, &FramePanel::onChanged);
    connect(m_length, &QLineEdit::textChanged, this, &FramePanel::onChanged);
}

void FramePanel::buildOrder()
{
    m_fragment->setObjectName(QStringLiteral("frameFragment"));
    m_fragment->setAccessibleName(tr("Bytes a fragment"));
    m_fragment->setToolTip(tr("Cuts the payload into fragments of this size"));
    m_fragment->setRange(0, FrameSettings::LargestFragment);
    m_fragment->setSpecialValueText(tr("one frame"));
    m_fragment->setSuffix(tr(" B each"));
    m_before->setObjectName(QStringLiteral("frameBefore"));
    m_before->setAccessibleName(tr("Sent ahead"));
    m_before->setToolTip(tr("A frame that is sent ahead, so that this one is out of place"));
    m_before->addItems({tr("nothing ahead"), tr("open text ahead"), tr("Close ahead")});
    m_pause->setObjectName(QStringLiteral("framePause"));
    m_pause->setAccessibleName(tr("Pause between frames"));
    m_pause->setToolTip(tr("Between the frames; only pings, pongs and Close frames pass meanwhile"));
    m_pause->setRange(0, FrameSettings::LongestPause);
    m_pause->setSpecialValueText(tr("no pause"));
    m_pause->setSuffix(tr(" ms pause"));
    m_pause->setSingleStep(100);
    connect(m_fragment, &QSpinBox::valueChanged, this, &FramePanel::onChanged);
    connect(m_before, &QComboBox::currentIndexChanged, this, &FramePanel::onChanged);
    connect(m_pause, &QSpinBox::valueChanged, this, &FramePanel::onChanged);
}

FrameSettings FramePanel::settings() const
{
    FrameSettings settings;
    settings.frame.opcode = static_cast<quint8>(m_opcode->currentIndex());
    settings.frame.isFinal = m_fin->isChecked();
    for (const QCheckBox *bit : m_reserved) {
        settings.frame.reserved = static_cast<quint8>((settings.frame.reserved << 1) | (bit->isChecked() ? 1 : 0));
    }
    settings.frame.masking = static_cast<FrameSpec::Masking>(m_masking->currentIndex());
    const QByteArray key = QByteArray::fromHex(m_key->text().leftJustified(HexKeySize, u'0').toLatin1());
    for (std::size_t i = 0; i < settings.frame.key.size(); ++i) {
        settings.frame.key[i] = static_cast<quint8>(key.at(static_cast<qsizetype>(i)));
    }
    settings.frame.lengthCoding = static_cast<FrameSpec::LengthCoding>(m_coding->currentIndex());
    settings.frame.declaredLength = lengthOf(m_length->text());
    settings.frame.fragmentSize = m_fragment->value();
    settings.before = static_cast<FrameSettings::Before>(m_before->currentIndex());
    settings.pause = std::chrono::milliseconds(m_pause->value());
    return settings;
}

void FramePanel::setSettings(const FrameSettings &settings)
{
    m_isLoading = true;
    m_opcode->setCurrentIndex(settings.frame.opcode);
    m_fin->setChecked(settings.frame.isFinal);
    for (qsizetype i = 0; i < m_reserved.size(); ++i) {
        m_reserved.at(i)->setChecked((settings.frame.reserved & (4 >> i)) != 0);
    }
    m_masking->setCurrentIndex(static_cast<int>(settings.frame.masking));
    const QByteArray key(reinterpret_cast<const char *>(settings.frame.key.data()),
                         qsizetype(settings.frame.key.size()));
    m_key->setText(QString::fromLatin1(key.toHex()));
    m_coding->setCurrentIndex(static_cast<int>(settings.frame.lengthCoding));
    m_length->setText(settings.frame.declaredLength ? QString::number(*settings.frame.declaredLength) : QString());
    m_fragment->setValue(static_cast<int>(settings.frame.fragmentSize));
    m_before->setCurrentIndex(static_cast<int>(settings.before));
    m_pause->setValue(static_cast<int>(settings.pause.count()));
    m_isLoading = false;
    onChanged();
}

void FramePanel::onChanged()
{
    if (m_isLoading) {
        return;
    }
    m_key->setVisible(m_masking->currentIndex() == static_cast<int>(FrameSpec::Masking::Chosen));
    m_pause->setEnabled(m_fragment->value() > 0 || m_before->currentIndex() > 0);
    Q_EMIT changed();
}

} // namespace Sidewire
