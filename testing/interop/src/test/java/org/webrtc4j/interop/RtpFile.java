package org.webrtc4j.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadFormats;
import org.webrtc4j.media.assembly.AssemblyOptions;
import org.webrtc4j.media.assembly.AssemblySink;
import org.webrtc4j.media.assembly.FrameAssembler;
import org.webrtc4j.media.assembly.FrameDrop;

/** RTP packets in a file, each behind its length of 16 bits (RFC 4571): what GStreamer's rtpstreampay writes. */
final class RtpFile {

    static final int TYPE = 96;

    private static final int HEADER_BYTES = 12;
    private static final int MTU = 1_000;
    private static final int MARKER = 0x80;

    private RtpFile() {}

    static List<byte[]> read(Path file) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
        List<byte[]> packets = new ArrayList<>();
        while (all.remaining() >= 2) {
            byte[] packet = new byte[all.getShort() & 0xffff];
            all.get(packet);
            packets.add(packet);
        }
        return packets;
    }

    static void write(Path file, List<byte[]> packets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            out.write(packet.length >> 8);
            out.write(packet.length);
            out.writeBytes(packet);
        }
        Files.write(file, out.toByteArray());
    }

    static boolean isMarked(byte[] packet) {
        return (packet[1] & MARKER) != 0;
    }

    static int timestamp(byte[] packet) {
        return ByteBuffer.wrap(packet).getInt(4);
    }

    static byte[] payload(byte[] packet) {
        return Arrays.copyOfRange(packet, HEADER_BYTES, packet.length);
    }

    /** Packets of our packetizer, as they would leave. */
    static List<byte[]> packets(CodecDescription codec, List<EncodedFrame> frames) {
        Packetizer packetizer = Objects.requireNonNull(PayloadFormats.packetizer(codec, new Random(5)));
        List<byte[]> packets = new ArrayList<>();
        for (EncodedFrame frame : frames) {
            boolean sent = packetizer.packetize(frame, MTU, (bytes, offset, length, marker) -> {
                ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + length);
                packet.put((byte) 0x80).put((byte) (TYPE | (marker ? MARKER : 0)));
                packet.putShort((short) (65_500 + packets.size())).putInt((int) frame.timestamp());
                packet.putInt(0x1234567).put(bytes, offset, length);
                packets.add(packet.array());
            });
            if (!sent) {
                throw new AssertionError("Not sent: " + frame);
            }
        }
        return packets;
    }

    /** Frames of our depacketizer; a gap of the sequence numbers is a loss. */
    static List<EncodedFrame> frames(CodecDescription codec, List<byte[]> packets, boolean waitForKeyFrame) {
        List<EncodedFrame> frames = new ArrayList<>();
        AssemblyOptions options = AssemblyOptions.video().withWaitForKeyFrame(waitForKeyFrame);
        FrameAssembler assembler = new FrameAssembler(options, new AssemblySink() {
            @Override
            public void onFrame(EncodedFrame frame, long arrivalNanos) {
                frames.add(frame);
            }

            @Override
            public void onFrameDropped(long timestamp, FrameDrop reason) {
                // Counted by the assembler, and what is left is compared.
            }
        });
        assembler.setFormat(TYPE, codec);
        long sequence = -1;
        long now = 0;
        for (byte[] packet : packets) {
            int number = ByteBuffer.wrap(packet).getShort(2) & 0xffff;
            sequence = sequence < 0 ? number : sequence + (short) (number - (int) sequence);
            now += 10_000_000;
            assembler.handlePacket(
                    TYPE,
                    packet,
                    HEADER_BYTES,
                    packet.length - HEADER_BYTES,
                    sequence,
                    timestamp(packet) & 0xffffffffL,
                    isMarked(packet),
                    now);
            assembler.handleTimeout(now);
        }
        assembler.handleTimeout(now + 10_000_000_000L);
        return frames;
    }
}
