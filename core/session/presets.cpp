// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "presets.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 LargestFile = 8 * 1024 * 1024;
constexpr qsizetype LongestName = 100;
constexpr int LockPatience = 5000; // ms; another program holds the lock for one change

constexpr QLatin1String FormatKey("format");
constexpr QLatin1String Format("sidewire-presets/1");
constexpr QLatin1String PresetsKey("presets");
constexpr QLatin1String NameKey("name");
constexpr QLatin1String TargetKey("target");
constexpr QLatin1String OptionsKey("options");

Error noSuchPreset(const QString &name)
{
    return {Error::Code::NotFound, QStringLiteral("there is no preset \"%1\"").arg(name)};
}

QString nameOf(const QJsonValue &entry)
{
    return entry.toObject().value(NameKey).toString();
}

qsizetype indexOf(const QJsonArray &entries, const QString &name)
{
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&name](const QJsonValue &entry) { return nameOf(entry) == name; });
    return found == entries.end() ? -1 : found - entries.begin();
}

Result<Preset> toPreset(const QJsonObject &entry)
{
    Result<SessionSpec> spec = SessionSpec::fromTarget(entry.value(TargetKey).toString());
    if (!spec) {
        return spec.error();
    }
    Result<SessionOptions> options = SessionOptions::fromJson(entry.value(OptionsKey).toObject());
    if (!options) {
        return options.error();
    }
    Preset preset{nameOf(entry), std::move(spec).value()};
    preset.spec.options = std::move(options).value();
    return preset;
}

/// How many characters have to be put in, left out or replaced to get from one name to the other.
qsizetype distance(const QString &from, const QString &to)
{
    std::vector<qsizetype> row(static_cast<std::size_t>(to.size()) + 1);
    for (std::size_t column = 0; column < row.size(); ++column) {
        row[column] = static_cast<qsizetype>(column);
    }
    for (qsizetype i = 0; i < from.size(); ++i) {
        qsizetype diagonal = row[0]++;
        for (std::size_t column = 1; column < row.size(); ++column) {
            const qsizetype replaced = diagonal + (from[i] == to[static_cast<qsizetype>(column) - 1] ? 0 : 1);
            diagonal = row[column];
            row[column] = std::min({row[column] + 1, row[column - 1] + 1, replaced});
        }
    }
    return row.back();
}

QString alternatives(const std::vector<Preset> &presets, const QString &name)
{
    QStringList near;
    QStringList all;
    for (const Preset &preset : presets) {
        const QString shown = u'"' + preset.name + u'"';
        all << shown;
        if (preset.name.contains(name, Qt::CaseInsensitive)
            || distance(preset.name.toLower(), name.left(LongestName).toLower()) <= 1 + name.size() / 4) {
            near << shown;
        }
    }
    constexpr qsizetype most = 8;
    if (!near.isEmpty()) {
        return QStringLiteral("; did you mean %1?").arg(near.mid(0, most).join(QStringLiteral(" or ")));
    }
    if (all.isEmpty()) {
        return QStringLiteral("; none is saved yet");
    }
    return QStringLiteral("; there are %1%2")
        .arg(all.mid(0, most).join(QStringLiteral(", ")), all.size() > most ? QStringLiteral(" and more") : QString());
}

Result<void> write(const QString &path, const QJsonArray &entries)
{
    QSaveFile file(path);
    const QJsonObject document{{FormatKey, Format}, {PresetsKey, entries}};
    // The permissions come before the content does: it may hold passwords.
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(QJsonDocument(document).toJson()) > 0 && file.commit();
    if (!isWritten) {
        return Error{Error::Code::Io, QStringLiteral("%1 cannot be written: %2").arg(path, file.errorString())};
    }
    return {};
}

