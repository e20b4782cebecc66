package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server.
 *
 * @param urls its stun:, stuns:, turn: or turns: URLs (RFC 7064, RFC 7065)
 * @param username the TURN user; null when absent
 * @param credential the TURN password; null when absent
 * @see <a href="https://www.w3.org/TR/webrtc/#rtciceserver-dictionary">the specification</a>
 */
public record RTCIceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {

    /**
     * Copies the list.
     *
     * @param urls its URLs
     * @param username the TURN user; null when absent
     * @param credential the TURN password; null when absent
     */
    public RTCIceServer {
        urls = List.copyOf(urls);
    }

    /**
     * Returns a server without credentials.
     *
     * @param urls its URLs
     * @return the server
     */
    public static RTCIceServer of(String... urls) {
        return new RTCIceServer(List.of(urls), null, null);
    }

    /**
     * Begins a server.
     *
     * @return a builder without URLs
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Leaves the credential out. */
    @Override
    public String toString() {
        return "RTCIceServer" + urls;
    }

    /** Collects the members of a server. */
    public static final class Builder {
        private final List<String> urls = new ArrayList<>();
        private @Nullable String username;
        private @Nullable String credential;

        private Builder() {}

        /**
         * Adds URLs.
         *
         * @param urls the URLs
         * @return this
         */
        public Builder urls(String... urls) {
            this.urls.addAll(List.of(urls));
            return this;
        }

        /**
         * Sets the TURN user.
         *
         * @param username the user
         * @return this
         */
        public Builder username(String username) {
            this.username = username;
            return this;
        }

        /**
         * Sets the TURN password.
         *
         * @param credential the password
         * @return this
         */
        public Builder credential(String credential) {
            this.credential = credential;
            return this;
        }

        /**
         * Returns the server. Its URLs are checked when a connection is given it.
         *
         * @return the server
         */
        public RTCIceServer build() {
            return new RTCIceServer(urls, username, credential);
        }
    }
}
