package org.webrtc4j.media;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.webrtc4j.media.assembly.AssemblyOptions;
import org.webrtc4j.media.assembly.AssemblySink;
import org.webrtc4j.media.assembly.AssemblyStats;
import org.webrtc4j.media.assembly.FrameAssembler;
import org.webrtc4j.media.assembly.FrameDrop;
import org.webrtc4j.media.capability.CodecCapabilities;
import org.webrtc4j.media.capability.CodecCapability;
import org.webrtc4j.media.capability.CodecMatching;
import org.webrtc4j.media.capability.H264ProfileLevelId;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.codec.CodecRegistry;
import org.webrtc4j.media.dtmf.DtmfReceiver;
import org.webrtc4j.media.file.IvfReader;
import org.webrtc4j.media.file.OggOpusReader;
import org.webrtc4j.media.file.TimedFrame;
import org.webrtc4j.media.file.WavReader;
import org.webrtc4j.media.file.WebmReader;
import org.webrtc4j.media.file.WebmWriter;
import org.webrtc4j.media.g722.G722Encoder;
import org.webrtc4j.media.opus.OpusToc;
import org.webrtc4j.media.playout.JitterBuffer;
import org.webrtc4j.media.playout.PlayoutOptions;
import org.webrtc4j.media.playout.PlayoutStats;
import org.webrtc4j.media.playout.VideoJitterBuffer;

/** Any bytes: no exception leaves, nothing grows beyond its limit, and what is taken can be sent on. */
class MediaFuzzTest {

    private static final int MAX_BYTES = 65_000;

    @FuzzTest
    void vp8(byte[] bytes) {
        payloads("video/VP8", bytes);
    }

    @FuzzTest
    void vp9(byte[] bytes) {
        payloads("video/VP9", bytes);
    }

    @FuzzTest
    void h264(byte[] bytes) {
        payloads("video/H264", bytes);
    }

    @FuzzTest
    void h265(byte[] bytes) {
        payloads("video/H265", bytes);
    }

    @FuzzTest
    void av1(byte[] bytes) {
        payloads("video/AV1", bytes);
    }

    @FuzzTest
    void red(byte[] bytes) {
        payloads("audio/red", bytes);
    }

    /** Packets that arrive whenever and in whatever order: what is heard lasts as long as was asked for, and little waits. */
    @FuzzTest
    void jitterBuffer(FuzzedDataProvider data) {
        CodecDescription l16 = CodecDescription.audio("L16", 8_000, 1, "");
        AudioDecoder decoder = Objects.requireNonNull(CodecRegistry.builtIn().audioDecoder(l16, 8_000, 1));
        PlayoutOptions options = new PlayoutOptions(data.consumeInt(0, 100) * 1_000_000L, 400_000_000, 50);
        JitterBuffer buffer = new JitterBuffer(decoder, 8_000, options);
        short[] out = new short[160];
        long now = 0;
        long timestamp = data.consumeInt();
        long pulled = 0;
        while (data.remainingBytes() > 0) {
            switch (data.consumeInt(0, 4)) {
                case 0 -> timestamp += data.consumeLong();
                case 1 -> buffer.delayAtLeast(data.consumeInt(0, 4_000) * 1_000_000L);
                case 2 -> now += data.consumeInt(0, 100) * 1_000_000L;
                default -> {
                    byte[] sound = new byte[data.consumeInt(0, 400)];
                    Arrays.fill(sound, data.consumeByte());
                    timestamp += data.consumeByte() * 80L;
                    buffer.put(EncodedFrame.audio(l16, timestamp, sound), now);
                    buffer.pull(160, out, now);
                    pulled += 160;
                    now += 20_000_000;
                }
            }
        }
        PlayoutStats stats = buffer.stats();
        if (stats.samplesPlayed() != pulled || stats.concealedSamples() < 0 || stats.targetDelayNanos() < 0) {
            throw new AssertionError(stats);
        }
    }

