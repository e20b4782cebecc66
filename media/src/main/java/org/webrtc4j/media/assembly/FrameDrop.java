package org.webrtc4j.media.assembly;

/** Why a frame was dropped. */
public enum FrameDrop {
    /** A packet of it had not come by the deadline. */
    INCOMPLETE,
    /** A payload of it was not well-formed, or they do not make a frame. */
    MALFORMED,
    /** It is predicted from a frame that was dropped, and no key frame has come since. */
    NO_KEY_FRAME,
    /** The reorder buffer was full while a packet of it was missing. */
    OVERFLOW
}
