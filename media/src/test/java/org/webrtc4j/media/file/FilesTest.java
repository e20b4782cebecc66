package org.webrtc4j.media.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Payloads;
import org.webrtc4j.media.RandomFrames;
import org.webrtc4j.media.VideoBitstream;
import org.webrtc4j.media.opus.OpusToc;

class FilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"video/VP8", "video/H264", "video/AV1"})
    void framesOfIvfComeBackAsTheyWentWithTimesFromZero(String type) throws IOException {
        CodecDescription codec = RandomFrames.codec(type);
        RandomFrames source = new RandomFrames(codec, new Random(1));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        IvfWriter writer = new IvfWriter(file, codec, 640, 360);
        List<EncodedFrame> frames = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            EncodedFrame frame = source.next();
            // A first byte as an encoder makes it tells a key frame of AV1 by its sequence header.
            frames.add(frame);
            writer.write(frame);
        }
        IvfReader reader = new IvfReader(new ByteArrayInputStream(file.toByteArray()));
        assertThat(reader.header().width()).isEqualTo(640);
        assertThat(reader.header().height()).isEqualTo(360);
        assertThat(reader.codec().mimeType()).isEqualTo(type);
        for (EncodedFrame frame : frames) {
            EncodedFrame read = Objects.requireNonNull(reader.next());
            assertThat(read.bytes()).isEqualTo(frame.bytes());
            assertThat(read.timestamp())
                    .isEqualTo(frame.timestamp() - frames.get(0).timestamp());
            assertThat(read.key()).isEqualTo(frame.key());
        }
        assertThat(reader.next()).isNull();
        assertThat(reader.truncated()).isFalse();
    }

    @Test
    void theClockOfAnIvfFileIsTurnedIntoNinetyKilohertz() throws IOException {
        byte[] file = ivf(30, 1, 7, new byte[] {1});
        EncodedFrame frame = Objects.requireNonNull(new IvfReader(new ByteArrayInputStream(file)).next());
        assertThat(frame.timestamp()).isEqualTo(7 * 3_000);
        EncodedFrame late = Objects.requireNonNull(
                new IvfReader(new ByteArrayInputStream(ivf(1, 0xffff_ffffL, -1L >>> 1, new byte[] {1}))).next());
        assertThat(late.timestamp()).isEqualTo(1L << 62);
    }

    @Test
    void aFileCutAtAnyByteIsReadAsFarAsItGoes() throws IOException {
        byte[] ivf = Arrays.copyOf(ivf(30, 1, 0, new byte[100]), 32 + 12 + 100);
        byte[] ogg = ogg(20);
        byte[] wav = wav(100);
        for (int length = 0; length < ogg.length; length++) {
            InputStream cutOgg = new ByteArrayInputStream(ogg, 0, length);
            int read = 0;
            try {
                OggOpusReader reader = new OggOpusReader(cutOgg);
                while (reader.next() != null) {
                    read++;
                }
            } catch (IOException e) {
                assertThat(length).isLessThan(27 + 1 + 19);
            }
            assertThat(read).isLessThan(20);
        }
        for (int length = 0; length < ivf.length; length++) {
            InputStream cut = new ByteArrayInputStream(ivf, 0, length);
            if (length < 32) {
                assertThatIOException().isThrownBy(() -> new IvfReader(cut));
            } else {
                IvfReader reader = new IvfReader(cut);
                assertThat(reader.next()).isNull();
                assertThat(reader.truncated()).isEqualTo(length > 32);
            }
        }
        for (int length = 0; length < wav.length; length++) {
            InputStream cut = new ByteArrayInputStream(wav, 0, length);
            if (length < WavWriter.HEADER_BYTES) {
                assertThatIOException().isThrownBy(() -> new WavReader(cut));
            } else {
                assertThat(new WavReader(cut).read(new short[200], 0, 200)).isEqualTo((length - 44) / 4 * 2);
            }
        }
    }

    @Test
    void aFrameThatClaimsTooMuchIsRefused() throws IOException {
        byte[] file = ivf(30, 1, 0, new byte[1]);
        LittleEndian.put32(file, 32, 0xffff_ffffL);
        IvfReader reader = new IvfReader(new ByteArrayInputStream(file));
        assertThatIOException().isThrownBy(reader::next);
        LittleEndian.put32(file, 32, IvfReader.MAX_FRAME_BYTES);
        assertThat(new IvfReader(new ByteArrayInputStream(file)).next()).isNull();
    }

    @Test
    void whatIsNoFileOfTheKindIsRefused() {
        byte[] zeros = new byte[1_000];
        assertThatIOException().isThrownBy(() -> new IvfReader(new ByteArrayInputStream(zeros)));
        assertThatIOException().isThrownBy(() -> new OggOpusReader(new ByteArrayInputStream(zeros)));
        assertThatIOException().isThrownBy(() -> new WavReader(new ByteArrayInputStream(zeros)));
        assertThatIOException().isThrownBy(() -> new IvfReader(new ByteArrayInputStream(ivf(0, 1, 0, zeros))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IvfWriter(new ByteArrayOutputStream(), Payloads.OPUS, 1, 1));
    }

    @Test
    void packetsOfOggComeBackAsTheyWent() throws IOException {
        RandomFrames source = new RandomFrames(Payloads.OPUS, new Random(2));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        OggOpusWriter writer = new OggOpusWriter(file, 2, 0x12345678);
        List<byte[]> packets = new ArrayList<>();
        long timestamp = 1_000_000;
        for (int i = 0; i < 300; i++) {
            byte[] packet = source.next().bytes();
            packets.add(packet);
            assertThat(writer.write(EncodedFrame.audio(Payloads.OPUS, timestamp, packet)))
                    .isTrue();
            timestamp += OpusToc.samples(packet, 0, packet.length);
        }
        writer.finish();
        OggOpusReader reader = new OggOpusReader(new ByteArrayInputStream(file.toByteArray()));
        assertThat(reader.channels()).isEqualTo(2);
        assertThat(reader.preSkip()).isEqualTo(3_840);
        long expected = 0;
        for (byte[] packet : packets) {
            EncodedFrame read = Objects.requireNonNull(reader.next());
            assertThat(read.bytes()).isEqualTo(packet);
            assertThat(read.timestamp()).isEqualTo(expected);
            expected += OpusToc.samples(packet, 0, packet.length);
        }
        assertThat(reader.next()).isNull();
        assertThat(reader.damagedPages() + reader.badPackets() + reader.granulesBack())
                .isZero();
    }

    /** RFC 7845 section 4 and the CRC of RFC 3533: the first page of a file, byte by byte. */
    @Test
    void theFirstPageIsTheHeadAlone() throws IOException {
        byte[] file = ogg(1);
        assertThat(file).startsWith(Payloads.hex("4f676753 00 02 0000000000000000 07000000 00000000"));
        assertThat(Arrays.copyOfRange(file, 26, 47))
                .isEqualTo(Payloads.hex("01 13 4f70757348656164 01 01 000f 80bb0000 0000 00"));
        byte[] page = Arrays.copyOf(file, 47);
        LittleEndian.put32(page, 22, 0);
        assertThat(OggPage.crc(0, page, 0, page.length)).isEqualTo(LittleEndian.i32(file, 22));
        assertThat(OggPage.crc(0, "123456789".getBytes(StandardCharsets.US_ASCII), 0, 9))
                .as("the check value of this CRC")
                .isEqualTo(0x89a1897f);
    }

    @Test
    void aGapIsFilledSoThatTheRestStaysInTime() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        OggOpusWriter writer = new OggOpusWriter(file, 1, 1);
        byte[] packet = {(byte) 0xf8, 1, 2};
        writer.write(EncodedFrame.audio(Payloads.OPUS, 0, packet));
        writer.write(EncodedFrame.audio(Payloads.OPUS, 960 * 4, packet));
        assertThat(writer.write(EncodedFrame.audio(Payloads.OPUS, 960, packet)))
                .as("late")
                .isFalse();
        assertThat(writer.write(EncodedFrame.audio(Payloads.OPUS, 960 * 9, new byte[] {(byte) 0xfb, 0})))
                .isFalse();
        writer.finish();
        OggOpusReader reader = new OggOpusReader(new ByteArrayInputStream(file.toByteArray()));
        List<Integer> lengths = new ArrayList<>();
        for (EncodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
            lengths.add(frame.bytes().length);
        }
        assertThat(lengths).containsExactly(3, 1, 1, 1, 3);
    }

    @Test
    void aPageWithAWrongCrcIsPassedOverAndTheNextIsRead() throws IOException {
        byte[] file = ogg(200);
        int third = find(file, "OggS", 3);
        file[third + 200] ^= 1;
        OggOpusReader reader = new OggOpusReader(new ByteArrayInputStream(file));
        int read = 0;
        while (reader.next() != null) {
            read++;
        }
        assertThat(reader.damagedPages()).isEqualTo(1);
        assertThat(read).isBetween(100, 199);
    }

    @Test
    void aGranulePositionThatGoesBackIsCounted() throws IOException {
        byte[] file = ogg(200);
        int page = find(file, "OggS", 4);
        LittleEndian.put64(file, page + 6, 5);
        repair(file, page);
        OggOpusReader reader = new OggOpusReader(new ByteArrayInputStream(file));
        int read = 0;
        while (reader.next() != null) {
            read++;
        }
        assertThat(read).isEqualTo(200);
        assertThat(reader.granulesBack()).isEqualTo(1);
    }

    @Test
    void samplesOfWavComeBackAsTheyWent() throws IOException {
        short[] samples = new short[10_000];
        new Random(1).ints(10_000).forEach(i -> samples[Math.floorMod(i, 10_000)] = (short) i);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        WavWriter writer = new WavWriter(file, new WavFormat(16_000, 2));
        writer.write(samples, 0, 4_000);
        writer.write(samples, 4_000, 6_000);
        WavReader reader = new WavReader(new ByteArrayInputStream(file.toByteArray()));
        assertThat(reader.format()).isEqualTo(new WavFormat(16_000, 2));
        short[] read = new short[10_000];
        int count = 0;
        for (int n = reader.read(read, 0, 10_000); n > 0; n = reader.read(read, count, 10_000 - count)) {
            count += n;
        }
        assertThat(count).isEqualTo(10_000);
        assertThat(read).isEqualTo(samples);
        assertThat(writer.dataBytes()).isEqualTo(20_000);
        assertThat(WavWriter.header(new WavFormat(16_000, 2), 20_000)).endsWith(Payloads.hex("64617461 204e0000"));
    }

    @Test
    void aWavFileOfALengthOf32OnesIsReadToItsEnd() throws IOException {
        byte[] file = wav(10);
        assertThat(LittleEndian.u32(file, 40)).isEqualTo(WavWriter.UNKNOWN);
        assertThat(new WavReader(new ByteArrayInputStream(file)).read(new short[100], 0, 100))
                .isEqualTo(20);
    }

    @Test
    void lawsAndStrangeChunksOfWavAreRead() throws IOException {
        String file = "52494646 00000000 57415645 4c495354 03000000 616263 00"
                + " 666d7420 12000000 0700 0100 401f0000 401f0000 0100 0800 0000"
                + " 64617461 02000000 80ff";
        short[] samples = new short[4];
        WavReader reader = new WavReader(new ByteArrayInputStream(Payloads.hex(file)));
        assertThat(reader.read(samples, 0, 4)).isEqualTo(2);
        assertThat(samples).startsWith(32_124, 0);
        assertThatIOException()
                .isThrownBy(() ->
                        new WavReader(new ByteArrayInputStream(Payloads.hex(file.replace("0100 0800", "0100 1800")))));
        assertThatIOException()
                .isThrownBy(() ->
                        new WavReader(new ByteArrayInputStream(Payloads.hex(file.replace("0700 0100", "0700 0000")))));
    }

    @Test
    void aKeyFrameTellsItsSize() {
        CodecDescription vp9 = CodecDescription.video("VP9", "");
        assertThat(VideoBitstream.size(Payloads.VP8, Payloads.hex("10 0000 9d012a 8042 6841")))
                .isEqualTo(new VideoBitstream.Size(640, 360));
        // Profile 0, colour space 2, then 319 and 239 in 16 bits each.
        assertThat(VideoBitstream.size(vp9, Payloads.hex("82 498342 20 13f0 0ef0 00")))
                .isEqualTo(new VideoBitstream.Size(320, 240));
        assertThat(VideoBitstream.size(vp9, Payloads.hex("86 498342 20 13f0 0ef0 00")))
                .isNull();
        assertThat(VideoBitstream.size(Payloads.VP8, Payloads.hex("10 0000"))).isNull();
    }

    static byte[] ogg(int packets) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        OggOpusWriter writer = new OggOpusWriter(file, 1, 7);
        byte[] packet = new byte[300];
        packet[0] = (byte) 0xf8;
        for (int i = 0; i < packets; i++) {
            writer.write(EncodedFrame.audio(Payloads.OPUS, i * 960L, packet));
        }
        writer.finish();
        return file.toByteArray();
    }

    static byte[] wav(int moments) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        new WavWriter(file, new WavFormat(48_000, 2)).write(new short[moments * 2], 0, moments * 2);
        return file.toByteArray();
    }

    static byte[] ivf(long rate, long scale, long time, byte[] frame) {
        byte[] file = new byte[32 + 12 + frame.length];
        System.arraycopy(Payloads.hex("444b4946 0000 2000 56503830 8002 6801"), 0, file, 0, 16);
        LittleEndian.put32(file, 16, rate);
        LittleEndian.put32(file, 20, scale);
        LittleEndian.put32(file, 32, frame.length);
        LittleEndian.put64(file, 36, time);
        System.arraycopy(frame, 0, file, 44, frame.length);
        return file;
    }

    private static int find(byte[] file, String text, int count) {
        int found = 0;
        for (int i = 0; i + 4 <= file.length; i++) {
            if (new String(file, i, 4, StandardCharsets.ISO_8859_1).equals(text) && ++found == count) {
                return i;
            }
        }
        throw new AssertionError(text);
    }

    private static void repair(byte[] file, int page) {
        int segments = file[page + 26] & 0xff;
        int length = 27 + segments;
        for (int i = 0; i < segments; i++) {
            length += file[page + 27 + i] & 0xff;
        }
        LittleEndian.put32(file, page + 22, 0);
        LittleEndian.put32(file, page + 22, OggPage.crc(0, file, page, length));
    }
}
