// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/session/sessionspec.h"

#include <QString>
#include <QStringList>

#include <vector>

class QJsonArray;

namespace Sidewire {

/// A session that was given a name.
struct Preset
{
    QString name;
    SessionSpec spec;

    friend bool operator==(const Preset &, const Preset &) = default;
};

/// The presets in their order, and what of the file could not be read.
struct PresetList
{
    std::vector<Preset> presets;
    QStringList problems; ///< A sentence for each preset that this program cannot open; it stays in the file

    const Preset *find(const QString &name) const; ///< Null if there is none
};

/// The presets of a user, in one JSON file that only the user can read.
///
/// Nothing is kept in memory: each change reads the file, changes it and replaces it as a whole, under a lock, so that
/// several programs can share it. A file that cannot be read as presets is never overwritten: a change moves it aside.
class PresetStore
{
public:
    explicit PresetStore(QString path = defaultPath());

    static QString defaultPath();
    const QString &path() const { return m_path; }

    /// A file that does not exist is an empty list; one that is damaged is an error.
    Result<PresetList> read() const;

    /// The preset of that name; the error names those that are alike.
    Result<Preset> find(const QString &name) const;

    /// What the user has to be told of a change that succeeded; empty mostly.
    using Notice = QString;

    /// Adds the preset at the end or puts it in the place of the one that has its name. A passphrase is never written.
    Result<Notice> save(const Preset &preset, SessionOptions::Secrets secrets);
    Result<Notice> rename(const QString &from, const QString &to);
    Result<Notice> duplicate(const QString &name, const QString &copy); ///< Behind the original, secrets included
    Result<Notice> remove(const QString &name);
    Result<Notice> move(const QString &name, qsizetype to); ///< To that place in the order

    /// Whether a preset can be called that: up to 100 characters, not blank, no control characters.
    static Result<void> checkName(const QString &name);

private:
    Result<QJsonArray> readEntries() const;
    template<typename Change>
    Result<Notice> change(Change edit);

    QString m_path;
};

} // namespace Sidewire
