package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.codec.AudioEncoder;
import org.webrtc4j.media.codec.CodecRegistry;

/** Sound through ffmpeg's codecs and GStreamer's payloaders: the same samples, to the bit. */
class SoundOraclesTest {

    private static final String SWEEP =
            "-f lavfi -i aevalsrc=0.4*sin(2*PI*t*(200+1500*t))+0.2*random(0)-0.1:s=16000:d=2";
    private static final CodecDescription G722 = CodecDescription.audio("G722", 8_000, 1, "");

    @TempDir
    Path folder;

    @BeforeAll
    static void programs() throws Exception {
        Programs.require("ffmpeg", "gst-launch-1.0");
    }

    private byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    /** Big-endian samples. */
    private short[] samples(String file) throws IOException {
        byte[] bytes = bytes(file);
        short[] samples = new short[bytes.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (bytes[2 * i] << 8 | (bytes[2 * i + 1] & 0xff));
        }
        return samples;
    }

    private static short[] decode(CodecDescription codec, List<byte[]> packets) {
        AudioDecoder decoder = Objects.requireNonNull(CodecRegistry.builtIn().audioDecoder(codec, 48_000, 2));
        short[] out = new short[decoder.maxSamples() * decoder.channels()];
        short[] all = new short[0];
        for (byte[] packet : packets) {
            int count = decoder.decode(packet, 0, packet.length, out) * decoder.channels();
            all = Arrays.copyOf(all, all.length + count);
            System.arraycopy(out, 0, all, all.length - count, count);
        }
        return all;
    }

    private static List<EncodedFrame> encode(CodecDescription codec, short[] samples) {
        AudioEncoder encoder = Objects.requireNonNull(CodecRegistry.builtIn().audioEncoder(codec));
        List<EncodedFrame> frames = new ArrayList<>();
        int length = encoder.frameSamples() * encoder.channels();
        long ticks = (long) encoder.frameSamples() * codec.clockRate() / encoder.sampleRate();
        for (int at = 0; at + length <= samples.length; at += length) {
            frames.add(EncodedFrame.audio(codec, frames.size() * ticks, encoder.encode(samples, at)));
        }
        return frames;
    }

    private static byte[] joined(List<EncodedFrame> frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(frame -> all.writeBytes(frame.bytes()));
        return all.toByteArray();
    }

    @Test
    void g722OfFfmpegIsDecodedAsFfmpegDoesAndOursDecodesThereAsHere() throws Exception {
        Programs.ffmpeg(folder, SWEEP + " -f s16be sound.raw");
        Programs.ffmpeg(folder, "-f s16be -ar 16000 -ac 1 -i sound.raw -c:a g722 -f g722 theirs.g722");
        Programs.ffmpeg(folder, "-f g722 -i theirs.g722 -f s16be decoded.raw");
        byte[] theirs = bytes("theirs.g722");
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at < theirs.length; at += 160) {
            packets.add(Arrays.copyOfRange(theirs, at, Math.min(theirs.length, at + 160)));
        }
        assertThat(decode(G722, packets)).hasSize(32_000).isEqualTo(samples("decoded.raw"));

        List<EncodedFrame> ours = encode(G722, samples("sound.raw"));
        assertThat(joined(ours)).isEqualTo(theirs);
        Files.write(folder.resolve("ours.g722"), joined(ours));
        Programs.ffmpeg(folder, "-f g722 -i ours.g722 -f s16be back.raw");
        assertThat(samples("back.raw"))
                .isEqualTo(decode(G722, ours.stream().map(EncodedFrame::bytes).toList()));
    }

    @Test
    void g722TravelsWithAClockOf8000FromAndToGStreamer() throws Exception {
        Programs.ffmpeg(folder, SWEEP + " -c:a g722 -f g722 sound.g722");
        Programs.gstreamer(
                folder,
                "filesrc location=sound.g722 blocksize=160 ! audio/G722,rate=16000,channels=1 ! rtpg722pay"
                        + " max-ptime=20000000 ! rtpstreampay ! filesink location=theirs.rtp");
        List<byte[]> packets = RtpFile.read(folder.resolve("theirs.rtp"));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            all.writeBytes(RtpFile.payload(packet));
        }
        assertThat(all.toByteArray()).isEqualTo(bytes("sound.g722"));
        List<EncodedFrame> ours = new ArrayList<>();
        long timestamp = 0;
        for (byte[] packet : packets) {
            byte[] payload = RtpFile.payload(packet);
            ours.add(EncodedFrame.audio(G722, timestamp, payload));
            // RFC 3551 section 4.5.2: a clock of 8000, and 8 bits for two samples of 16000.
            timestamp += payload.length;
        }
        RtpFile.write(folder.resolve("ours.rtp"), RtpFile.packets(G722, ours));
        Programs.gstreamer(
                folder,
                "filesrc location=ours.rtp ! application/x-rtp-stream,media=audio,clock-rate=8000,encoding-name=G722,"
                        + "payload=96 ! rtpstreamdepay ! rtpg722depay ! filesink location=back.g722");
        assertThat(bytes("back.g722")).isEqualTo(bytes("sound.g722"));
    }

    @ParameterizedTest
    @CsvSource({"8000,1", "16000,1", "44100,1", "44100,2", "48000,2"})
    void l16IsTheSameSamplesFromAndToGStreamer(int rate, int channels) throws Exception {
        CodecDescription l16 = CodecDescription.audio("L16", rate, channels, "");
        String right = channels == 2 ? "|0.3*sin(2*PI*700*t)" : "";
        Programs.ffmpeg(
                folder, "-f lavfi -i aevalsrc=0.4*sin(2*PI*440*t)" + right + ":s=" + rate + ":d=1 -f s16be sound.raw");
        Programs.gstreamer(
                folder,
                "filesrc location=sound.raw ! audio/x-raw,format=S16BE,layout=interleaved,rate=" + rate + ",channels="
                        + channels + " ! rtpL16pay mtu=1000 ! rtpstreampay ! filesink location=theirs.rtp");
        List<byte[]> payloads = RtpFile.read(folder.resolve("theirs.rtp")).stream()
                .map(RtpFile::payload)
                .toList();
        short[] sound = samples("sound.raw");
        assertThat(decode(l16, payloads)).isEqualTo(sound);

        List<EncodedFrame> ours = encode(l16, sound);
        RtpFile.write(folder.resolve("ours.rtp"), RtpFile.packets(l16, ours));
        Programs.gstreamer(
                folder,
                "filesrc location=ours.rtp ! application/x-rtp-stream,media=audio,clock-rate=" + rate
                        + ",encoding-name=L16,encoding-params=(string)" + channels + ",channels=" + channels
                        + ",payload=96 ! rtpstreamdepay ! rtpL16depay ! filesink location=back.raw");
        assertThat(samples("back.raw")).isEqualTo(Arrays.copyOf(sound, joined(ours).length / 2));
    }
}
