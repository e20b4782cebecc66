package org.webrtc4j.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.PayloadFormats;
import org.webrtc4j.media.assembly.AssemblyOptions;
import org.webrtc4j.media.assembly.AssemblySink;
import org.webrtc4j.media.assembly.AssemblyStats;
import org.webrtc4j.media.assembly.FrameAssembler;
import org.webrtc4j.media.playout.VideoPlayoutStats;
import org.webrtc4j.rtp.ReceiveStream;
import org.webrtc4j.rtp.RtpPacket;

/**
 * Puts the frames of one receiver's streams together, each stream by an assembler of its own, while somebody takes them.
 * Confined to the loop.
 */
final class FrameAssembly {

    /** One stream: its counters stay while it is received, its assembler while frames are taken. */
    private final class Stream implements AssemblySink {

        final ReceiveStream received;
        final FrameCounts counts = new FrameCounts();

        @Nullable
        FrameAssembler assembler;

        /** Once a packet has come with a descriptor. */
        @Nullable
        DescribedFrames described;

        Stream(ReceiveStream received) {
            this.received = received;
        }

        @Override
        public void onFrame(EncodedFrame assembled, long arrivalNanos) {
            DescribedFrames known = described;
            FrameFacts facts = known == null ? null : known.of(assembled);
            EncodedFrame frame = facts == null ? assembled : layered(assembled, facts);
            counts.onFrame(frame, arrivalNanos);
            FrameStage between = stage;
            if (between == null) {
                give(received, frame, arrivalNanos);
            } else {
                between.onFrame(received, frame, facts, payloadType(frame), arrivalNanos);
            }
        }

        /** VP8 and VP9 say in their payloads what they are. */
        private EncodedFrame layered(EncodedFrame frame, FrameFacts facts) {
            return frame.codec().is("video/AV1")
                    ? new EncodedFrame(frame.codec(), frame.key(), frame.timestamp(), frame.bytes(), facts.layers())
                    : frame;
        }

        @Override
        public void onKeyFrameNeeded() {
            received.requestKeyFrame();
        }
    }

    private final @Nullable CodecDescription[] codecs;
    private final List<FrameTap> taps = new ArrayList<>();
    private final List<Stream> streams = new ArrayList<>();

    /** Whose packet came last: the next one is nearly always its too. */
    private @Nullable Stream latest;

    private FrameDrops drops = new FrameDrops();
    private @Nullable FrameStage stage;

    /**
     * Makes one without streams.
     *
     * @param codecs by payload type, as negotiated; read at {@link #follow} and when a stream begins
     */
    FrameAssembly(@Nullable CodecDescription[] codecs) {
        this.codecs = codecs;
    }

    void addTap(FrameTap tap) {
        taps.add(tap);
    }

    /** Without takers nothing is put together. */
    void removeTap(FrameTap tap) {
        taps.remove(tap);
        streams.forEach(each -> {
            if (!isWanted(each.received)) {
                stop(each);
            }
        });
    }

    /** Hands a frame to the taps of its stream. */
    void give(ReceiveStream received, EncodedFrame frame, long arrivalNanos) {
        for (int i = 0; i < taps.size(); i++) {
            if (taps.get(i).takes(received)) {
                taps.get(i).onFrame(received, frame, arrivalNanos);
            }
        }
    }

    /** Sets what stands between frames and taps; null for nothing. */
    void stage(@Nullable FrameStage between) {
        stage = between;
        streams.forEach(each -> {
            if (!isWanted(each.received)) {
                stop(each);
            }
        });
    }

    private int payloadType(EncodedFrame frame) {
        for (int type = 0; type < codecs.length; type++) {
            if (frame.codec().equals(codecs[type])) {
                return type;
            }
        }
        return OutboundMedia.NONE;
    }

    boolean isWanted(ReceiveStream received) {
        if (stage != null) {
            return true;
        }
        for (int i = 0; i < taps.size(); i++) {
            if (taps.get(i).takes(received)) {
                return true;
            }
        }
        return false;
    }

    /** The codecs were negotiated anew. */
    void follow() {
        for (Stream each : streams) {
            FrameAssembler assembler = each.assembler;
            if (assembler != null) {
                setFormats(assembler);
            }
        }
    }

