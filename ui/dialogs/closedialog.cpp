// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "closedialog.h"

#include "core/protocol/websocket/closecode.h"
#include "ui/widgets/labeltone.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace Sidewire {

namespace {

constexpr qsizetype MaxReason = 123; // bytes: 125 of a control frame less the code (RFC 6455, 5.5)

QString nameOf(quint16 code)
{
    const std::string_view name = closeCodeName(code);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

CloseDialog::CloseDialog(QWidget *parent)
    : QDialog(parent)
    , m_code(new QComboBox(this))
    , m_reason(new QLineEdit(this))
    , m_remark(new QLabel(this))
{
    setObjectName(QStringLiteral("closeDialog"));
    setWindowTitle(tr("Close with a code and a reason"));
    m_code->setObjectName(QStringLiteral("closeCode"));
    m_code->setEditable(true);
    m_code->setInsertPolicy(QComboBox::NoInsert);
    m_code->setValidator(new QIntValidator(1000, 4999, m_code));
    for (const int code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 4000}) {
        m_code->addItem(QString::number(code));
        m_code->setItemData(m_code->count() - 1, nameOf(static_cast<quint16>(code)), Qt::ToolTipRole);
    }
    m_reason->setObjectName(QStringLiteral("closeReason"));
    m_reason->setPlaceholderText(tr("may be empty"));
    m_remark->setObjectName(QStringLiteral("closeRemark"));
    m_remark->setTextFormat(Qt::PlainText);
    m_remark->setWordWrap(true);
    m_remark->setMinimumHeight(m_remark->fontMetrics().lineSpacing() * 2);
    m_remark->setAlignment(Qt::AlignTop | Qt::AlignLeft);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_send = buttons->addButton(tr("&Send Close frame"), QDialogButtonBox::AcceptRole);
    m_send->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(code(), m_reason->text().toUtf8());
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_code, &QComboBox::currentTextChanged, this, &CloseDialog::updateRemark);
    connect(m_reason, &QLineEdit::textChanged, this, &CloseDialog::updateRemark);

    auto *form = new QFormLayout(this);
    form->addRow(tr("&Code"), m_code);
    form->addRow(tr("&Reason"), m_reason);
    form->addRow(m_remark);
    form->addRow(buttons);
    resize(420, sizeHint().height());
    updateRemark();
}

quint16 CloseDialog::code() const
{
    return static_cast<quint16>(m_code->currentText().toUInt());
}

void CloseDialog::updateRemark()
{
    const qsizetype size = m_reason->text().toUtf8().size();
    const bool isTooLong = size > MaxReason;
    const bool isForbidden = !isSendableCloseCode(code());
    QString text = nameOf(code());
    if (isTooLong) {
        text = tr("The reason has %1 bytes; a Close frame holds %2").arg(size).arg(MaxReason);
    } else if (isForbidden) {
        //: %1 is the name of a close code
        text = tr("%1: no endpoint may send this code (RFC 6455, 7.4)").arg(text);
    }
    m_remark->setText(text);
    setTone(m_remark, isTooLong || isForbidden ? Theme::Tone::Error : Theme::Tone::Muted);
    m_send->setEnabled(!isTooLong && !isForbidden);
}

} // namespace Sidewire