    /** Pictures that arrive whenever: each comes out once, in its order, and no more wait than the limit. */
    @FuzzTest
    void videoJitterBuffer(FuzzedDataProvider data) {
        CodecDescription vp8 = CodecDescription.video("VP8", "");
        List<EncodedFrame> in = new ArrayList<>();
        List<EncodedFrame> out = new ArrayList<>();
        VideoJitterBuffer buffer = new VideoJitterBuffer(new PlayoutOptions(0, 1_000_000_000, 20), out::add);
        long now = 0;
        long timestamp = data.consumeInt();
        while (data.remainingBytes() > 0) {
            switch (data.consumeInt(0, 4)) {
                case 0 -> timestamp += data.consumeLong();
                case 1 -> buffer.delayAtLeast(data.consumeInt(0, 4_000) * 1_000_000L);
                default -> {
                    now += data.consumeInt(0, 100) * 1_000_000L;
                    timestamp += data.consumeInt(-9_000, 9_000);
                    EncodedFrame frame = EncodedFrame.video(vp8, data.consumeBoolean(), timestamp, new byte[8]);
                    in.add(frame);
                    buffer.handleFrame(frame, now);
                    buffer.handleTimeout(now);
                }
            }
            if (in.size() - out.size() > 20) {
                throw new AssertionError(in.size() - out.size() + " frames wait");
            }
        }
        if (!in.subList(0, out.size()).equals(out)) {
            throw new AssertionError("Out of order");
        }
    }

    /** Payloads of any source: what stands in place of their beginning is shorter than they are. */
    @FuzzTest
    void pictureNumbers(byte[] bytes) {
        PictureNumbers numbers = new PictureNumbers();
        int at = 0;
        while (at + 2 < bytes.length) {
            int length = Math.min(bytes[at] & 0x1f, bytes.length - at - 1);
            if ((bytes[at] & 0x80) != 0) {
                numbers.begin(CodecDescription.video((bytes[at] & 0x40) != 0 ? "VP8" : "VP9", ""));
            }
            int changed = numbers.map(bytes, at + 1, length);
            if (changed > PictureNumbers.MAX_PREFIX || changed > length) {
                throw new AssertionError(changed + " of " + length + " bytes");
            }
            at += length + 1;
        }
    }

    /** A frame of the user's that may be none: it is sent or refused, and what is sent is small enough. */
    @FuzzTest
    void packetizers(byte[] bytes) {
        if (bytes.length < 1 || bytes.length > MAX_BYTES) {
            return;
        }
        int max = Packetizer.MIN_PAYLOAD_BYTES + (bytes[0] & 0xff);
        for (String type :
                List.of("video/VP8", "video/VP9", "video/H264", "video/H265", "video/AV1", "audio/red", "audio/opus")) {
            CodecDescription codec = codec(type);
            Packetizer packetizer = Objects.requireNonNull(PayloadFormats.packetizer(codec, new Random(1)));
            byte[] frame = Arrays.copyOfRange(bytes, 1, bytes.length);
            packetizer.packetize(
                    new EncodedFrame(codec, true, 0, frame, FrameLayers.NONE), max, (array, offset, length, marker) -> {
                        if (length <= 0 || length > max) {
                            throw new AssertionError(type + " made " + length + " bytes of at most " + max);
                        }
                    });
        }
    }

