package org.webrtc4j.sdp;

/**
 * The c= line (RFC 8866 section 5.7).
 *
 * @param networkType {@code IN}
 * @param addressType {@code IP4} or {@code IP6}
 * @param address an address, with time to live and count for multicast, or a host name
 */
public record Connection(String networkType, String addressType, String address) {

    /** What a description says before candidates are known (RFC 9429 section 5.2.1): {@code IN IP4 0.0.0.0}. */
    public static final Connection UNSPECIFIED = new Connection("IN", "IP4", "0.0.0.0");

    /**
     * Checks the words.
     *
     * @param networkType {@code IN}
     * @param addressType {@code IP4} or {@code IP6}
     * @param address an address, with time to live and count for multicast, or a host name
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Connection {
        Grammar.word(networkType, "network type");
        Grammar.word(addressType, "address type");
        Grammar.word(address, "address");
    }

    static Connection parse(Cursor cursor) {
        String networkType = cursor.word("the network type");
        String addressType = cursor.word("the address type");
        String address = cursor.word("the address");
        boolean unspecified = address.equals("0.0.0.0") && addressType.equals("IP4") && networkType.equals("IN");
        return unspecified ? UNSPECIFIED : new Connection(networkType, addressType, address);
    }

    void appendTo(StringBuilder out) {
        out.append(networkType).append(' ').append(addressType).append(' ').append(address);
    }
}
