// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "bytesource.h"

#include "core/base/workerpool.h"

#include <QCache>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

namespace Sidewire {

namespace {

constexpr int LoaderThreads = 2;
constexpr std::size_t MaxWanted = 256; // Whoever scrolls through a large log has no use for what has passed by

WorkerPool &loaders()
{
    static WorkerPool pool("loader", LoaderThreads);
    return pool;
}

} // namespace

/// Shared with the loader threads, which may outlive the ByteSource by one read.
class ByteSource::Private : public std::enable_shared_from_this<ByteSource::Private>
{
public:
    explicit Private(std::shared_ptr<const CaptureFile> source)
        : file(std::move(source))
    {}

    struct Block
    {
        QByteArray bytes;
        bool isFailed = false; ///< The disk gave no more than `bytes`

        bool holds(qint64 end) const { return isFailed || bytes.size() >= end; }

        QByteArrayView part(qint64 from, qint64 to) const
        {
            const qint64 end = std::min<qint64>(to, bytes.size());
            return from < end ? QByteArrayView(bytes).sliced(from, end - from) : QByteArrayView();
        }
    };

    /// The block if the cache has it up to `end` (counted from its begin).
    std::optional<Block> cached(qint64 number, qint64 end)
    {
        const std::lock_guard lock(mutex);
        const Block *block = blocks.object(number);
        return block && block->holds(end) ? std::optional(*block) : std::nullopt;
    }

    /// Reads the block, without the lock, and keeps it.
    Block load(qint64 number)
    {
        const qint64 begin = number * BlockSize;
        Block block;
        block.bytes.resize(std::clamp<qint64>(file->committed() - begin, 0, BlockSize));
        const qint64 size = file->read(begin, {block.bytes.data(), static_cast<std::size_t>(block.bytes.size())});
        block.isFailed = size < block.bytes.size();
        block.bytes.truncate(std::max<qint64>(size, 0));

        const std::lock_guard lock(mutex);
        blocks.insert(number, new Block(block), std::max<qsizetype>(block.bytes.size(), 1));
        return block;
    }

    void fetch(const std::vector<qint64> &missing)
    {
        const std::lock_guard lock(mutex);
        isWaiting = true;
        for (const qint64 number : missing) {
            std::erase(wanted, number);
            wanted.push_back(number);
        }
        if (wanted.size() > MaxWanted) {
            wanted.erase(wanted.begin(), wanted.end() - MaxWanted);
        }
        if (!isLoading) {
            isLoading = true;
            loaders().start([self = shared_from_this()] { self->loadWanted(); });
        }
    }

    /// On a loader thread.
    void loadWanted()
    {
        while (true) {
            qint64 number = 0;
            {
                const std::lock_guard lock(mutex);
                if (wanted.empty()) {
                    isLoading = false;
                    return;
                }
                number = wanted.back(); // What was asked for last is what is on the screen
                wanted.pop_back();
            }
            load(number);
            callBack();
        }
    }

    void callBack()
    {
        {
            const std::lock_guard lock(mutex);
            if (!isWaiting || !wanted.empty()) {
                return;
            }
            isWaiting = false;
        }
        const std::lock_guard lock(callbackMutex);
        if (ready) {
            ready();
        }
    }

    std::shared_ptr<const CaptureFile> file;

    std::mutex mutex; ///< Never held while the disk is read
    QCache<qint64, Block> blocks{CacheSize};
    std::vector<qint64> wanted;
    bool isLoading = false;
    bool isWaiting = false; ///< A tryRead() failed since the last callback

    std::mutex callbackMutex;
    std::function<void()> ready;
};

ByteSource::ByteSource(std::shared_ptr<const CaptureFile> file)
    : d(std::make_shared<Private>(std::move(file)))
{}

ByteSource::~ByteSource()
{
    setReadyCallback({});
    const std::lock_guard lock(d->mutex);
    d->wanted.clear();
}

std::optional<QByteArray> ByteSource::tryRead(qint64 offset, qint64 length) const
{
    const qint64 end = std::min({offset + length, d->file->committed(), offset + MaxTryLength});
    QByteArray bytes;
    std::vector<qint64> missing;
    for (qint64 at = offset; at < end;) {
        const qint64 number = at / BlockSize;
        const qint64 begin = number * BlockSize;
        const qint64 stop = std::min(end, begin + BlockSize);
        if (const auto block = d->cached(number, stop - begin); !block) {
            missing.push_back(number);
        } else if (missing.empty()) {
            bytes += block->part(at - begin, stop - begin);
        }
        at = stop;
    }
    if (!missing.empty()) {
        d->fetch(missing);
        return std::nullopt;
    }
    return bytes;
}

QByteArray ByteSource::read(qint64 offset, qint64 length) const
{
    const qint64 end = std::min(offset + length, d->file->committed());
    QByteArray bytes;
    for (qint64 at = offset; at < end;) {
        const qint64 number = at / BlockSize;
        const qint64 begin = number * BlockSize;
        const qint64 stop = std::min(end, begin + BlockSize);
        auto block = d->cached(number, stop - begin);
        if (!block) {
            block = d->load(number);
        }
        bytes += block->part(at - begin, stop - begin);
        if (block->bytes.size() < stop - begin) {
            break;
        }
        at = stop;
    }
    return bytes;
}

void ByteSource::setReadyCallback(std::function<void()> callback)
{
    const std::lock_guard lock(d->callbackMutex);
    d->ready = std::move(callback);
}

} // namespace Sidewire
