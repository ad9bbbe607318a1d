// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "optionfield.h"

#include "ui/dialogs/proxyfield.h"
#include "ui/theme/theme.h"
#include "ui/widgets/secretedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QNetworkInterface>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QWheelEvent>

#include <optional>

namespace Sidewire {

namespace {

constexpr int LinesShown = 3;
constexpr int MaxLength = 65536; // characters of one field

using Kind = OptionPlace::Kind;
using Choice = OptionPlace::Choice;

QStringList oneOrNone(const QString &text)
{
    return text.isEmpty() ? QStringList() : QStringList{text};
}

QHBoxLayout *rowOf(QWidget *field)
{
    auto *row = new QHBoxLayout(field);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    return row;
}

/// Whether setting `value` is the same as setting nothing.
bool isDefault(const QString &name, const QString &value)
{
    SessionOptions options;
    return options.set(name, value) && options.values(name).isEmpty();
}

class LineField final : public OptionField
{
public:
    LineField(Kind kind, const QString &syntax, QWidget *parent)
        : OptionField(parent)
        , m_line(new QLineEdit(this))
    {
        m_line->setPlaceholderText(syntax);
        m_line->setMaxLength(MaxLength);
        QHBoxLayout *row = rowOf(this);
        row->addWidget(m_line, 1);
        setFocusProxy(m_line);
        connect(m_line, &QLineEdit::textChanged, this, &OptionField::changed);
        if (kind == Kind::File) {
            auto *browse = new QToolButton(this);
            browse->setText(OptionField::tr("Browse…"));
            browse->setFocusPolicy(Qt::StrongFocus);
            row->addWidget(browse);
            connect(browse, &QToolButton::clicked, this, [this] { choose(); });
        }
    }

