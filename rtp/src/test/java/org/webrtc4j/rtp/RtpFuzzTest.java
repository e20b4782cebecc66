package org.webrtc4j.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.webrtc4j.rtp.extension.DependencyDescriptor;
import org.webrtc4j.rtp.extension.DependencyDescriptorReader;
import org.webrtc4j.rtp.extension.DependencyDescriptorWriter;
import org.webrtc4j.rtp.extension.VideoLayersAllocation;
import org.webrtc4j.rtp.fec.FecRecovery;
import org.webrtc4j.rtp.fec.FecScheme;
import org.webrtc4j.rtp.rtcp.CongestionFeedbackReader;
import org.webrtc4j.rtp.rtcp.ExtendedReportReader;
import org.webrtc4j.rtp.rtcp.RtcpKind;
import org.webrtc4j.rtp.rtcp.RtcpReader;
import org.webrtc4j.rtp.rtcp.SourceDescriptionReader;
import org.webrtc4j.rtp.rtcp.TransportFeedbackReader;

/** Any bytes: no exception leaves, nothing grows, nothing loops longer than its input. */
class RtpFuzzTest {

    /** Bytes as an RTP packet: what is said of it lies within it, and a retransmission in it stays within it. */
    @FuzzTest
    void packet(byte[] bytes) {
        RtpPacket packet = new RtpPacket();
        byte[] array = new byte[bytes.length + 9];
        System.arraycopy(bytes, 0, array, 4, bytes.length);
        if (packet.parse(array, 4, bytes.length, 0) != null) {
            return;
        }
        check(packet.headerLength() + packet.payloadLength() + packet.paddingLength() == bytes.length);
        for (int i = 0; i < packet.extensionCount(); i++) {
            int id = packet.extensionId(i);
            int from = packet.extensionOffset(id);
            check(from >= 4 + 12 && from + packet.extensionLength(id) <= 4 + packet.headerLength());
        }
        check(packet.payload().remaining() == packet.payloadLength());
        int payload = packet.payloadLength();
        if (packet.restoreRetransmission(96, 7)) {
            check(packet.payloadLength() == payload - 2 && packet.ssrc() == 7 && packet.payloadType() == 96);
        }
        check(array[3] == 0 && array[4 + bytes.length] == 0);
    }

    /** Bytes as packets and repair packets in any order: what comes back is a packet, and little waits. */
    @FuzzTest
    void repairPackets(byte[] bytes) {
        FecScheme scheme = bytes.length > 0 && (bytes[0] & 1) != 0 ? FecScheme.ULPFEC : FecScheme.FLEXFEC_03;
        FecRecovery recovery = new FecRecovery(scheme, 2);
        int steps = 0;
        for (int at = 1; at + 3 < bytes.length; steps++) {
            long sequence = (1L << 16) + (bytes[at + 1] & 0xff);
            int length = Math.min(bytes[at + 2] & 0xff, bytes.length - at - 3);
            if ((bytes[at] & 1) == 0) {
                recovery.keep(bytes, at + 3, length, sequence);
            } else {
                recovery.add(bytes, at + 3, length, (bytes[at] & 2) == 0 ? -1 : sequence);
            }
            recovery.recover(
                    (packet, size) -> check(size >= 12 && size <= RtpPacket.MAX_SIZE && packet.length >= size));
            check(recovery.waitingCount() <= FecRecovery.MAX_WAITING);
            at += 3 + length;
        }
        check(recovery.recoveredPackets() <= steps);
    }

    /** Bytes as RTCP: every field of every packet that has no problem can be read. */
    @FuzzTest
    void rtcp(byte[] bytes) {
        RtcpReader reader = new RtcpReader().reset(bytes, 0, bytes.length);
        int packets = 0;
        while (reader.next()) {
            check(++packets <= bytes.length / 4);
            if (reader.problem() == null) {
                readAll(reader);
            }
        }
    }

    private static long readAll(RtcpReader reader) {
        long sum = reader.count();
        if (reader.kind() == RtcpKind.SENDER_REPORT) {
            sum += reader.ntp() + reader.rtpTimestamp() + reader.packetCount() + reader.octetCount();
        }
        if (reader.kind() == RtcpKind.SENDER_REPORT || reader.kind() == RtcpKind.RECEIVER_REPORT) {
            for (int i = 0; i < reader.count(); i++) {
                sum += reader.reportSsrc(i) + reader.delaySinceLastSenderReport(i) + reader.cumulativeLost(i);
            }
        }
        switch (reader.kind()) {
            case NACK -> {
                for (int i = 0; i < reader.entryCount(); i++) {
                    sum += reader.nackPacketId(i) + reader.nackBitmask(i);
                }
            }
            case FULL_INTRA_REQUEST, TMMBR, TMMBN -> {
                for (int i = 0; i < reader.entryCount(); i++) {
                    sum += reader.entrySsrc(i) + reader.maximumBitrate(i) + reader.firSequence(i);
                }
            }
            case RECEIVER_ESTIMATED_BITRATE -> {
                check(reader.rembBitrate() >= 0);
                for (int i = 0; i < reader.rembSsrcCount(); i++) {
                    sum += reader.rembSsrc(i);
                }
            }
            case BYE -> {
                for (int i = 0; i < reader.count(); i++) {
                    sum += reader.byeSsrc(i);
                }
            }
            case APPLICATION -> sum += reader.applicationName() + reader.applicationDataLength();
            case SOURCE_DESCRIPTION -> sum += items(reader);
            case EXTENDED_REPORT -> sum += blocks(reader);
            default -> sum += reader.kind().type();
        }
        return sum;
    }

