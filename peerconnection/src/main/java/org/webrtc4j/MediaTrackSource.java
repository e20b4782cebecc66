package org.webrtc4j;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.CodecFactory;

/**
 * What feeds a track of this side: a microphone, a file, a generator. Any number of tracks may share one, as clones do, and
 * any number of senders may send them.
 *
 * <p>Methods are called on the thread that made the call that led to them, or on the loop of a connection, and never under a
 * lock of the library. They must not block.
 */
public interface MediaTrackSource {

    /** A sender that is fed. */
    interface Consumer {

        /**
         * Returns what the other side takes.
         *
         * @return the negotiated codecs, best first
         */
        List<CodecDescription> codecs();

        /**
         * Takes the next frame, from any thread. It is dropped after the feed was closed. While the track is not enabled,
         * silence of the same length is sent in place of sound, which is known for Opus, G.711 and L16; other sound is
         * dropped, and so are pictures, from then on to the next key frame after the track is enabled again.
         *
         * @param frame of one of the codecs, its timestamp in ticks of the codec's clock from any beginning
         */
        void frame(EncodedFrame frame);

        /**
         * Tells whether the track is switched on.
         *
         * @return false while black pictures are to be given with {@link #black}, or none; sound is silenced by itself
         */
        default boolean isEnabled() {
            return true;
        }

        /**
         * Takes a black picture in place of the next frame, from any thread, so that what follows can refer to it. It is
         * dropped while the track is enabled; by default always.
         *
         * @param frame of the same encoder as the frames before and after
         */
        default void black(EncodedFrame frame) {}

        /**
         * Tells what is lost on the way, by the reports of the receiver; from any thread. Encoders protect what they make
         * accordingly.
         *
         * @return 0 to 100
         */
        default int packetLossPercent() {
            return 0;
        }

        /**
         * Returns where the sender lives: whose clock and timers pace what is sent.
         *
         * @return the loop of its connection, which must not be held up
         */
        EventLoop loop();

        /**
         * Returns where to encode.
         *
         * @return the codec executor of the runtime; it refuses tasks when it is full, and after the runtime's end
         */
        Executor codecExecutor();

        /**
         * Returns what encodes; to be asked on the codec executor, for the first call may load a library.
         *
         * @return the codecs of the runtime, the same object for all its senders
         */
        CodecFactory codecFactory();

        /**
         * Tells why a feed ends.
         *
         * @return true after the connection was closed, false when the sender may be fed again
         */
        boolean isClosed();
    }

    /** What feeds one sender until it is closed. */
    interface Feed extends AutoCloseable {

        /** A feed of nothing. */
        Feed NOTHING = () -> {};

        /** The other side needs a key frame; nothing is done by default. */
        default void requestKeyFrame() {}

        /** Ends feeding. */
        @Override
        void close();
    }

    /**
     * Returns what it gives.
     *
     * @return audio or video
     */
    String kind();

    /**
     * Returns a text for people.
     *
     * @return such as the name of a device; empty by default
     */
    default String label() {
        return "";
    }

    /**
     * Begins to feed a sender: called each time one may send a track of this source, and again after the codecs were
     * negotiated anew. By default nothing is given, and whoever has frames writes them to {@link RTCRtpSender#frames}.
     *
     * @param consumer takes frames
     * @return what ends it
     */
    default Feed open(Consumer consumer) {
        return Feed.NOTHING;
    }

    /**
     * Tells how loud it has been, for the statistics of what is sent.
     *
     * @return null where it is not known, which is the default; as it is for pictures and sound that comes encoded
     */
    default @Nullable SoundLevels levels() {
        return null;
    }

    /** The last track that was fed by it has ended; it does nothing by default. */
    default void onUnused() {}
}