    QStringList values() const override { return oneOrNone(m_line->text().trimmed()); }
    void setValues(const QStringList &values) override { m_line->setText(values.value(0)); }

private:
    void choose()
    {
        auto *dialog = new QFileDialog(this, OptionField::tr("Choose a file"), m_line->text(),
                                       OptionField::tr("PEM files (*.pem *.crt *.cer *.key);;All files (*)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, m_line, &QLineEdit::setText);
        dialog->open();
    }

    QLineEdit *m_line;
};

class SecretField final : public OptionField
{
public:
    SecretField(const QString &syntax, QWidget *parent)
        : OptionField(parent)
        , m_secret(new SecretEdit(this))
    {
        m_secret->setPlaceholderText(syntax);
        rowOf(this)->addWidget(m_secret);
        setFocusProxy(m_secret);
        connect(m_secret, &SecretEdit::textChanged, this, &OptionField::changed);
    }

    QStringList values() const override { return oneOrNone(m_secret->text()); }
    void setValues(const QStringList &values) override { m_secret->setText(values.value(0)); }

private:
    SecretEdit *m_secret;
};

class SwitchField final : public OptionField
{
public:
    SwitchField(bool isOnByDefault, const QString &description, QWidget *parent)
        : OptionField(parent)
        , m_isOnByDefault(isOnByDefault)
        , m_box(new QCheckBox(description, this))
    {
        QHBoxLayout *row = rowOf(this);
        row->addWidget(m_box);
        row->addStretch(1);
        setFocusProxy(m_box);
        connect(m_box, &QCheckBox::toggled, this, &OptionField::changed);
    }

    QStringList values() const override
    {
        const bool isOn = m_box->isChecked();
        return isOn == m_isOnByDefault ? QStringList()
                                       : QStringList{isOn ? QStringLiteral("on") : QStringLiteral("off")};
    }
    void setValues(const QStringList &values) override
    {
        m_box->setChecked(values.isEmpty() ? m_isOnByDefault : values.first() == QLatin1String("on"));
    }

private:
    bool m_isOnByDefault;
    QCheckBox *m_box;
};

/// Stays as it is while the form is scrolled with the wheel over it.
class QuietComboBox final : public QComboBox
{
public:
    using QComboBox::QComboBox;

protected:
    void wheelEvent(QWheelEvent *event) override
    {
        if (hasFocus()) {
            QComboBox::wheelEvent(event);
        } else {
            event->ignore();
        }
    }
};

/// A list of choices; with `isOpen` anything else can be typed too.
class ChoiceField final : public OptionField
{
public:
    ChoiceField(const QString &name, const QList<Choice> &choices, bool isOpen, const QString &syntax, QWidget *parent)
        : OptionField(parent)
        , m_box(new QuietComboBox(this))
    {
        for (const Choice &choice : choices) {
            m_box->addItem(choice.text, choice.value);
            if (m_default < 0 && (choice.value.isEmpty() || isDefault(name, choice.value))) {
                m_default = m_box->count() - 1;
            }
        }
        m_box->setFocusPolicy(Qt::StrongFocus);
        m_box->setEditable(isOpen);
        m_box->setInsertPolicy(QComboBox::NoInsert);
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        if (isOpen) {
            m_box->lineEdit()->setPlaceholderText(syntax);
            m_box->lineEdit()->setMaxLength(MaxLength);
        }
        m_box->setToolTip(syntax);
        rowOf(this)->addWidget(m_box);
        setFocusProxy(m_box);
        connect(m_box, &QComboBox::currentTextChanged, this, &OptionField::changed);
    }

    QStringList values() const override
    {
        const QString text = m_box->currentText();
        const int index = m_box->findText(text, Qt::MatchExactly | Qt::MatchCaseSensitive);
        if (index == m_default && index >= 0) {
            return {};
        }
        return oneOrNone(index < 0 ? text.trimmed() : m_box->itemData(index).toString());
    }
    void setValues(const QStringList &values) override
    {
        const int index = values.isEmpty() ? m_default : m_box->findData(values.first());
        if (index >= 0) {
            m_box->setCurrentIndex(index);
            m_box->setEditText(m_box->itemText(index));
        } else {
            m_box->setEditText(values.value(0));
        }
    }

private:
    QComboBox *m_box;
    int m_default = -1;
};

class LinesField final : public OptionField
{
public:
    LinesField(const QString &syntax, QWidget *parent)
        : OptionField(parent)
        , m_text(new QPlainTextEdit(this))
    {
        //: %1 is what a line looks like
        m_text->setPlaceholderText(OptionField::tr("One a line: %1").arg(syntax));
        m_text->setTabChangesFocus(true);
        m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
        m_text->setFont(Theme::fixedFont());
        const int margins = 2 * (m_text->frameWidth() + static_cast<int>(m_text->document()->documentMargin()));
        m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * LinesShown + margins);
        rowOf(this)->addWidget(m_text);
        setFocusProxy(m_text);
        connect(m_text, &QPlainTextEdit::textChanged, this, &OptionField::changed);
    }

    QStringList values() const override
    {
        QStringList lines = m_text->toPlainText().split(u'\n', Qt::SkipEmptyParts);
        lines.removeIf([](const QString &line) { return line.trimmed().isEmpty(); });
        return lines;
    }
    void setValues(const QStringList &values) override { m_text->setPlainText(values.join(u'\n')); }

private:
    QPlainTextEdit *m_text;
};

QList<Choice> interfaces()
{
    QList<Choice> choices{{QString(), OptionField::tr("any")}};
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        choices.append({interface.name(), interface.name()});
    }
    return choices;
}

/// A check box where on or off is the default, a choice of three where the system decides.
OptionField *makeSwitch(const QString &name, const QString &description, QWidget *parent)
{
    const bool isOnByDefault = isDefault(name, QStringLiteral("on"));
    if (isOnByDefault || isDefault(name, QStringLiteral("off"))) {
        return new SwitchField(isOnByDefault, description, parent);
    }
    const QList<Choice> choices{{QString(), OptionField::tr("as the system has it")},
                                {QStringLiteral("on"), OptionField::tr("on")},
                                {QStringLiteral("off"), OptionField::tr("off")}};
    return new ChoiceField(name, choices, false, description, parent);
}

} // namespace

OptionField *OptionField::make(const OptionPlace &place, const QString &syntax, const QString &description,
                               QWidget *parent)
{
    switch (place.kind) {
    case Kind::Line:
    case Kind::File:
        break;
    case Kind::Secret:
        return new SecretField(syntax, parent);
    case Kind::Switch:
        return makeSwitch(place.name, description, parent);
    case Kind::Choice:
        return new ChoiceField(place.name, place.choices, false, description, parent);
    case Kind::OpenChoice:
        return new ChoiceField(place.name, place.choices, true, syntax, parent);
    case Kind::Interface:
        return new ChoiceField(place.name, interfaces(), true, syntax, parent);
    case Kind::Lines:
        return new LinesField(syntax, parent);
    case Kind::Proxy:
        return new ProxyField(parent);
    }
    return new LineField(place.kind, syntax, parent);
}

} // namespace Sidewire
