package org.webrtc4j;

import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.playout.VideoPlayoutStats;
import org.webrtc4j.pipeline.FramePlayer;
import org.webrtc4j.pipeline.FrameTap;
import org.webrtc4j.pipeline.InboundMedia;
import org.webrtc4j.rtp.InboundTap;
import org.webrtc4j.rtp.ReceiveStream;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.voice.PcmPlayer;
import org.webrtc4j.voice.Playout;

/** Who takes what is received at the three levels: of all of a receiver, or of one stream of its simulcast. */
final class ReceiverTaps {

    private static final long UNHEARD = -1;

    private final Connection connection;
    private final InboundMedia inbound;
    private final @Nullable String rid;
    private final Supplier<Set<String>> groups;

    // On the loop.
    private @Nullable InboundTap packetTap;
    private @Nullable FrameTap frameTap;
    private long targetNanos;

    private @Nullable FramePlayer framePlayer;
    private @Nullable FrameTap framePlayerTap;

    private volatile @Nullable PcmPlayer player;
    private volatile long ssrc = UNHEARD;

    ReceiverTaps(Connection connection, InboundMedia inbound, @Nullable String rid, Supplier<Set<String>> groups) {
        this.connection = connection;
        this.inbound = inbound;
        this.rid = rid;
        this.groups = groups;
    }

    void packets(@Nullable RtpPacketTap tap) {
        InboundTap next = tap == null
                ? null
                : only((stream, packet) -> {
                    tap.onPacket(packet);
                    return true;
                });
        onLoop(() -> {
            if (packetTap != null) {
                inbound.removePacketTap(packetTap);
            }
            packetTap = next;
            if (next != null) {
                inbound.addPacketTap(next);
            }
        });
    }

    void frames(@Nullable EncodedFrameTap tap) {
        FrameTap next = tap == null ? null : new Frames((stream, frame, arrivalNanos) -> tap.onFrame(frame));
        onLoop(() -> {
            if (frameTap != null) {
                inbound.removeFrameTap(frameTap);
            }
            frameTap = next;
            if (next != null) {
                inbound.addFrameTap(next);
            }
        });
    }

    void pcm(int sampleRate, int channels, @Nullable PcmSink sink) {
        RuntimeCodecs codecs = connection.runtime().codecs();
        PcmPlayer next = sink == null
                ? null
                : new PcmPlayer(
                        new PcmPlayer.Surroundings(
                                connection.loop(),
                                codecs.executor(),
                                codecs,
                                inbound::codec,
                                groups,
                                connection::isClosed),
                        sampleRate,
                        channels,
                        sink);
        InboundTap tap = next == null ? null : only(next);
        onLoop(() -> {
            PcmPlayer before = player;
            if (before != null) {
                before.close();
                connection.syncGroups().remove(before);
            }
            if (playerTap != null) {
                inbound.removePacketTap(playerTap);
            }
            player = next;
            playerTap = tap;
            if (next != null && tap != null) {
                next.target(targetNanos);
                inbound.addPacketTap(tap);
                connection.syncGroups().add(next);
            }
        });
    }

    void playout(@Nullable EncodedFrameTap tap) {
        FramePlayer next =
                tap == null ? null : new FramePlayer(connection.loop(), groups, connection::isClosed, tap::onFrame);
        onLoop(() -> {
            FramePlayer before = framePlayer;
            if (before != null && framePlayerTap != null) {
                before.close();
                connection.syncGroups().remove(before);
                inbound.removeFrameTap(framePlayerTap);
            }
            framePlayer = next;
            framePlayerTap = next == null ? null : new Frames(next);
            if (next != null && framePlayerTap != null) {
                next.target(targetNanos);
                connection.syncGroups().add(next);
                inbound.addFrameTap(framePlayerTap);
            }
        });
    }

    /** Keeps what is played back at least so long. */
    void target(long nanos) {
        onLoop(() -> {
            targetNanos = nanos;
            PcmPlayer sound = player;
            if (sound != null) {
                sound.target(nanos);
            }
            FramePlayer pictures = framePlayer;
            if (pictures != null) {
                pictures.target(nanos);
            }
        });
    }

    /** The player's, as it is registered. On the loop. */
    private @Nullable InboundTap playerTap;

    /** How a stream is played, or null where it is not. */
    @Nullable
    Playout playout(long ofSsrc) {
        PcmPlayer current = player;
        Playout playout = current == null ? null : current.playout();
        return playout == null || playout.ssrc() != ofSsrc ? null : playout;
    }

    OptionalLong ssrc() {
        long heard = ssrc;
        return heard == UNHEARD ? OptionalLong.empty() : OptionalLong.of(heard);
    }

    private boolean isOf(ReceiveStream stream) {
        return rid == null || rid.equals(stream.rid());
    }

    private InboundTap only(InboundTap tap) {
        return rid == null ? tap : new OnlyLayer(tap);
    }

    private void heard(ReceiveStream stream) {
        if (ssrc != stream.ssrc()) {
            ssrc = stream.ssrc();
        }
    }

    private void onLoop(Runnable task) {
        connection.driver().execute(task);
    }

    private final class OnlyLayer implements InboundTap {

        private final InboundTap tap;

        OnlyLayer(InboundTap tap) {
            this.tap = tap;
        }

        @Override
        public boolean onPacket(ReceiveStream stream, RtpPacket packet) {
            if (isOf(stream)) {
                heard(stream);
                return tap.onPacket(stream, packet);
            }
            return true;
        }
    }

    private final class Frames implements FrameTap {

        private final FrameTap tap;

        Frames(FrameTap tap) {
            this.tap = tap;
        }

        @Override
        public void onFrame(ReceiveStream stream, EncodedFrame frame, long arrivalNanos) {
            heard(stream);
            tap.onFrame(stream, frame, arrivalNanos);
        }

        @Override
        public @Nullable VideoPlayoutStats playout(ReceiveStream stream) {
            return tap.playout(stream);
        }

        @Override
        public boolean takes(ReceiveStream stream) {
            return isOf(stream);
        }
    }
}
