// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "proxyfield.h"

#include "ui/widgets/secretedit.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QUrl>
#include <QVBoxLayout>

namespace Sidewire {

namespace {

QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QString decoded(const QString &text)
{
    return QUrl::fromPercentEncoding(text.toUtf8());
}

} // namespace

ProxyField::ProxyField(QWidget *parent)
    : OptionField(parent)
    , m_kind(new QComboBox(this))
    , m_address(new QLineEdit(this))
    , m_credentials(new QWidget(this))
    , m_user(new QLineEdit(m_credentials))
    , m_password(new SecretEdit(m_credentials))
{
    m_kind->setObjectName(QStringLiteral("proxyKind"));
    m_kind->setAccessibleName(tr("Kind of proxy"));
    m_kind->addItem(tr("none"), QString());
    m_kind->addItem(tr("HTTP CONNECT"), QStringLiteral("http"));
    m_kind->addItem(tr("SOCKS5"), QStringLiteral("socks5"));
    m_address->setObjectName(QStringLiteral("proxyAddress"));
    m_address->setAccessibleName(tr("Address of the proxy"));
    m_address->setPlaceholderText(tr("host:port"));
    m_user->setObjectName(QStringLiteral("proxyUser"));
    m_user->setAccessibleName(tr("User of the proxy"));
    m_user->setPlaceholderText(tr("user, if it asks for one"));
    m_password->setObjectName(QStringLiteral("proxyPassword"));
    m_password->setAccessibleName(tr("Password of the proxy"));
    m_password->setPlaceholderText(tr("password"));

    auto *first = new QHBoxLayout;
    first->setSpacing(4);
    first->addWidget(m_kind);
    first->addWidget(m_address, 1);
    auto *second = new QHBoxLayout(m_credentials);
    second->setContentsMargins(0, 0, 0, 0);
    second->setSpacing(4);
    second->addWidget(m_user, 1);
    second->addWidget(m_password, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(first);
    column->addWidget(m_credentials);
    setFocusProxy(m_kind);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ProxyField::onChanged);
    connect(m_address, &QLineEdit::textChanged, this, &OptionField::changed);
    connect(m_user, &QLineEdit::textChanged, this, &OptionField::changed);
    connect(m_password, &SecretEdit::textChanged, this, &OptionField::changed);
    onChanged();
}

QStringList ProxyField::values() const
{
    const QString kind = m_kind->currentData().toString();
    if (kind.isEmpty()) {
        return {};
    }
    QString credentials = encoded(m_user->text());
    if (!m_password->text().isEmpty()) {
        credentials += u':' + encoded(m_password->text());
    }
    if (!credentials.isEmpty()) {
        credentials += u'@';
    }
    return {kind + QStringLiteral("://") + credentials + m_address->text().trimmed()};
}

void ProxyField::setValues(const QStringList &values)
{
    const QString value = values.value(0);
    const QString scheme = value.section(QStringLiteral("://"), 0, 0);
    QString rest = value.section(QStringLiteral("://"), 1);
    const qsizetype at = rest.lastIndexOf(u'@');
    const QString credentials = rest.left(std::max<qsizetype>(at, 0));
    m_kind->setCurrentIndex(value.isEmpty() ? 0 : std::max(m_kind->findData(scheme), 0));
    m_address->setText(rest.mid(at + 1));
    m_user->setText(decoded(credentials.section(u':', 0, 0)));
    m_password->setText(decoded(credentials.section(u':', 1)));
}

void ProxyField::onChanged()
{
    const bool isUsed = m_kind->currentIndex() > 0;
    m_address->setVisible(isUsed);
    m_credentials->setVisible(isUsed);
    Q_EMIT changed();
}

} // namespace Sidewire
