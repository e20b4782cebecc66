package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.EventLoop;

/** The machine's addresses, looked at again and again; a filter stands for a cable that is pulled. */
class AddressWatchTest {

    private final AtomicBoolean plugged = new AtomicBoolean(true);
    private final LocalAddresses addresses =
            new LocalAddresses(List.of(), nic -> true, address -> plugged.get(), false);

    @Test
    void whoWatchesIsToldOnItsLoopWhenAddressesGoAndComeUntilItEnds() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1);
                AddressWatch watch = new AddressWatch(addresses)) {
            EventLoop loop = loops.next();
            for (boolean next : new boolean[] {false, true}) {
                CompletableFuture<Boolean> told = new CompletableFuture<>();
                Runnable end = watch.watch(loop, () -> told.complete(loop.inLoop()));
                plugged.set(next);
                assertThat(told.get(30, TimeUnit.SECONDS)).isTrue();
                end.run();
            }
        }
    }

    @Test
    void addressesThatTheUserHasGivenAreNotWatched() throws Exception {
        LocalAddresses given = new LocalAddresses(
                List.of(java.net.InetAddress.getLoopbackAddress()), nic -> true, address -> true, false);
        try (NettyEventLoops loops = NettyEventLoops.create(1);
                AddressWatch watch = new AddressWatch(given)) {
            AtomicInteger told = new AtomicInteger();
            watch.watch(loops.next(), told::incrementAndGet).run();
            watch.poll();
            assertThat(told).hasValue(0);
            assertThat(given.has(java.net.InetAddress.getLoopbackAddress())).isTrue();
        }
    }
}
