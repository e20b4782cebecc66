package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.file.IvfReader;
import org.webrtc4j.media.h264.AnnexB;

/** Video that ffmpeg encodes, in RTP from and to GStreamer and ffmpeg: the same bitstream comes out, to the bit. */
class PayloadOraclesTest {

    private static final int FRAMES = 40;
    private static final int KEY_FRAMES = 2;
    private static final String PICTURES = "-f lavfi -i testsrc2=size=320x240:rate=25 -frames:v " + FRAMES;
    private static final CodecDescription H264 = CodecDescription.video("H264", "packetization-mode=1");
    private static final CodecDescription H265 = CodecDescription.video("H265", "");

    @TempDir
    Path folder;

    @BeforeAll
    static void programs() throws Exception {
        Programs.require("ffmpeg", "gst-launch-1.0");
    }

    private static CodecDescription codec(String name) {
        return name.equals("H264") ? H264 : CodecDescription.video(name, "");
    }

    private static String caps(String name) {
        return "application/x-rtp-stream,media=video,clock-rate=90000,encoding-name=" + name + ",payload=96";
    }

    /** Several slices and a delimiter for each picture; key frames with their parameter sets. */
    private void encode(String name) throws Exception {
        switch (name) {
            case "H265" ->
                Programs.ffmpeg(
                        folder,
                        PICTURES + " -c:v libx265 -preset ultrafast -b:v 800k -x265-params"
                                + " keyint=20:repeat-headers=1:slices=2:aud=1:log-level=none -f hevc clip.bits");
            case "H264" ->
                Programs.ffmpeg(
                        folder,
                        PICTURES + " -c:v libx264 -preset ultrafast -b:v 800k -x264-params keyint=20:slices=3:aud=1"
                                + " -f h264 clip.bits");
            default ->
                Programs.ffmpeg(
                        folder,
                        PICTURES + " -c:v libvpx" + (name.equals("VP9") ? "-vp9" : "")
                                + " -deadline realtime -cpu-used 8 -auto-alt-ref 0 -g 20 -b:v 800k -f ivf clip.bits");
        }
    }

    private static boolean hasUnits(String name) {
        return name.startsWith("H");
    }

    /** Short enough to be looked at: the length, and the beginning of the hash. */
    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return bytes.length + ":" + HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** NAL units, or the frames of an IVF file, by their digests. */
    private static List<String> parts(String name, byte[] bytes) throws IOException {
        List<String> parts = new ArrayList<>();
        if (hasUnits(name)) {
            AnnexB units = new AnnexB(bytes);
            while (units.advance()) {
                parts.add(digest(Arrays.copyOfRange(bytes, units.offset(), units.offset() + units.length())));
            }
        } else {
            IvfReader reader = new IvfReader(new ByteArrayInputStream(bytes));
            for (EncodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                parts.add(digest(frame.bytes()));
            }
        }
        return parts;
    }

    private List<String> parts(String name, String file) throws IOException {
        return parts(name, Files.readAllBytes(folder.resolve(file)));
    }

    /** Access units behind each other are a byte stream, in which zeros before a start code are no part of a unit. */
    private static List<String> parts(String name, List<EncodedFrame> frames) throws IOException {
        List<String> parts = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (EncodedFrame frame : frames) {
            stream.writeBytes(frame.bytes());
            if (!hasUnits(name)) {
                parts.add(digest(frame.bytes()));
            }
        }
        return hasUnits(name) ? parts(name, stream.toByteArray()) : parts;
    }

    /** The clip through GStreamer's payloader. */
    private List<byte[]> sentByGStreamer(String name, String options) throws Exception {
        String lower = name.toLowerCase(Locale.ROOT);
        String parser = hasUnits(name) ? lower + "parse" : "ivfparse";
        Programs.gstreamer(
                folder,
                "filesrc location=clip.bits ! " + parser + " ! rtp" + lower + "pay mtu=1000 " + options
                        + " ! rtpstreampay ! filesink location=clip.rtp");
        return RtpFile.read(folder.resolve("clip.rtp"));
    }