/// Gives a damaged file another name; says which.
Result<QString> moveAside(const QString &path)
{
    QString aside = path + QStringLiteral(".damaged");
    for (int number = 2; QFileInfo::exists(aside); ++number) {
        aside = QStringLiteral("%1.damaged-%2").arg(path).arg(number);
    }
    if (!QFile::rename(path, aside)) {
        return Error{Error::Code::Io, QStringLiteral("%1 is damaged and cannot be moved aside").arg(path)};
    }
    return aside;
}

} // namespace

const Preset *PresetList::find(const QString &name) const
{
    const auto found =
        std::find_if(presets.begin(), presets.end(), [&name](const Preset &preset) { return preset.name == name; });
    return found == presets.end() ? nullptr : &*found;
}

PresetStore::PresetStore(QString path)
    : m_path(std::move(path))
{}

QString PresetStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/sidewire/presets.json");
}

Result<void> PresetStore::checkName(const QString &name)
{
    const Error::Code code = Error::Code::Usage;
    if (name.trimmed().isEmpty()) {
        return Error{code, QStringLiteral("a preset needs a name")};
    }
    if (name != name.trimmed()) {
        return Error{code, QStringLiteral("the name of a preset neither begins nor ends with a space")};
    }
    if (name.size() > LongestName) {
        return Error{code, QStringLiteral("the name of a preset has at most %1 characters").arg(LongestName)};
    }
    if (std::any_of(name.begin(), name.end(), [](QChar c) { return c.category() == QChar::Other_Control; })) {
        return Error{code, QStringLiteral("the name of a preset holds no control characters")};
    }
    return {};
}

Result<QJsonArray> PresetStore::readEntries() const
{
    QFile file(m_path);
    if (!file.exists()) {
        return QJsonArray();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{Error::Code::Io, QStringLiteral("%1 cannot be read: %2").arg(m_path, file.errorString())};
    }
    if (file.size() > LargestFile) {
        return Error{Error::Code::TooLarge, QStringLiteral("%1 is larger than 8 MiB").arg(m_path)};
    }
    QJsonParseError problem;
    const QJsonObject document = QJsonDocument::fromJson(file.readAll(), &problem).object();
    const QString format = document.value(FormatKey).toString();
    if (problem.error != QJsonParseError::NoError || !format.startsWith(QLatin1String("sidewire-presets/"))
        || !document.value(PresetsKey).isArray()) {
        return Error{Error::Code::Malformed, QStringLiteral("%1 is damaged: it does not hold presets").arg(m_path)};
    }
    if (format != Format) {
        return Error{Error::Code::Unsupported,
                     QStringLiteral("%1 was written by a newer version (%2)").arg(m_path, format)};
    }
    return document.value(PresetsKey).toArray();
}

Result<PresetList> PresetStore::read() const
{
    const Result<QJsonArray> entries = readEntries();
    if (!entries) {
        return entries.error();
    }
    PresetList list;
    for (const QJsonValue &entry : *entries) {
        Result<Preset> preset = toPreset(entry.toObject());
        if (preset) {
            list.presets.push_back(std::move(preset).value());
        } else {
            list.problems
                << QStringLiteral("the preset \"%1\" cannot be opened: %2").arg(nameOf(entry), preset.error().detail);
        }
    }
    return list;
}

Result<Preset> PresetStore::find(const QString &name) const
{
    const Result<PresetList> list = read();
    if (!list) {
        return list.error();
    }
    if (const Preset *preset = list->find(name)) {
        return *preset;
    }
    for (const QString &problem : list->problems) {
        if (problem.startsWith(QStringLiteral("the preset \"%1\" ").arg(name))) {
            return Error{Error::Code::Unsupported, problem};
        }
    }
    return Error{Error::Code::NotFound, noSuchPreset(name).detail + alternatives(list->presets, name)};
}

