package org.webrtc4j.benchmarks.forward;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.rtp.ForwardSource;
import org.webrtc4j.rtp.PacketHistory;
import org.webrtc4j.rtp.PayloadFormat;
import org.webrtc4j.rtp.ReceiveParameters;
import org.webrtc4j.rtp.RtpEvent;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.RtpSession;
import org.webrtc4j.rtp.RtpSessionOptions;
import org.webrtc4j.rtp.RtpSink;
import org.webrtc4j.rtp.SendParameters;
import org.webrtc4j.rtp.SendStream;
import org.webrtc4j.rtp.SignalledSsrc;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.jca.JcaSrtp;

/**
 * A forwarding server without sockets, on one thread: SRTP in, unprotected, parsed, kept once for those who ask again, then
 * for each receiver a header of its own, protected into its datagram. Packets are made outside what is measured.
 */
final class ForwardInMemory {

    /** Packets that come with one read of a socket. */
    private static final int BATCH = 32;

    private static final int BATCHES_A_ROUND = 32;
    private static final int SAMPLES = 1 << 16;

    private final ForwardScenario scenario;
    private final Random random = new Random(1);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<ProtectedStream> senders = new ArrayList<>();
    private final List<RtpSession> sessions = new ArrayList<>();
    private final List<SrtpTransform> incoming = new ArrayList<>();
    private final List<RtpSession> ingress = new ArrayList<>();
    private final byte[][] packets =
            new byte[BATCH * BATCHES_A_ROUND][RtpPacket.MAX_SIZE + SrtpTransform.MAX_OVERHEAD_BYTES];
    private final ByteBuffer[] views = new ByteBuffer[packets.length];
    private final ByteBuffer plain = ByteBuffer.wrap(new byte[RtpPacket.MAX_SIZE + SrtpTransform.MAX_OVERHEAD_BYTES]);
    private final double[] samples = new double[SAMPLES];
    private int sampled;
    private long out;
    private long refused;

    private ForwardInMemory(ForwardScenario scenario) {
        this.scenario = scenario;
        for (int i = 0; i < packets.length; i++) {
            views[i] = ByteBuffer.wrap(packets[i]);
        }
        List<List<SendStream>> outgoing = new ArrayList<>();
        for (int s = 0; s < scenario.senders(); s++) {
            outgoing.add(new ArrayList<>());
        }
        for (int r = 0; r < scenario.receivers(); r++) {
            addReceiver(outgoing);
        }
        for (int s = 0; s < scenario.senders(); s++) {
            addSender(s, outgoing.get(s));
        }
    }

    private static HeaderExtensionMap extensions(int midId, int transportId) {
        return HeaderExtensionMap.builder()
                .put(midId, HeaderExtensionType.MID)
                .put(transportId, HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER)
                .build();
    }

    private KeyingMaterial keys(SrtpProfile profile) {
        byte[] exported = new byte[KeyingMaterial.exporterBytes(profile)];
        random.nextBytes(exported);
        return new KeyingMaterial(profile, exported);
    }

    private List<PayloadFormat> formats() {
        return scenario.isVideo()
                ? List.of(
                        PayloadFormat.repaired(ProtectedStream.PAYLOAD_TYPE, 90_000),
                        PayloadFormat.rtx(ProtectedStream.PAYLOAD_TYPE + 1, 90_000, ProtectedStream.PAYLOAD_TYPE))
                : List.of(PayloadFormat.plain(ProtectedStream.PAYLOAD_TYPE, 48_000));
    }

    private void addReceiver(List<List<SendStream>> outgoing) {
        SrtpTransform transform = new JcaSrtp().create(scenario.profile(), keys(scenario.profile()), false);
        RtpSession session = new RtpSession(
                RtpSessionOptions.defaults("benchmark"), new Protecting(transform), new WallClock(), random);
        sessions.add(session);
        for (int s = 0; s < outgoing.size(); s++) {
            outgoing.get(s)
                    .add(session.addSendStream(new SendParameters(
                            Integer.toString(s),
                            null,
                            1_000_000L + 2L * s,
                            scenario.isVideo() ? 1_000_001L + 2L * s : SignalledSsrc.NONE,
                            formats(),
                            extensions(9, 10),
                            scenario.isVideo())));
        }
    }

