package org.webrtc4j;

import java.util.List;

/**
 * How a transceiver begins.
 *
 * @param direction default sendrecv
 * @param streams the streams that the other side shall find the track in; default none
 * @param sendEncodings the streams to send; default one
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiverinit">the specification</a>
 */
public record RTCRtpTransceiverInit(
        RTCRtpTransceiverDirection direction, List<MediaStream> streams, List<RTCRtpEncodingParameters> sendEncodings) {

    /**
     * Copies the lists.
     *
     * @param direction default sendrecv
     * @param streams the streams that the other side shall find the track in; default none
     * @param sendEncodings the streams to send; default one
     */
    public RTCRtpTransceiverInit {
        streams = List.copyOf(streams);
        sendEncodings = List.copyOf(sendEncodings);
    }

    /**
     * Returns the dictionary with every member at its default.
     *
     * @return sendrecv in no stream
     */
    public static RTCRtpTransceiverInit defaults() {
        return builder().build();
    }

    /**
     * Begins a dictionary.
     *
     * @return a builder at the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins a dictionary from this one.
     *
     * @return a builder with these members
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.direction = direction;
        builder.streams = streams;
        builder.sendEncodings = sendEncodings;
        return builder;
    }

    /** Collects the members of the dictionary. */
    public static final class Builder {
        private RTCRtpTransceiverDirection direction = RTCRtpTransceiverDirection.SENDRECV;
        private List<MediaStream> streams = List.of();
        private List<RTCRtpEncodingParameters> sendEncodings = List.of();

        private Builder() {}

        /**
         * Sets direction.
         *
         * @param direction default sendrecv
         * @return this
         */
        public Builder direction(RTCRtpTransceiverDirection direction) {
            this.direction = direction;
            return this;
        }

        /**
         * Sets streams.
         *
         * @param streams the streams that the other side shall find the track in; default none
         * @return this
         */
        public Builder streams(List<MediaStream> streams) {
            this.streams = streams;
            return this;
        }

        /**
         * Sets sendEncodings.
         *
         * @param sendEncodings the streams to send; default one
         * @return this
         */
        public Builder sendEncodings(List<RTCRtpEncodingParameters> sendEncodings) {
            this.sendEncodings = sendEncodings;
            return this;
        }

        /**
         * Returns the dictionary.
         *
         * @return the dictionary
         */
        public RTCRtpTransceiverInit build() {
            return new RTCRtpTransceiverInit(direction, streams, sendEncodings);
        }
    }
}
