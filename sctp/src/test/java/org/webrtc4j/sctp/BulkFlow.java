package org.webrtc4j.sctp;

import java.nio.ByteBuffer;
import java.util.Random;
import org.webrtc4j.testkit.EngineDriver;
import org.webrtc4j.testkit.VirtualLink;
import org.webrtc4j.testkit.VirtualLoop;

/** Two associations over a link; one sends without end, the other reads at once. */
final class BulkFlow {

    private static final int STREAM = 1;
    private static final int LOW_BYTES = 1024 * 1024;

    final SctpAssociation sender;
    private final VirtualLoop loop;
    private final EngineDriver driver;
    private final byte[] message = new byte[16_384];
    private SendOptions delivery = SendOptions.ORDERED;
    private long received;

    BulkFlow(VirtualLoop loop, VirtualLink link, SctpCongestionControl control, long seed) {
        this.loop = loop;
        SctpOptions options = SctpOptions.builder().congestionControl(control).build();
        End from = new End(link.a(), options, seed);
        End to = new End(link.b(), options, ~seed);
        to.connect();
        sender = from.association;
        driver = from.connect();
    }

    void deliver(SendOptions options) {
        delivery = options;
    }

    /** Connects, and sends as soon as that is done. */
    void begin() {
        driver.turn(now -> {
            sender.setBufferedAmountLowThreshold(STREAM, LOW_BYTES);
            sender.connect(now);
            fill(now);
        });
    }

    /** Payload bytes delivered so far. */
    long received() {
        return received;
    }

    private void fill(long nowNanos) {
        while (sender.bufferedAmount(STREAM) <= 2 * LOW_BYTES) {
            sender.send(STREAM, 53, message, delivery, nowNanos);
        }
    }

    private final class End implements SctpSink {

        final SctpAssociation association;
        private final VirtualLink.End link;

        End(VirtualLink.End link, SctpOptions options, long seed) {
            this.link = link;
            association = new SctpAssociation(options, this, new Random(seed));
        }

        EngineDriver connect() {
            return link.connect(loop, association);
        }

        @Override
        public void transmit(ByteBuffer packet) {
            link.transmit(packet);
        }

        @Override
        public void onEvent(SctpEvent event) {
            long nowNanos = loop.clock().nanoTime();
            if (event instanceof SctpEvent.Message arrived) {
                received += arrived.payload().length;
                association.consumed(arrived.streamId(), arrived.payload().length, nowNanos);
            } else if (event instanceof SctpEvent.BufferedAmountLow) {
                fill(nowNanos);
            }
        }
    }
}