    private void addSender(int index, List<SendStream> outgoing) {
        SrtpProfile profile = scenario.profile();
        KeyingMaterial generated = keys(profile);
        senders.add(new ProtectedStream(
                new JcaSrtp().create(profile, generated, true), 7_000 + index, scenario.packetBytes()));
        incoming.add(new JcaSrtp().create(profile, generated, false));
        RtpSession session = new RtpSession(
                RtpSessionOptions.defaults("benchmark"),
                new Protecting(new JcaSrtp().create(profile, keys(profile), false)),
                new WallClock(),
                random);
        HeaderExtensionMap received = extensions(ProtectedStream.MID_ID, ProtectedStream.TRANSPORT_ID);
        session.setHeaderExtensions(received);
        ForwardSource source = new ForwardSource(received, scenario.isVideo() ? new PacketHistory() : null);
        session.addReceiveSection(new ReceiveParameters("0", formats(), List.of(), List.of(), scenario.isVideo()))
                .addTap((stream, packet) -> {
                    source.keep(packet);
                    for (int i = 0; i < outgoing.size(); i++) {
                        outgoing.get(i).forward(packet, source, ProtectedStream.PAYLOAD_TYPE, packet.arrivalNanos());
                    }
                    return true;
                });
        ingress.add(session);
        sessions.add(session);
    }

    /** Measures one point for a while, after as long a warm-up. */
    static ForwardResult run(ForwardScenario scenario, double seconds) {
        ForwardInMemory server = new ForwardInMemory(scenario);
        server.measure(seconds);
        return server.measure(seconds);
    }

    private ForwardResult measure(double seconds) {
        long thread = Thread.currentThread().getId();
        long cpu = 0;
        long wall = 0;
        long allocated = 0;
        long in = 0;
        out = 0;
        refused = 0;
        sampled = 0;
        while (wall < seconds * 1e9) {
            generate();
            long allocatedBefore = threads.getThreadAllocatedBytes(thread);
            long cpuBefore = threads.getCurrentThreadCpuTime();
            long wallBefore = System.nanoTime();
            for (int batch = 0; batch < BATCHES_A_ROUND; batch++) {
                forward(batch * BATCH);
            }
            wall += System.nanoTime() - wallBefore;
            cpu += threads.getCurrentThreadCpuTime() - cpuBefore;
            allocated += threads.getThreadAllocatedBytes(thread) - allocatedBefore;
            in += packets.length;
        }
        long dropped = in * scenario.receivers() - out;
        if (refused > 0 || dropped < 0) {
            throw new IllegalStateException(refused + " refused, " + dropped + " dropped");
        }
        return new ForwardResult(
                scenario,
                in,
                out,
                dropped,
                cpu,
                wall,
                Arrays.copyOf(samples, Math.min(sampled, SAMPLES)),
                allocated,
                CipherGarbage.of(scenario, in, out));
    }

    private void generate() {
        for (int i = 0; i < packets.length; i++) {
            views[i].clear().limit(senders.get(i % senders.size()).next(packets[i]));
        }
    }

    private void forward(int from) {
        long now = System.nanoTime();
        for (int i = from; i < from + BATCH; i++) {
            int sender = i % senders.size();
            plain.clear();
            int length = incoming.get(sender).unprotectRtp(views[i], plain);
            if (length < 0) {
                refused++;
                continue;
            }
            ingress.get(sender).handlePacket(plain.limit(length), now);
            samples[sampled++ % SAMPLES] = System.nanoTime() - now;
        }
        for (int i = 0; i < sessions.size(); i++) {
            RtpSession session = sessions.get(i);
            session.handleBatchEnd(now);
            if (session.nextTimeout() - now <= 0) {
                session.handleTimeout(now);
            }
        }
    }

    /** Where a datagram would go to the socket. */
    private final class Protecting implements RtpSink {

        private final SrtpTransform transform;
        private final ByteBuffer datagram =
                ByteBuffer.wrap(new byte[RtpPacket.MAX_SIZE + SrtpTransform.MAX_OVERHEAD_BYTES]);

        Protecting(SrtpTransform transform) {
            this.transform = transform;
        }

        @Override
        public void transmitRtp(ByteBuffer header, ByteBuffer payload) {
            datagram.clear();
            if (transform.protectRtp(header, payload, datagram) < 0) {
                refused++;
            } else {
                out++;
            }
        }

        @Override
        public void transmitRtcp(ByteBuffer packet) {
            datagram.clear();
            transform.protectRtcp(packet, datagram);
        }

        @Override
        public void onEvent(RtpEvent event) {
            // Nobody here asks for key frames.
        }
    }

    private static final class WallClock implements TimeSource {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long epochMicros(long nowNanos) {
            return System.currentTimeMillis() * 1_000;
        }
    }
}
