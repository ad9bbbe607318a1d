// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "uimeter.h"

#include "core/base/clock.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 BucketWidth = 10'000; // nanoseconds
constexpr std::chrono::milliseconds Interval{5};

QJsonValue asJson(const std::optional<qint64> &number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

} // namespace

UiMeter::UiMeter(QObject *parent)
    : QObject(parent)
{
    connect(&m_firstFrames, &FirstFrames::shown, this, [this] { m_thread = std::thread([this] { measure(); }); });
}

UiMeter::~UiMeter()
{
    m_isStopping = true;
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void UiMeter::measure()
{
    while (!m_isStopping) {
        qint64 answered = 0;
        if (m_asked.compare_exchange_strong(answered, Clock::now())) {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    const qint64 late = Clock::now() - m_asked.load();
                    for (qint64 behind = late; behind >= 0; behind -= std::chrono::nanoseconds(Interval).count()) {
                        count(behind);
                    }
                    m_worst = std::max(m_worst, late);
                    m_asked = 0;
                },
                Qt::QueuedConnection);
        }
        std::this_thread::sleep_for(Interval);
    }
}

void UiMeter::count(qint64 late)
{
    ++m_buckets[static_cast<std::size_t>(std::clamp<qint64>(late / BucketWidth, 0, BucketCount - 1))];
    ++m_samples;
}

double UiMeter::percentile(double fraction) const
{
    const auto wanted = static_cast<qint64>(fraction * static_cast<double>(m_samples));
    qint64 seen = 0;
    for (std::size_t bucket = 0; bucket < m_buckets.size(); ++bucket) {
        seen += m_buckets[bucket];
        if (seen > wanted) {
            return static_cast<double>((bucket + 1) * BucketWidth) / 1e6;
        }
    }
    return static_cast<double>(m_worst) / 1e6;
}

Result<void> UiMeter::finish(const QString &path)
{
    m_isStopping = true;
    if (m_thread.joinable()) {
        m_thread.join();
    }
    const QJsonObject object{{QStringLiteral("samples"), m_samples},
                             {QStringLiteral("p50"), percentile(0.5)},
                             {QStringLiteral("p99"), percentile(0.99)},
                             {QStringLiteral("p999"), percentile(0.999)},
                             {QStringLiteral("worst"), static_cast<double>(m_worst) / 1e6},
                             {QStringLiteral("firstFrame"), asJson(m_firstFrames.frame())},
                             {QStringLiteral("firstRows"), asJson(m_firstFrames.rows())},
                             {QStringLiteral("indexed"), asJson(m_firstFrames.indexed())}};
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)
        || file.write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n') < 0) {
        return Error{Error::Code::Io, QStringLiteral("cannot write %1: %2").arg(path, file.errorString())};
    }
    return {};
}

} // namespace Sidewire
