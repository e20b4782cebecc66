package org.webrtc4j.media.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Payloads;

class WebmTest {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final int SECONDS = 12;

    private static EncodedFrame picture(int number, boolean key) {
        byte[] bytes = new byte[20];
        bytes[0] = (byte) (key ? 0x10 : 0x11);
        bytes[3] = (byte) 0x9d;
        bytes[4] = 0x01;
        bytes[5] = 0x2a;
        bytes[6] = 64;
        bytes[8] = 36;
        bytes[12] = (byte) number;
        return EncodedFrame.video(VP8, key, number * 9_000L, bytes);
    }

    /** Ten pictures a second, of which each thirtieth is a key frame, and a packet of sound each 100 ms. */
    private static byte[] file(boolean finished) throws IOException {
        MemoryFile file = new MemoryFile(finished);
        WebmWriter writer = new WebmWriter(file, formats());
        for (int i = 0; i < SECONDS * 10; i++) {
            assertThat(writer.write(0, i * 100_000L, picture(i, i % 30 == 0))).isTrue();
            assertThat(writer.write(1, i * 100_000L, EncodedFrame.audio(Payloads.OPUS, 0, new byte[] {(byte) 0xf8, 1})))
                    .isTrue();
        }
        if (finished) {
            writer.finish();
        }
        return file.bytes();
    }

    private static List<MediaTrackFormat> formats() {
        return List.of(
                Objects.requireNonNull(MediaTrackFormat.video(picture(0, true))),
                MediaTrackFormat.audio(Payloads.OPUS));
    }

    private static int count(MediaFileReader reader) throws IOException {
        int count = 0;
        while (reader.next() != null) {
            count++;
        }
        return count;
    }

    @Test
    void aFinishedFileTellsItsDurationAndTracks() throws IOException {
        WebmReader reader = new WebmReader(new ByteArrayInputStream(file(true)));
        assertThat(reader.durationMicros()).isEqualTo(SECONDS * 1_000_000L);
        assertThat(reader.tracks()).hasSize(2);
        assertThat(reader.tracks().get(0).width()).isEqualTo(64);
        assertThat(reader.tracks().get(0).height()).isEqualTo(36);
        assertThat(count(reader)).isEqualTo(2 * SECONDS * 10);
        assertThat(reader.truncated()).isFalse();
        assertThat(reader.seek(0)).as("a stream cannot seek").isFalse();
    }

    @Test
    void aLiveFileIsReadWithoutDuration() throws IOException {
        WebmReader reader = new WebmReader(new ByteArrayInputStream(file(false)));
        assertThat(reader.durationMicros()).isEqualTo(-1);
        assertThat(count(reader)).isEqualTo(2 * SECONDS * 10);
    }

    @Test
    void seekingGoesToTheKeyFrameBeforeWithAnIndexAndWithout() throws IOException {
        for (boolean finished : new boolean[] {true, false}) {
            WebmReader reader = new WebmReader(MemoryFile.opener(file(finished)));
            for (long[] each :
                    new long[][] {{7_500_000, 6_000_000}, {0, 0}, {99_000_000, 9_000_000}, {3_000_000, 3_000_000}}) {
                assertThat(reader.seek(each[0])).isTrue();
                TimedFrame first = Objects.requireNonNull(reader.next());
                assertThat(first.timeMicros()).isEqualTo(each[1]);
                assertThat(first.frame().key()).isTrue();
                assertThat(first.track()).isZero();
            }
            assertThat(count(reader)).isEqualTo(2 * 90 - 1);
            reader.close();
        }
    }

    @Test
    void aFileCutAtAnyByteIsReadAsFarAsItGoes() throws IOException {
        byte[] file = file(true);
        int before = 0;
        for (int length = 0; length < file.length; length++) {
            int read = 0;
            try {
                WebmReader reader = new WebmReader(new ByteArrayInputStream(file, 0, length));
                read = count(reader);
            } catch (IOException e) {
                assertThat(before).as("once it could be read at all").isZero();
            }
            assertThat(read).isGreaterThanOrEqualTo(before);
            before = read;
        }
        assertThat(before).isEqualTo(2 * SECONDS * 10);
    }

