package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An ICE candidate as text (RFC 8839 section 5.1): in a description, or on its own as {@code RTCIceCandidate.candidate}.
 *
 * <pre>
 * candidate:foundation component transport priority address port typ type [raddr address rport port] *(name value)
 * </pre>
 *
 * <p>Unknown transports, types and extensions are kept; what is not understood is for the ICE agent to ignore.
 *
 * @param foundation 1 to 32 characters
 * @param component 1 to 256; 1 is RTP or the only one, 2 is RTCP
 * @param transport {@code udp}, {@code tcp} or another token, as it was written
 * @param priority 0 to 2<sup>32</sup>-1
 * @param address an IP address, a host name or a {@code .local} name, at most 255 characters
 * @param port 0 to 65535; TCP active candidates carry 9
 * @param type {@code host}, {@code srflx}, {@code prflx}, {@code relay} or another token
 * @param relatedAddress the value of raddr, null when absent
 * @param relatedPort the value of rport, null when absent
 * @param extensions the pairs that follow, in their order: tcptype, generation, ufrag, network-id, network-cost and unknown ones
 */
public record Candidate(
        String foundation,
        int component,
        String transport,
        long priority,
        String address,
        int port,
        String type,
        @Nullable String relatedAddress,
        @Nullable Integer relatedPort,
        List<Extension> extensions)
        implements Attribute {

    static final String NAME = "candidate";

    /** The longest address: what DNS allows for a name. */
    public static final int MAX_ADDRESS_LENGTH = 255;

    /**
     * A pair of name and value behind the type.
     *
     * @param name the name of the extension, e.g. {@code network-cost}
     * @param value its value
     */
    public record Extension(String name, String value) {

        /**
         * Checks that both are words, and that the name is not one that stands at a fixed place.
         *
         * @param name the name of the extension, e.g. {@code network-cost}
         * @param value its value
         * @throws IllegalArgumentException when a value could not be written or read back
         */
        public Extension {
            Grammar.word(name, "extension name");
            Grammar.word(value, "extension value");
            Grammar.require(!name.equals("raddr") && !name.equals("rport"), "extension name", "is raddr or rport");
        }
    }

    /**
     * Checks ranges and words.
     *
     * @param foundation 1 to 32 characters
     * @param component 1 to 256; 1 is RTP or the only one, 2 is RTCP
     * @param transport {@code udp}, {@code tcp} or another token, as it was written
     * @param priority 0 to 2<sup>32</sup>-1
     * @param address an IP address, a host name or a {@code .local} name, at most 255 characters
     * @param port 0 to 65535; TCP active candidates carry 9
     * @param type {@code host}, {@code srflx}, {@code prflx}, {@code relay} or another token
     * @param relatedAddress the value of raddr, null when absent
     * @param relatedPort the value of rport, null when absent
     * @param extensions the pairs that follow, in their order: tcptype, generation, ufrag, network-id, network-cost and unknown ones
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Candidate {
        Grammar.word(foundation, "foundation");
        Grammar.range(foundation.length(), 1, 32, "length of the foundation");
        Grammar.range(component, 1, 256, "component");
        Grammar.token(transport, "transport");
        Grammar.range(priority, 0, 0xffff_ffffL, "priority");
        address(address);
        Grammar.range(port, 0, 65_535, "port");
        Grammar.token(type, "candidate type");
        if (relatedAddress != null) {
            address(relatedAddress);
        }
        if (relatedPort != null) {
            Grammar.range(relatedPort, 0, 65_535, "related port");
        }
        extensions = List.copyOf(extensions);
    }

    private static void address(String address) {
        Grammar.word(address, "address");
        Grammar.range(address.length(), 1, MAX_ADDRESS_LENGTH, "length of the address");
    }

    /**
     * Reads a candidate as {@code RTCIceCandidate} carries it.
     *
     * @param text {@code candidate:...}, with or without {@code a=} before it
     * @return the candidate
     * @throws SdpException when the text is no candidate; the line is 1, columns count from the begin of the text
     */
    public static Candidate parse(CharSequence text) {
        String line = text.toString();
        int limit = SdpLimits.DEFAULT.maxLineLength();
        if (line.length() > limit) {
            throw new SdpException(1, limit + 1, "the candidate is too long");
        }
        Cursor cursor = new Cursor(line);
        cursor.acceptIgnoringCase("a=");
        int start = cursor.position();
        if (!cursor.acceptIgnoringCase("candidate:")) {
            throw cursor.failure("this is not candidate:");
        }
        cursor.moveTo(start);
        if (AttributeParser.parse(cursor) instanceof Candidate candidate) {
            return candidate;
        }
        throw cursor.failureAt(start, "candidate is written in lower case");
    }

    /**
     * The pair of a name.
     *
     * @param name the name of the extension
     * @return its first value, empty when it is absent
     */
    public Optional<String> extension(String name) {
        for (Extension extension : extensions) {
            if (extension.name().equals(name)) {
                return Optional.of(extension.value());
            }
        }
        return Optional.empty();
    }

    /**
     * The TCP role (RFC 6544 section 4.5).
     *
     * @return {@code active}, {@code passive} or {@code so}; empty when absent
     */
    public Optional<String> tcpType() {
        return extension("tcptype");
    }

    /**
     * The user fragment of the generation this candidate belongs to.
     *
     * @return the fragment, empty when absent
     */
    public Optional<String> usernameFragment() {
        return extension("ufrag");
    }

    /**
     * How many restarts the author's agent has behind it.
     *
     * @return the number, empty when absent or no number
     */
    public OptionalInt generation() {
        return number("generation");
    }

    /**
     * The author's number for the network it found the address on.
     *
     * @return the number, empty when absent or no number
     */
    public OptionalInt networkId() {
        return number("network-id");
    }

    /**
     * How dear the network is: 0 for a cable, 10 for wireless, 900 for mobile, 999 for not known.
     *
     * @return the number, empty when absent or no number
     */
    public OptionalInt networkCost() {
        return number("network-cost");
    }

    /**
     * Tells whether the transport is UDP, in any case of letters.
     *
     * @return true for {@code udp}
     */
    public boolean isUdp() {
        return transport.equalsIgnoreCase("udp");
    }

    /**
     * Tells whether the address is a name that multicast DNS resolves.
     *
     * @return true when it ends in {@code .local}
     */
    public boolean isMdns() {
        return address.length() > 6 && address.regionMatches(true, address.length() - 6, ".local", 0, 6);
    }

    private OptionalInt number(String name) {
        String value = extension(name).orElse("");
        int number = 0;
        for (int i = 0; i < value.length(); i++) {
            if (!Grammar.isDigit(value.charAt(i)) || i == 9) {
                return OptionalInt.empty();
            }
            number = number * 10 + value.charAt(i) - '0';
        }
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(number);
    }

    static Candidate parse(Cursor cursor) {
        String foundation = cursor.word("the foundation");
        int component = (int) cursor.numberWord("the component", 256);
        String transport = cursor.word("the transport");
        long priority = cursor.numberWord("the priority", 0xffff_ffffL);
        String address = cursor.word("the address");
        int port = (int) cursor.numberWord("the port", 65_535);
        cursor.skipBlanks();
        if (!cursor.acceptIgnoringCase("typ ")) {
            throw cursor.failure("typ is missing");
        }
        String type = cursor.word("the type");
        String relatedAddress = null;
        Integer relatedPort = null;
        List<Extension> extensions = new ArrayList<>();
        while (cursor.moreWords()) {
            int start = cursor.position();
            String name = cursor.word("the name of the extension");
            if (name.equals("raddr") && relatedAddress == null) {
                relatedAddress = cursor.word("the related address");
            } else if (name.equals("rport") && relatedPort == null) {
                relatedPort = (int) cursor.numberWord("the related port", 65_535);
            } else if (name.equals("raddr") || name.equals("rport")) {
                throw cursor.failureAt(start, name + " comes twice");
            } else {
                extensions.add(new Extension(name, cursor.word("the value of the extension")));
            }
        }
        return new Candidate(
                foundation,
                component,
                transport,
                priority,
                address,
                port,
                type,
                relatedAddress,
                relatedPort,
                extensions);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(foundation).append(' ').append(component).append(' ').append(transport);
        out.append(' ').append(priority).append(' ').append(address).append(' ').append(port);
        out.append(" typ ").append(type);
        if (relatedAddress != null) {
            out.append(" raddr ").append(relatedAddress);
        }
        if (relatedPort != null) {
            out.append(" rport ").append(relatedPort.intValue());
        }
        for (Extension extension : extensions) {
            out.append(' ').append(extension.name()).append(' ').append(extension.value());
        }
    }
}