    @FuzzTest
    void opusToc(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return;
        }
        int samples = OpusToc.samples(bytes, 0, bytes.length);
        boolean wellFormed = OpusToc.check(bytes, 0, bytes.length) == null;
        if (wellFormed != samples > 0 || samples > OpusToc.MAX_SAMPLES) {
            throw new AssertionError(samples + " samples");
        }
        OpusToc.mayHaveFec(bytes, 0, bytes.length);
    }

    @FuzzTest
    void formatParameters(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Map<String, String> parameters = CodecDescription.parseFmtp(text);
        CodecDescription codec = CodecDescription.video("H264", text);
        if (!CodecDescription.parseFmtp(codec.fmtp()).equals(parameters)) {
            throw new AssertionError(parameters + " became " + codec.fmtp());
        }
        H264ProfileLevelId id = H264ProfileLevelId.parse(text);
        if (id != null && !id.equals(H264ProfileLevelId.parse(id.toString()))) {
            throw new AssertionError(text + " became " + id);
        }
        for (String type : List.of("video/H264", "video/H265", "video/VP9", "video/AV1", "audio/red", "audio/L16")) {
            CodecDescription other = codec(type).withParameters(parameters);
            CodecMatching.best(other, CodecCapabilities.defaults().of(other.kind()));
            CodecCapability own =
                    CodecMatching.best(other, CodecCapabilities.optional().of(other.kind()));
            check(own == null || CodecMatching.score(CodecMatching.accepted(other, own.codec()), other) > 0);
            PayloadFormats.depacketizer(other);
            PayloadFormats.packetizer(other, new Random(1));
        }
    }

    /** Any bytes are sound of G.722; coder and decoder stay within their ranges whatever comes. */
    @FuzzTest
    void g722(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return;
        }
        CodecDescription codec = RandomFrames.codec("audio/G722");
        AudioDecoder decoder = Objects.requireNonNull(CodecRegistry.builtIn().audioDecoder(codec, 16_000, 1));
        short[] sound = new short[decoder.maxSamples()];
        G722Encoder encoder = new G722Encoder();
        byte[] again = new byte[sound.length / 2];
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(1 + (bytes[at] & 0xff), bytes.length - at);
            int samples = decoder.decode(bytes, at, length, sound);
            check(samples == 2 * length);
            check(encoder.encode(sound, 0, samples, again) == length);
            at += length;
        }
    }

    @FuzzTest
    void telephoneEvents(byte[] bytes) {
        int[] down = new int[1];
        DtmfReceiver receiver = new DtmfReceiver(new DtmfReceiver.Listener() {
            @Override
            public void onKeyDown(char key) {
                check(++down[0] == 1);
            }

            @Override
            public void onKeyUp(char key, long durationTicks) {
                check(--down[0] == 0 && durationTicks >= 0);
            }
        });
        for (int i = 0; i + 5 <= bytes.length && i < 5_000; i += 5) {
            receiver.handle(bytes, i + 1, 4, bytes[i] * 0xffffL);
        }
    }

    /** A file that is none is refused by an IOException and nothing else. */
    @FuzzTest
    void ivf(byte[] bytes) {
        try {
            IvfReader reader = new IvfReader(new ByteArrayInputStream(bytes));
            int total = 0;
            for (EncodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                total += frame.bytes().length + 12;
                VideoBitstream.size(frame.codec(), frame.bytes());
            }
            check(total <= bytes.length);
        } catch (IOException refused) {
            check(refused.getMessage() != null);
        }
    }

    /** What is read can be written, and read again. */
    @FuzzTest
    void webm(byte[] bytes) {
        try (WebmReader reader = new WebmReader(
                position -> new ByteArrayInputStream(bytes, (int) Math.min(bytes.length, position), bytes.length))) {
            long total = 0;
            List<TimedFrame> frames = new ArrayList<>();
            for (TimedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                total += frame.frame().bytes().length;
                frames.add(frame);
                check(frame.timeMicros() >= 0);
            }
            // Parameter sets are put before the key frames that lack them.
            check(total <= (bytes.length + 1L) * (bytes.length + 1L));
            if (frames.size() < 1_000) {
                WebmWriter writer = new WebmWriter((array, offset, length) -> {}, reader.tracks());
                for (TimedFrame each : frames) {
                    writer.write(each.track(), each.timeMicros(), each.frame());
                }
                writer.finish();
            }
            reader.seek(bytes.length * 1_000L);
            reader.next();
        } catch (IOException refused) {
            check(refused.getMessage() != null);
        } catch (IllegalArgumentException tooMany) {
            check(String.valueOf(tooMany.getMessage()).endsWith("tracks"));
        }
    }

    @FuzzTest
    void ogg(byte[] bytes) {
        try {
            OggOpusReader reader = new OggOpusReader(new ByteArrayInputStream(bytes));
            long total = 0;
            for (EncodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                total += frame.bytes().length;
                check(OpusToc.check(frame.bytes(), 0, frame.bytes().length) == null);
            }
            check(total <= bytes.length);
        } catch (IOException refused) {
            check(refused.getMessage() != null);
        }
    }

    @FuzzTest
    void wav(byte[] bytes) {
        try {
            WavReader reader = new WavReader(new ByteArrayInputStream(bytes));
            short[] samples = new short[100];
            int total = 0;
            for (int count = reader.read(samples, 0, 100); count > 0; count = reader.read(samples, 0, 100)) {
                total += count;
            }
            check(total <= bytes.length);
        } catch (IOException refused) {
            check(refused.getMessage() != null);
        }
    }

    /** Whole frames of any content: what they tell of themselves. */
    @FuzzTest
    void bitstream(byte[] bytes) {
        for (String type : List.of("video/VP8", "video/VP9", "video/H264", "video/H265", "video/AV1")) {
            VideoBitstream.Size size = VideoBitstream.size(codec(type), bytes);
            check(size == null || VideoBitstream.isKey(codec(type), bytes));
        }
    }

    /** Packets with any numbers and any content, and time that passes between them. */
    @FuzzTest
    void frameAssembler(byte[] bytes) {
        long[] frames = new long[3];
        AssemblyOptions options = new AssemblyOptions(32, 4_096, 50, bytes.length % 2 == 0, 100);
        FrameAssembler assembler = new FrameAssembler(options, new AssemblySink() {
            @Override
            public void onFrame(EncodedFrame frame, long arrivalNanos) {
                frames[0]++;
            }

            @Override
            public void onFrameDropped(long timestamp, FrameDrop reason) {
                frames[1]++;
            }
        });
        List<String> types =
                List.of("video/VP8", "video/VP9", "video/H264", "video/H265", "video/AV1", "audio/red", "audio/opus");
        for (int i = 0; i < types.size(); i++) {
            assembler.setFormat(i, codec(types.get(i)));
        }
        long sequence = 0;
        long timestamp = 0;
        long now = 0;
        int packets = 0;
        for (int i = 0; i + 4 <= bytes.length && packets < 2_000; packets++) {
            int length = Math.min(bytes[i] & 0x3f, bytes.length - i - 4);
            sequence += bytes[i + 1] / 4;
            timestamp += bytes[i + 2] / 8;
            now += bytes[i + 3] & 0x1f;
            boolean marker = (bytes[i] & 0x40) != 0;
            assembler.handlePacket((bytes[i + 3] & 0xff) >> 5, bytes, i + 4, length, sequence, timestamp, marker, now);
            if (bytes[i] < 0) {
                assembler.handleTimeout(now);
                check(assembler.nextTimeout() > now);
            }
            i += 4 + length;
        }
        AssemblyStats stats = assembler.stats();
        check(stats.framesReceived() == frames[0] && stats.framesDropped() == frames[1]);
        check(stats.packetsReceived() == packets && stats.peakPackets() <= 32);
        assembler.reset(now);
        assembler.handleTimeout(now + 1_000);
    }

    /** Pieces of the bytes as the payloads of frames; what comes out is sent and comes out again. */
    private static void payloads(String type, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return;
        }
        CodecDescription codec = codec(type);
        Depacketizer format = Objects.requireNonNull(PayloadFormats.depacketizer(codec));
        KeyFrame detector = KeyFrame.of(codec);
        List<EncodedFrame> frames = new ArrayList<>();
        format.begin();
        int position = 0;
        while (position < bytes.length) {
            int control = bytes[position++] & 0xff;
            int length = Math.min(control & 0x7f, bytes.length - position);
            format.inspect(bytes, position, length);
            detector.detect(bytes, position, length);
            format.recovers(bytes, position, length, 0, -10_000);
            if (format.add(bytes, position, length) != null) {
                format.begin();
            } else if (control >= 0x80) {
                if (format.end(position, true, frames::add) != null) {
                    format.begin();
                }
            }
            position += length;
        }
        int total = 0;
        for (EncodedFrame frame : frames) {
            total += frame.bytes().length;
            check(frame.bytes().length > 0);
            Packetizer packetizer = Objects.requireNonNull(PayloadFormats.packetizer(codec, new Random(1)));
            packetizer.packetize(frame, 1_200, (array, offset, length, marker) -> check(length <= 1_200));
        }
        // Start codes and sizes are all that is added to what came.
        check(total <= bytes.length * 6L + 16);
    }

    private static CodecDescription codec(String type) {
        return type.equals("audio/red")
                ? CodecDescription.audio("red", 48_000, 2, "111/111")
                : RandomFrames.codec(type);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }
}
