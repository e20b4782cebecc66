package org.webrtc4j;

import java.util.List;

/**
 * What a sender sends, for setParameters to change.
 *
 * @param transactionId that of the getParameters it came from
 * @param encodings the streams, in an order that cannot be changed
 * @param headerExtensions those that were negotiated
 * @param rtcp the parameters of RTCP
 * @param codecs those that were negotiated, best first
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpsendparameters">the specification</a>
 */
public record RTCRtpSendParameters(
        String transactionId,
        List<RTCRtpEncodingParameters> encodings,
        List<RTCRtpHeaderExtensionParameters> headerExtensions,
        RTCRtcpParameters rtcp,
        List<RTCRtpCodecParameters> codecs)
        implements RTCRtpParameters {

    /**
     * Copies the lists.
     *
     * @param transactionId that of the getParameters it came from
     * @param encodings the streams, in an order that cannot be changed
     * @param headerExtensions those that were negotiated
     * @param rtcp the parameters of RTCP
     * @param codecs those that were negotiated, best first
     */
    public RTCRtpSendParameters {
        encodings = List.copyOf(encodings);
        headerExtensions = List.copyOf(headerExtensions);
        codecs = List.copyOf(codecs);
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
        builder.transactionId = transactionId;
        builder.encodings = encodings;
        builder.headerExtensions = headerExtensions;
        builder.rtcp = rtcp;
        builder.codecs = codecs;
        return builder;
    }

    /** Collects the members of the dictionary. */
    public static final class Builder {
        private String transactionId = "";
        private List<RTCRtpEncodingParameters> encodings = List.of();
        private List<RTCRtpHeaderExtensionParameters> headerExtensions = List.of();
        private RTCRtcpParameters rtcp = new RTCRtcpParameters("", false);
        private List<RTCRtpCodecParameters> codecs = List.of();

        private Builder() {}

        /**
         * Sets transactionId.
         *
         * @param transactionId that of the getParameters it came from
         * @return this
         */
        public Builder transactionId(String transactionId) {
            this.transactionId = transactionId;
            return this;
        }

        /**
         * Sets encodings.
         *
         * @param encodings the streams, in an order that cannot be changed
         * @return this
         */
        public Builder encodings(List<RTCRtpEncodingParameters> encodings) {
            this.encodings = encodings;
            return this;
        }

        /**
         * Sets headerExtensions.
         *
         * @param headerExtensions those that were negotiated
         * @return this
         */
        public Builder headerExtensions(List<RTCRtpHeaderExtensionParameters> headerExtensions) {
            this.headerExtensions = headerExtensions;
            return this;
        }

        /**
         * Sets rtcp.
         *
         * @param rtcp the parameters of RTCP
         * @return this
         */
        public Builder rtcp(RTCRtcpParameters rtcp) {
            this.rtcp = rtcp;
            return this;
        }

        /**
         * Sets codecs.
         *
         * @param codecs those that were negotiated, best first
         * @return this
         */
        public Builder codecs(List<RTCRtpCodecParameters> codecs) {
            this.codecs = codecs;
            return this;
        }

        /**
         * Returns the dictionary.
         *
         * @return the dictionary
         */
        public RTCRtpSendParameters build() {
            return new RTCRtpSendParameters(transactionId, encodings, headerExtensions, rtcp, codecs);
        }
    }
}