    private static long items(RtcpReader reader) {
        SourceDescriptionReader items = new SourceDescriptionReader().reset(reader);
        long sum = 0;
        while (items.next()) {
            check(items.itemOffset() + items.itemLength() <= items.array().length);
            sum += items.ssrc() + items.itemType();
        }
        return sum;
    }

    private static long blocks(RtcpReader reader) {
        ExtendedReportReader blocks = new ExtendedReportReader().reset(reader);
        long sum = 0;
        while (blocks.next()) {
            if (blocks.blockType() == ExtendedReportReader.REFERENCE_TIME) {
                sum += blocks.referenceTime();
                continue;
            }
            for (int i = 0; i < blocks.entryCount(); i++) {
                sum += blocks.blockType() == ExtendedReportReader.TARGET_BITRATE
                        ? blocks.targetKbps(i)
                        : blocks.delay(i) + blocks.delaySsrc(i);
            }
        }
        return sum;
    }

    /** Bytes as transport-wide and RFC 8888 feedback. */
    @FuzzTest
    void feedback(byte[] bytes) {
        byte[] packet = Arrays.copyOf(bytes, (bytes.length + 3) & ~3);
        if (packet.length < 20 || packet.length > 65_536) {
            return;
        }
        packet[1] = (byte) 205;
        packet[2] = (byte) ((packet.length / 4 - 1) >>> 8);
        packet[3] = (byte) (packet.length / 4 - 1);
        RtcpReader reader = new RtcpReader();
        packet[0] = (byte) 0x8f;
        reader.reset(packet, 0, packet.length);
        check(reader.next());
        TransportFeedbackReader transport = new TransportFeedbackReader();
        int received = 0;
        int last = -1;
        boolean good = transport.reset(reader);
        while (transport.next()) {
            check(++received <= packet.length && transport.index() > last);
            last = transport.index();
            check(last < transport.statusCount());
        }
        check(good || received == 0);
        packet[0] = (byte) 0x8b;
        reader.reset(packet, 0, packet.length);
        check(reader.next());
        CongestionFeedbackReader congestion = new CongestionFeedbackReader().reset(reader);
        int reports = 0;
        while (congestion.nextStream()) {
            while (congestion.next()) {
                check(++reports <= packet.length);
                check(congestion.arrivalOffset() < 1 << 13 && congestion.ecn() < 4 && congestion.sequenceNumber() >= 0);
                check(!congestion.received()
                        || congestion.arrivalOffset() <= CongestionFeedbackReader.OFFSET_UNAVAILABLE);
            }
        }
    }

    /** Bytes as dependency descriptors of one stream; what is read whole is written and read as the same. */
    @FuzzTest
    void dependencyDescriptor(byte[] bytes) {
        DependencyDescriptorReader reader = new DependencyDescriptorReader();
        DependencyDescriptorReader again = new DependencyDescriptorReader();
        DependencyDescriptorWriter writer = new DependencyDescriptorWriter();
        byte[] written = new byte[4096];
        Choices choices = new Choices(bytes);
        while (!choices.isEmpty()) {
            byte[] element = choices.take(1 + choices.u8());
            if (reader.read(element, 0, element.length) != DependencyDescriptorReader.Result.COMPLETE) {
                continue;
            }
            DependencyDescriptor read = reader.descriptor();
            read.structureAttached = true;
            read.activeDecodeTargetsPresent = true;
            writer.setStructure(reader.structure());
            int size = writer.write(read, written, 0, written.length);
            check(size > 0);
            check(again.read(written, 0, size) == DependencyDescriptorReader.Result.COMPLETE);
            DependencyDescriptor copy = again.descriptor();
            check(copy.frameNumber == read.frameNumber
                    && copy.spatialId == read.spatialId
                    && copy.temporalId == read.temporalId
                    && copy.activeDecodeTargets == read.activeDecodeTargets
                    && copy.width == read.width
                    && Arrays.equals(copy.frameDiffs, 0, copy.frameDiffCount, read.frameDiffs, 0, read.frameDiffCount));
        }
    }

    /** Bytes as a video layers allocation; what is read is written and read as the same. */
    @FuzzTest
    void layersAllocation(byte[] bytes) {
        VideoLayersAllocation read = new VideoLayersAllocation();
        if (!read.read(bytes, 0, bytes.length)) {
            return;
        }
        byte[] first = new byte[VideoLayersAllocation.MAX_SIZE];
        int size = read.write(first, 0);
        VideoLayersAllocation copy = new VideoLayersAllocation();
        check(copy.read(first, 0, size));
        byte[] second = new byte[VideoLayersAllocation.MAX_SIZE];
        check(copy.write(second, 0) == size && Arrays.equals(first, second));
    }

    /** Retransmissions of any shape beside their stream. */
    @FuzzTest
    void retransmission(byte[] bytes) {
        Endpoint end = new Endpoint();
        end.receive("v", CallTest.VIDEO, new SignalledSsrc(10, 11, null));
        end.take(Packets.rtp(96, 100, 0, 10, 20));
        Choices choices = new Choices(bytes);
        for (int i = 0; !choices.isEmpty() && i < 2_000; i++) {
            end.take(Packets.rtp(
                    choices.u8() % 2 + 96, false, choices.u16(), i, 11, null, choices.take(choices.u8() % 8)));
            end.take(Packets.rtp(96, choices.u8(), i, 10, 20));
            end.turn();
        }
        check(end.sequences.stream().distinct().count() == end.sequences.size());
    }

    /** A whole session whose peer, owner and clock do what the bytes say. */
    @FuzzTest
    void session(byte[] bytes) {
        FuzzedSession.run(bytes);
    }

    /** The history beside a naive model of it. */
    @FuzzTest
    void history(byte[] bytes) {
        HistoryModel.run(new Choices(bytes.length > 4_000 ? Arrays.copyOf(bytes, 4_000) : bytes));
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("does not hold");
        }
    }
}