    @Test
    void framesThatGoBackInTimeAreLeftOut() throws IOException {
        WebmWriter writer = new WebmWriter(new MemoryFile(false), formats());
        assertThat(writer.write(0, 100_000, picture(0, true))).isTrue();
        assertThat(writer.write(0, 50_000, picture(1, false))).isFalse();
        assertThat(writer.write(1, -5_000, EncodedFrame.audio(Payloads.OPUS, 0, new byte[] {0})))
                .isFalse();
        assertThat(writer.write(1, 50_000, EncodedFrame.audio(Payloads.OPUS, 0, new byte[] {0})))
                .as("before the cluster")
                .isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> writer.write(1, 0, picture(0, true)));
        writer.finish();
        assertThat(writer.write(0, 200_000, picture(2, false))).isFalse();
    }

    @Test
    void theIndexOfALongFileIsThinnedOut() throws IOException {
        MemoryCount file = new MemoryCount();
        WebmWriter writer = new WebmWriter(file, formats());
        for (int i = 0; i < 3 * WebmWriter.MAX_CUES; i++) {
            writer.write(0, i * 1_000_000L, picture(i, true));
        }
        long before = file.bytes;
        writer.finish();
        assertThat(file.bytes - before).isLessThan(WebmWriter.MAX_CUES * 20L);
    }

    private static final class MemoryCount implements FileOutput {
        private long bytes;

        @Override
        public void write(byte[] content, int offset, int length) {
            bytes += length;
        }
    }

    // --- what a stranger's file may say

    private static EbmlBuffer head() {
        return new EbmlBuffer()
                .master(Ebml.HEADER, new EbmlBuffer().text(Ebml.DOC_TYPE, "webm"))
                .open(Ebml.SEGMENT)
                .master(
                        Ebml.TRACKS,
                        new EbmlBuffer()
                                .master(
                                        Ebml.TRACK_ENTRY,
                                        new EbmlBuffer()
                                                .number(Ebml.TRACK_NUMBER, 1)
                                                .text(Ebml.CODEC_ID, "A_OPUS")
                                                .master(Ebml.AUDIO, new EbmlBuffer().number(Ebml.CHANNELS, 2))))
                .open(Ebml.CLUSTER)
                .number(Ebml.TIMESTAMP, 10);
    }

    private static WebmReader reader(EbmlBuffer file) throws IOException {
        return new WebmReader(new ByteArrayInputStream(file.toBytes()));
    }

    private static List<Integer> laced(int lacing, int... content) throws IOException {
        byte[] block = new byte[4 + content.length];
        block[0] = (byte) 0x81;
        block[3] = (byte) (0x80 | lacing);
        for (int i = 0; i < content.length; i++) {
            block[4 + i] = (byte) content[i];
        }
        WebmReader reader = reader(head().binary(Ebml.SIMPLE_BLOCK, block));
        List<Integer> lengths = new ArrayList<>();
        for (TimedFrame each = reader.next(); each != null; each = reader.next()) {
            lengths.add(each.frame().bytes().length);
            assertThat(each.timeMicros()).isEqualTo(10_000 + 20_000L * (lengths.size() - 1));
        }
        assertThat(reader.badBlocks()).isEqualTo(lengths.isEmpty() ? 1 : 0);
        return lengths;
    }

    @Test
    void lacedFramesAreTakenApart() throws IOException {
        // 0xf8 and 0x08 are Opus packets of one frame with 20 ms.
        assertThat(laced(Ebml.XIPH_LACING, 2, 1, 2, 0xf8, 0xf8, 0, 0xf8, 0, 0)).containsExactly(1, 2, 3);
        assertThat(laced(Ebml.FIXED_LACING, 1, 0xf8, 0, 0xf8, 0)).containsExactly(2, 2);
        assertThat(laced(Ebml.LACING, 2, 0x82, 0xbe, 0xf8, 0, 0xf8, 0xf8, 1, 2)).containsExactly(2, 1, 3);
        assertThat(laced(0, 0xf8)).containsExactly(1);
    }

    @Test
    void lacingThatReachesPastTheBlockIsLeftOut() throws IOException {
        assertThat(laced(Ebml.XIPH_LACING, 2, 255, 255)).isEmpty();
        assertThat(laced(Ebml.XIPH_LACING, 1, 9, 0xf8)).isEmpty();
        assertThat(laced(Ebml.XIPH_LACING)).isEmpty();
        assertThat(laced(Ebml.FIXED_LACING, 1, 0xf8, 0, 0)).isEmpty();
        assertThat(laced(Ebml.LACING, 1, 0x8f, 0xf8)).isEmpty();
        assertThat(laced(Ebml.LACING, 2, 0x81, 0x80, 0xf8, 0xf8)).isEmpty();
        assertThat(laced(Ebml.LACING, 1, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xf8))
                .isEmpty();
        assertThat(laced(Ebml.LACING, 1, 0)).isEmpty();
    }

    @Test
    void sizesThatAreUnknownOrGreaterThanAnyFileEndInAnErrorOrTheEnd() throws IOException {
        WebmReader unknown = reader(head().open(Ebml.SIMPLE_BLOCK));
        assertThatIOException().isThrownBy(unknown::next);
        WebmReader large = reader(head().id(Ebml.SIMPLE_BLOCK).big(1L << 56 | (1L << 56) - 2, 8));
        assertThatIOException().isThrownBy(large::next);
        WebmReader claimed = reader(head().id(Ebml.SIMPLE_BLOCK).size(MediaFileReader.MAX_FRAME_BYTES));
        assertThat(claimed.next()).isNull();
        assertThat(claimed.truncated()).isTrue();
        WebmReader skipped = reader(head().id(Ebml.VOID).big(1L << 56 | (1L << 56) - 2, 8));
        assertThat(skipped.next()).isNull();
        assertThat(skipped.truncated()).isTrue();
        assertThatIOException()
                .isThrownBy(() -> reader(new EbmlBuffer().id(Ebml.HEADER).big(1L << 56 | 1L << 55, 8)));
        assertThatIOException().isThrownBy(() -> reader(new EbmlBuffer().open(Ebml.HEADER)));
    }

    @Test
    void numbersThatMakeNoSenseAreRefusedOrPassedOver() throws IOException {
        WebmReader late = reader(head().number(Ebml.TIMESTAMP, Long.MAX_VALUE)
                .binary(Ebml.SIMPLE_BLOCK, new byte[] {(byte) 0x81, 0, 0, 0, (byte) 0xf8}));
        assertThat(late.next()).isNull();
        assertThat(late.badBlocks()).isEqualTo(1);
        WebmReader stranger = reader(head().binary(Ebml.SIMPLE_BLOCK, new byte[] {(byte) 0x85, 0, 0, 0, (byte) 0xf8})
                .binary(Ebml.SIMPLE_BLOCK, new byte[] {0, 0, 0, 0})
                .binary(Ebml.SIMPLE_BLOCK, new byte[0])
                .binary(Ebml.BLOCK_GROUP, new byte[] {1, 2, 3}));
        assertThat(stranger.next()).isNull();
        assertThat(stranger.badBlocks()).isEqualTo(3);
        EbmlBuffer scale = new EbmlBuffer()
                .master(Ebml.HEADER, new EbmlBuffer())
                .open(Ebml.SEGMENT)
                .master(Ebml.INFO, new EbmlBuffer().number(Ebml.TIMESTAMP_SCALE, 0));
        assertThatIOException().isThrownBy(() -> reader(scale));
        assertThatIOException()
                .isThrownBy(() ->
                        reader(new EbmlBuffer().master(Ebml.HEADER, new EbmlBuffer().text(Ebml.DOC_TYPE, "other"))));
        assertThatIOException().isThrownBy(() -> new WebmReader(new ByteArrayInputStream(new byte[100])));
    }

    @Test
    void anIndexThatPointsNowhereDoesNoHarm() throws IOException {
        byte[] file = file(true);
        byte[] cut = Arrays.copyOf(file, file.length - 20);
        WebmReader reader = new WebmReader(MemoryFile.opener(cut));
        assertThat(reader.seek(7_000_000)).isTrue();
        assertThat(Objects.requireNonNull(reader.next()).timeMicros()).isEqualTo(6_000_000);
    }
}