    @ParameterizedTest
    @CsvSource({
        "H265, aggregate-mode=none",
        "H265, aggregate-mode=zero-latency",
        "H265, aggregate-mode=max",
        "H264, aggregate-mode=none",
        "H264, aggregate-mode=zero-latency",
        "VP8, picture-id-mode=2",
        "VP9, picture-id-mode=2"
    })
    void whatGStreamerSendsIsTheBitstreamThatWasEncoded(String name, String options) throws Exception {
        encode(name);
        List<EncodedFrame> frames = RtpFile.frames(codec(name), sentByGStreamer(name, options), true);
        assertThat(parts(name, frames)).isEqualTo(parts(name, "clip.bits"));
        assertThat(frames).hasSize(FRAMES);
        assertThat(frames.stream().filter(EncodedFrame::key)).hasSize(KEY_FRAMES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H265", "H264", "VP8", "VP9"})
    void whatGStreamerReceivesFromUsIsTheBitstreamThatWasEncoded(String name) throws Exception {
        encode(name);
        List<EncodedFrame> frames = RtpFile.frames(codec(name), sentByGStreamer(name, "pt=96"), true);
        RtpFile.write(folder.resolve("ours.rtp"), RtpFile.packets(codec(name), frames));

        String lower = name.toLowerCase(Locale.ROOT);
        String end = hasUnits(name) ? "video/x-" + lower + ",stream-format=byte-stream,alignment=au" : "identity";
        Programs.gstreamer(
                folder,
                "filesrc location=ours.rtp ! " + caps(name) + " ! rtpstreamdepay ! rtp" + lower + "depay ! " + end
                        + " ! filesink location=back.bits");
        if (hasUnits(name)) {
            assertThat(parts(name, "back.bits")).isEqualTo(parts(name, "clip.bits"));
        } else {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            frames.forEach(frame -> sent.writeBytes(frame.bytes()));
            assertThat(digest(Files.readAllBytes(folder.resolve("back.bits")))).isEqualTo(digest(sent.toByteArray()));
        }
    }

    /**
     * Of a picture that lost a packet nothing comes; those whose packets all came, and all of the picture before, come. The
     * first picture is spared: by it the formats of NAL units learn what pictures of the stream begin with.
     */
    @ParameterizedTest
    @ValueSource(strings = {"H265", "H264", "VP8", "VP9"})
    void atFivePercentLossEachFrameIsOneThatWasSentAndNoneWithoutALossIsMissing(String name) throws Exception {
        encode(name);
        String options = name.equals("VP8") || name.equals("VP9") ? "picture-id-mode=2" : "aggregate-mode=zero-latency";
        List<byte[]> sent = sentByGStreamer(name, options);
        List<EncodedFrame> whole = RtpFile.frames(codec(name), sent, false);
        assertThat(whole).hasSize(FRAMES);
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<byte[]> arrived = new ArrayList<>();
            Set<String> expected = new HashSet<>();
            boolean intact = true;
            boolean before = true;
            int picture = 0;
            for (byte[] packet : sent) {
                boolean lost = random.nextInt(20) == 0 && picture > 0;
                intact &= !lost;
                if (!lost) {
                    arrived.add(packet);
                }
                if (RtpFile.isMarked(packet)) {
                    if (intact && before) {
                        expected.add(digest(whole.get(picture).bytes()));
                    }
                    before = intact;
                    intact = true;
                    picture++;
                }
            }
            List<EncodedFrame> frames = RtpFile.frames(codec(name), arrived, false);
            List<String> came =
                    frames.stream().map(frame -> digest(frame.bytes())).toList();
            assertThat(came).as("seed %d", seed).containsAll(expected);
            assertThat(whole.stream().map(frame -> digest(frame.bytes())))
                    .as("seed %d", seed)
                    .containsAll(came);
            assertThat(expected).as("seed %d", seed).isNotEmpty().hasSizeLessThan(FRAMES);
        }
    }

    @Test
    void h265ThatFfmpegSendsIsTheBitstreamThatWasEncoded() throws Exception {
        encode("H265");
        List<byte[]> packets = new ArrayList<>();
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setReceiveBufferSize(4 << 20);
            socket.setSoTimeout(3_000);
            Process ffmpeg = Programs.start(
                    folder,
                    List.of(
                            ("ffmpeg -v error -nostdin -re -framerate 25 -f hevc -i clip.bits -c copy -payload_type 96 -f rtp"
                                            + " rtp://127.0.0.1:" + socket.getLocalPort() + "?pkt_size=1000")
                                    .split(" ")));
            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            try {
                while (packets.stream().filter(RtpFile::isMarked).count() < FRAMES) {
                    socket.receive(packet);
                    packets.add(Arrays.copyOf(packet.getData(), packet.getLength()));
                }
            } finally {
                Programs.finish(folder, ffmpeg);
            }
        }
        List<EncodedFrame> frames = RtpFile.frames(H265, packets, true);
        assertThat(parts("H265", frames)).isEqualTo(parts("H265", "clip.bits"));
        assertThat(frames).hasSize(FRAMES);
    }

    @Test
    void h265ThatFfmpegReceivesFromUsDecodesToTheSamePictures() throws Exception {
        encode("H265");
        List<EncodedFrame> frames = new ArrayList<>();
        for (EncodedFrame frame : RtpFile.frames(H265, sentByGStreamer("H265", "aggregate-mode=max"), true)) {
            frames.add(EncodedFrame.video(H265, frame.key(), frames.size() * 3_600L, frame.bytes()));
        }
        List<byte[]> packets = RtpFile.packets(H265, frames);
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(
                folder.resolve("ours.sdp"),
                "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video " + port
                        + " RTP/AVP 96\r\na=rtpmap:96 H265/90000\r\n");
        Process ffmpeg = Programs.start(
                folder,
                List.of(("ffmpeg -v error -nostdin -y -protocol_whitelist file,udp,rtp -analyzeduration 1M -i ours.sdp"
                                + " -c copy -frames:v " + FRAMES + " -f hevc back.bits")
                        .split(" ")));
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (!Programs.isBound(port) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(20_000_000);
            }
            for (byte[] packet : packets) {
                socket.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
                // Paced as a sender would: a burst may be larger than the buffer of the receiver's socket.
                LockSupport.parkNanos(2_000_000);
            }
        }
        Programs.finish(folder, ffmpeg);
        assertThat(parts("H265", "back.bits")).isEqualTo(parts("H265", "clip.bits"));
        Programs.ffmpeg(folder, "-f hevc -i clip.bits -f framemd5 clip.md5");
        Programs.ffmpeg(folder, "-f hevc -i back.bits -f framemd5 back.md5");
        assertThat(pictures("back.md5")).hasSize(FRAMES).isEqualTo(pictures("clip.md5"));
    }

    private List<String> pictures(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }
}