    /** Forgets all streams but these; what was dropped of their frames stays counted. */
    void retain(List<ReceiveStream> received) {
        streams.removeIf(each -> {
            boolean gone = !received.contains(each.received);
            if (gone) {
                stop(each);
            }
            return gone;
        });
        latest = null;
    }

    /** Tells whether a stream has begun. */
    boolean knows(ReceiveStream received) {
        return find(received) != null;
    }

    /** Takes a packet; its stream begins with the first. Descriptors of dependencies have the identifier given, or 0. */
    void handlePacket(ReceiveStream received, RtpPacket packet, boolean video, int descriptorId) {
        Stream stream = find(received);
        if (stream == null) {
            stream = new Stream(received);
            streams.add(stream);
        }
        latest = stream;
        FrameAssembler assembler = stream.assembler;
        if (assembler == null) {
            assembler = new FrameAssembler(video ? AssemblyOptions.video() : AssemblyOptions.audio(), stream);
            setFormats(assembler);
            stream.assembler = assembler;
        }
        if (descriptorId != 0 && packet.hasExtension(descriptorId)) {
            DescribedFrames described = stream.described;
            if (described == null) {
                described = new DescribedFrames();
                stream.described = described;
            }
            described.onPacket(packet, descriptorId);
        }
        assembler.handlePacket(
                packet.payloadType(),
                packet.array(),
                packet.payloadOffset(),
                packet.payloadLength(),
                packet.unwrappedSequence(),
                packet.unwrappedTimestamp(),
                packet.marker(),
                packet.arrivalNanos());
    }

    private @Nullable Stream find(ReceiveStream received) {
        Stream last = latest;
        if (last != null && last.received == received) {
            return last;
        }
        for (int i = 0; i < streams.size(); i++) {
            Stream each = streams.get(i);
            if (each.received == received) {
                return each;
            }
        }
        return null;
    }

    private void stop(Stream stream) {
        FrameAssembler assembler = stream.assembler;
        if (assembler != null) {
            AssemblyStats last = assembler.stats();
            drops.add(last);
            stream.counts.dropped += last.framesDropped();
            stream.assembler = null;
        }
    }

    private void setFormats(FrameAssembler assembler) {
        for (int type = 0; type < codecs.length; type++) {
            CodecDescription codec = codecs[type];
            if (codec != null) {
                int carried = PayloadFormats.carriedBy(codec);
                CodecDescription blocks = carried < 0 ? null : codecs[carried];
                if (blocks == null) {
                    assembler.setFormat(type, codec);
                } else {
                    assembler.setFormat(type, codec, blocks);
                }
            }
        }
    }

    void handleTimeout(long nowNanos) {
        for (int i = 0; i < streams.size(); i++) {
            FrameAssembler assembler = streams.get(i).assembler;
            long due = assembler == null ? ProtocolEngine.NEVER : assembler.nextTimeout();
            if (assembler != null && due != ProtocolEngine.NEVER && due - nowNanos <= 0) {
                assembler.handleTimeout(nowNanos);
            }
        }
    }

    long nextTimeout() {
        long next = ProtocolEngine.NEVER;
        for (int i = 0; i < streams.size(); i++) {
            FrameAssembler assembler = streams.get(i).assembler;
            if (assembler != null) {
                next = Math.min(next, assembler.nextTimeout());
            }
        }
        return next;
    }

    /** The counters of a stream; null before somebody took frames of it. */
    @Nullable
    FrameStats stats(ReceiveStream received, long nowNanos) {
        Stream stream = find(received);
        if (stream == null) {
            return null;
        }
        FrameAssembler assembler = stream.assembler;
        long dropped = assembler == null ? 0 : assembler.stats().framesDropped();
        return stream.counts.snapshot(dropped, nowNanos, playout(received));
    }

    private @Nullable VideoPlayoutStats playout(ReceiveStream received) {
        for (FrameTap each : taps) {
            VideoPlayoutStats played = each.playout(received);
            if (played != null) {
                return played;
            }
        }
        return null;
    }

    /** The frames that were dropped, of all streams so far. */
    Map<String, Long> drops() {
        FrameDrops all = new FrameDrops();
        all.add(drops);
        for (Stream each : streams) {
            FrameAssembler assembler = each.assembler;
            if (assembler != null) {
                all.add(assembler.stats());
            }
        }
        return all.byReason();
    }

    /** Counts dropped frames from zero again. */
    void forgetDrops() {
        drops = new FrameDrops();
    }
}
