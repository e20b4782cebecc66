package org.webrtc4j.benchmarks.goodput;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpSink;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.testkit.EngineDriver;
import org.webrtc4j.testkit.VirtualLink;
import org.webrtc4j.testkit.VirtualLoop;

/** Two associations over a link, of which one has always something to send and the other reads at once. */
final class Transfer {

    /** Payload protocol identifier of binary data. */
    static final int BINARY = 53;

    /** The stream of the bulk. */
    static final int BULK_STREAM = 1;

    /** More than the association ever sends in one turn. */
    private static final int LOW_BYTES = 4 * 1024 * 1024;

    private final VirtualLoop loop;
    private final byte[] message;
    private final Consumer<SctpEvent.Message> aside;
    private final End source;
    private final End sink;
    private final Progress progress = new Progress();

    /**
     * Creates a transfer that has not begun.
     *
     * @param loop where both ends live
     * @param link from its end called a to the other
     * @param options of both
     * @param messageBytes of each message of the bulk
     * @param aside takes what arrives on other streams than the bulk's
     */
    Transfer(
            VirtualLoop loop,
            VirtualLink link,
            SctpOptions options,
            int messageBytes,
            Consumer<SctpEvent.Message> aside) {
        this.loop = loop;
        this.aside = aside;
        // Handed over each time and changed by nobody, so that one array does for all.
        message = new byte[messageBytes];
        SctpOptions large = options.toBuilder()
                .maxSendMessageSize(0)
                .maxReceiveMessageSize(0)
                .streamBufferSize(4 * LOW_BYTES)
                .build();
        source = new End(link.a(), large, 1);
        sink = new End(link.b(), large, 2);
    }

    void connect() {
        source.driver.turn(source.association::connect);
    }

    boolean isConnected() {
        return source.association.state() == SctpState.ESTABLISHED && sink.association.state() == SctpState.ESTABLISHED;
    }

    /** Begins to send, without end. */
    void flow() {
        source.association.setBufferedAmountLowThreshold(BULK_STREAM, LOW_BYTES);
        source.driver.turn(this::fill);
    }

    private void fill(long nowNanos) {
        while (source.association.bufferedAmount(BULK_STREAM) <= 2 * LOW_BYTES) {
            source.association.send(BULK_STREAM, BINARY, message, SendOptions.ORDERED, nowNanos);
        }
    }

    /** The sender. */
    SctpAssociation sender() {
        return source.association;
    }

    /** Makes a turn of the sender. */
    void turn(LongConsumer calls) {
        source.driver.turn(calls);
    }

    /** Of the bulk. */
    Progress progress() {
        return progress;
    }

    private void delivered(SctpEvent.Message arrived, long nowNanos) {
        if (arrived.streamId() == BULK_STREAM) {
            progress.delivered(arrived.payload().length, nowNanos);
        } else {
            aside.accept(arrived);
        }
    }

    private final class End implements SctpSink {

        final SctpAssociation association;
        final EngineDriver driver;
        private final VirtualLink.End link;

        End(VirtualLink.End link, SctpOptions options, long seed) {
            this.link = link;
            association = new SctpAssociation(options, this, new Random(seed));
            driver = link.connect(loop, association);
        }

        @Override
        public void transmit(ByteBuffer packet) {
            link.transmit(packet);
        }

        @Override
        public void onEvent(SctpEvent event) {
            long nowNanos = loop.clock().nanoTime();
            if (event instanceof SctpEvent.Message arrived) {
                association.consumed(arrived.streamId(), arrived.payload().length, nowNanos);
                delivered(arrived, nowNanos);
            } else if (event instanceof SctpEvent.BufferedAmountLow) {
                fill(nowNanos);
            }
        }
    }
}