template<typename Change>
Result<PresetStore::Notice> PresetStore::change(Change edit)
{
    if (!QDir().mkpath(QFileInfo(m_path).absolutePath())) {
        return Error{Error::Code::Io,
                     QStringLiteral("the folder %1 cannot be made").arg(QFileInfo(m_path).absolutePath())};
    }
    QLockFile lock(m_path + QStringLiteral(".lock"));
    if (!lock.tryLock(LockPatience)) {
        return Error{Error::Code::Io,
                     lock.error() == QLockFile::LockFailedError
                         ? QStringLiteral("%1 is being changed by another program").arg(m_path)
                         : QStringLiteral("%1 cannot be written: its folder is closed").arg(m_path)};
    }
    Notice notice;
    Result<QJsonArray> entries = readEntries();
    if (!entries) {
        if (entries.error().code != Error::Code::Malformed) {
            return entries.error();
        }
        const Result<QString> aside = moveAside(m_path);
        if (!aside) {
            return aside.error();
        }
        notice = QStringLiteral("The presets were damaged; that file is kept as %1").arg(*aside);
        entries = QJsonArray();
    }
    QJsonArray changed = *entries;
    if (const Result<void> edited = edit(changed); !edited) {
        return edited.error();
    }
    if (const Result<void> written = write(m_path, changed); !written) {
        return written.error();
    }
    return notice;
}

Result<PresetStore::Notice> PresetStore::save(const Preset &preset, SessionOptions::Secrets secrets)
{
    if (const Result<void> named = checkName(preset.name); !named) {
        return named.error();
    }
    QJsonObject entry{{NameKey, preset.name}, {TargetKey, preset.spec.target()}};
    if (const QJsonObject options = preset.spec.options.toJson(secrets); !options.isEmpty()) {
        entry.insert(OptionsKey, options);
    }
    return change([&preset, &entry](QJsonArray &entries) -> Result<void> {
        const qsizetype index = indexOf(entries, preset.name);
        if (index < 0) {
            entries.append(entry);
        } else {
            entries[index] = entry;
        }
        return {};
    });
}

Result<PresetStore::Notice> PresetStore::rename(const QString &from, const QString &to)
{
    if (const Result<void> named = checkName(to); !named) {
        return named.error();
    }
    return change([&from, &to](QJsonArray &entries) -> Result<void> {
        const qsizetype index = indexOf(entries, from);
        if (index < 0) {
            return noSuchPreset(from);
        }
        if (from != to && indexOf(entries, to) >= 0) {
            return Error{Error::Code::Usage, QStringLiteral("there is a preset \"%1\" already").arg(to)};
        }
        QJsonObject entry = entries.at(index).toObject();
        entry.insert(NameKey, to);
        entries[index] = entry;
        return {};
    });
}

Result<PresetStore::Notice> PresetStore::duplicate(const QString &name, const QString &copy)
{
    if (const Result<void> named = checkName(copy); !named) {
        return named.error();
    }
    return change([&name, &copy](QJsonArray &entries) -> Result<void> {
        const qsizetype index = indexOf(entries, name);
        if (index < 0) {
            return noSuchPreset(name);
        }
        if (indexOf(entries, copy) >= 0) {
            return Error{Error::Code::Usage, QStringLiteral("there is a preset \"%1\" already").arg(copy)};
        }
        QJsonObject entry = entries.at(index).toObject();
        entry.insert(NameKey, copy);
        entries.insert(index + 1, entry);
        return {};
    });
}

Result<PresetStore::Notice> PresetStore::remove(const QString &name)
{
    return change([&name](QJsonArray &entries) -> Result<void> {
        const qsizetype index = indexOf(entries, name);
        if (index < 0) {
            return noSuchPreset(name);
        }
        entries.removeAt(index);
        return {};
    });
}

Result<PresetStore::Notice> PresetStore::move(const QString &name, qsizetype to)
{
    return change([&name, to](QJsonArray &entries) -> Result<void> {
        const qsizetype index = indexOf(entries, name);
        if (index < 0) {
            return noSuchPreset(name);
        }
        const QJsonValue entry = entries.takeAt(index);
        entries.insert(std::clamp<qsizetype>(to, 0, entries.size()), entry);
        return {};
    });
}

} // namespace Sidewire
