// SPDX-License-Identifier: Apache-2.0
#include <future>
#include <numeric>

#include <QTest>

#include "platform/sound/sample_ring.h"
#include "support/result_check.h"

using namespace sotto;
using platform::SampleRing;

namespace {

using Samples = std::vector<std::int16_t>;

Samples counting(std::size_t count, std::int16_t from = 0) {
    Samples all(count);
    std::iota(all.begin(), all.end(), from);
    return all;
}

}  // namespace

class TestSampleRing : public QObject {
    Q_OBJECT
private slots:
    void givesBackInOrderAcrossItsEdge() {
        SampleRing ring(10);
        Samples out(7);
        for (std::int16_t round = 0; round < 5; round++) {
            ring.offer(counting(7, static_cast<std::int16_t>(7 * round)));
            const auto count = ring.read(out);
            VERIFY_OK(count);
            QCOMPARE(*count, std::size_t{7});
            QCOMPARE(out, counting(7, static_cast<std::int16_t>(7 * round)));
        }
        QCOMPARE(ring.lost(), 0);
    }

    void whatFindsNoRoomIsCountedAndTheOldIsKept() {
        SampleRing ring(10);
        ring.offer(counting(8));
        ring.offer(counting(8, 8));
        QCOMPARE(ring.lost(), 6);
        Samples out(16);
        const auto count = ring.read(out);
        VERIFY_OK(count);
        QCOMPARE(*count, std::size_t{10});
        out.resize(10);
        QCOMPARE(out, counting(10));
    }

    void aWaitingReaderIsLetGoByStop() {
        SampleRing ring(10);
        auto reading = std::async(std::launch::async, [&ring] {
            Samples out(4);
            return ring.read(out);
        });
        ring.stop();
        VERIFY_FAILS(reading.get(), ErrorCode::Cancelled);
    }

    void aWaitingReaderIsLetGoByAFailure() {
        SampleRing ring(10);
        auto reading = std::async(std::launch::async, [&ring] {
            Samples out(4);
            return ring.read(out);
        });
        ring.fail({ErrorCode::IoFailed, "gone"});
        VERIFY_FAILS(reading.get(), ErrorCode::IoFailed);
    }

    void whatCameBeforeAFailureIsStillRead() {
        SampleRing ring(10);
        ring.offer(counting(3));
        ring.fail({ErrorCode::IoFailed, "gone"});
        ring.fail({ErrorCode::Damaged, "too late"});
        ring.offer(counting(3));
        Samples out(10);
        const auto count = ring.read(out);
        VERIFY_OK(count);
        QCOMPARE(*count, std::size_t{3});
        VERIFY_FAILS(ring.read(out), ErrorCode::IoFailed);
    }

    void nothingIsReadAfterStop() {
        SampleRing ring(10);
        ring.offer(counting(3));
        ring.stop();
        Samples out(10);
        VERIFY_FAILS(ring.read(out), ErrorCode::Cancelled);
        QCOMPARE(ring.take(out), std::size_t{0});
    }

    void discardForgetsOnlyWhatCameBefore() {
        SampleRing ring(10);
        ring.offer(counting(8));
        ring.discard();
        ring.offer(counting(4, 100));
        Samples out(4);
        const auto count = ring.read(out);
        VERIFY_OK(count);
        QCOMPARE(*count, std::size_t{4});
        QCOMPARE(out, counting(4, 100));
    }

    void aWriterWaitsForRoomAndLosesNothing() {
        SampleRing ring(10);
        const Samples all = counting(1000);
        auto writing = std::async(std::launch::async, [&] { return ring.write(all); });
        Samples got;
        Samples piece(7);
        while (got.size() < all.size()) {
            const std::size_t count = ring.take(piece);
            got.insert(got.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(count));
        }
        VERIFY_OK(writing.get());
        QCOMPARE(got, all);
        QCOMPARE(ring.lost(), 0);
    }

    void aWaitingWriterIsLetGoByStop() {
        SampleRing ring(10);
        auto writing = std::async(std::launch::async, [&ring] { return ring.write(counting(11)); });
        ring.stop();
        VERIFY_FAILS(writing.get(), ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestSampleRing)
#include "tst_sample_ring.moc"
