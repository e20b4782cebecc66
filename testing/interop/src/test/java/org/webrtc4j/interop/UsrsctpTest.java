package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;

/** Our association and usrsctp's, SCTP alone over UDP. */
class UsrsctpTest {

    private static final int PPID_BINARY = 53;
    private static final int MESSAGE_BYTES = 65_536;
    private static final int TOTAL_BYTES = 100 << 20;
    private static final int SECONDS = 60;

    private static final SctpOptions OPTIONS =
            SctpOptions.builder().maxSendMessageSize(1 << 20).build();

    @Test
    void usrsctpEchoesMessagesOfEachSize() throws Exception {
        LinkedBlockingQueue<SctpEvent> events = new LinkedBlockingQueue<>();
        try (UsrsctpPeer usrsctp = listener();
                UdpAssociation ours = new UdpAssociation(OPTIONS, usrsctp.local(), event -> {
                    if (!(event instanceof SctpEvent.BufferedAmountLow)) {
                        events.add(event);
                    }
                })) {
            usrsctp.command("{\"cmd\":\"echo\",\"on\":true}");
            ours.call((association, now) -> association.connect(now));
            assertThat(events.poll(SECONDS, TimeUnit.SECONDS)).isInstanceOf(SctpEvent.Connected.class);
            for (int size : new int[] {1, 100, 1_160, 1_161, 16_384, 65_536, 200_000}) {
                byte[] message = pattern(size);
                ours.call((association, now) -> association.send(1, PPID_BINARY, message, SendOptions.ORDERED, now));
                SctpEvent event = events.poll(SECONDS, TimeUnit.SECONDS);
                assertThat(event).as("%d bytes", size).isInstanceOf(SctpEvent.Message.class);
                SctpEvent.Message back = (SctpEvent.Message) event;
                assertThat(back.ppid()).isEqualTo(PPID_BINARY);
                assertThat(Arrays.equals(back.payload(), message))
                        .as("%d bytes", size)
                        .isTrue();
                ours.call((association, now) -> association.consumed(back.streamId(), back.payload().length, now));
            }
        }
    }

    @Test
    void aHundredMegabytesReachUsrsctp() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        AtomicLong queued = new AtomicLong();
        byte[] load = pattern(MESSAGE_BYTES);
        try (UsrsctpPeer usrsctp = listener()) {
            usrsctp.command("{\"cmd\":\"sink\",\"on\":true}");
            UdpAssociation[] ours = new UdpAssociation[1];
            Runnable fill = () -> ours[0].call((association, now) -> {
                while (queued.get() < TOTAL_BYTES
                        && association.send(1, PPID_BINARY, load, SendOptions.ORDERED, now) == SendStatus.QUEUED) {
                    queued.addAndGet(MESSAGE_BYTES);
                }
                if (queued.get() >= TOTAL_BYTES) {
                    association.shutdown(now);
                }
            });
            ours[0] = new UdpAssociation(OPTIONS, usrsctp.local(), event -> {
                if (event instanceof SctpEvent.Connected) {
                    connected.countDown();
                } else if (event instanceof SctpEvent.BufferedAmountLow) {
                    fill.run();
                } else if (event instanceof SctpEvent.Closed) {
                    closed.countDown();
                }
            });
            try (UdpAssociation association = ours[0]) {
                association.call((sctp, now) -> {
                    sctp.setBufferedAmountLowThreshold(1, 1 << 20);
                    sctp.connect(now);
                });
                assertThat(connected.await(SECONDS, TimeUnit.SECONDS)).isTrue();
                fill.run();
                // The shutdown ends only after everything before it was acknowledged (RFC 9260 section 9.2).
                assertThat(closed.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            }
            usrsctp.command("{\"cmd\":\"stats\"}");
            assertThat(usrsctp.await("stats", 10).get("receivedBytes").getAsLong())
                    .isEqualTo(TOTAL_BYTES);
        }
    }

    @Test
    void aHundredMegabytesComeFromUsrsctp() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch complete = new CountDownLatch(1);
        AtomicLong received = new AtomicLong();
        byte[] expected = pattern(MESSAGE_BYTES);
        try (UsrsctpPeer usrsctp = listener()) {
            UdpAssociation[] ours = new UdpAssociation[1];
            ours[0] = new UdpAssociation(OPTIONS, usrsctp.local(), event -> {
                if (event instanceof SctpEvent.Connected) {
                    connected.countDown();
                } else if (event instanceof SctpEvent.Message message) {
                    assertThat(Arrays.equals(message.payload(), expected)).isTrue();
                    ours[0].call((sctp, now) -> sctp.consumed(message.streamId(), message.payload().length, now));
                    if (received.addAndGet(message.payload().length) == TOTAL_BYTES) {
                        complete.countDown();
                    }
                }
            });
            try (UdpAssociation association = ours[0]) {
                association.call((sctp, now) -> sctp.connect(now));
                assertThat(connected.await(SECONDS, TimeUnit.SECONDS)).isTrue();
                usrsctp.command(
                        "{\"cmd\":\"bulk\",\"stream\":1,\"size\":" + MESSAGE_BYTES + ",\"total\":" + TOTAL_BYTES + "}");
                assertThat(complete.await(SECONDS, TimeUnit.SECONDS))
                        .as("received %d bytes", received.get())
                        .isTrue();
            }
        }
    }

    private static UsrsctpPeer listener() throws Exception {
        JsonObject config = new JsonObject();
        config.addProperty("mode", "listen");
        config.addProperty("local", "127.0.0.1:0");
        config.addProperty("receiveWindow", 4 << 20);
        return new UsrsctpPeer(config);
    }

    /** The bytes that usrsctp's program sends for a size. */
    private static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i + 7 * (i >> 8));
        }
        return bytes;
    }
}
