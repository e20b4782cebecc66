package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * The candidates of the other side that the controlling agent has selected (RFC 8839 section 5.2).
 *
 * @param candidates one per component
 */
public record RemoteCandidates(List<Selected> candidates) implements Attribute {

    static final String NAME = "remote-candidates";

    /**
     * A selected candidate of the other side.
     *
     * @param component the component, 1 to 256
     * @param address its address
     * @param port its port
     */
    public record Selected(int component, String address, int port) {

        /**
         * Checks the ranges.
         *
         * @param component the component, 1 to 256
         * @param address its address
         * @param port its port
         * @throws IllegalArgumentException when a value could not be written or read back
         */
        public Selected {
            Grammar.range(component, 1, 256, "component");
            Grammar.word(address, "address");
            Grammar.range(port, 0, 65_535, "port");
        }
    }

    /**
     * Checks that there is a candidate.
     *
     * @param candidates one per component
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public RemoteCandidates {
        candidates = List.copyOf(candidates);
        Grammar.require(!candidates.isEmpty(), "remote-candidates", "names no candidate");
    }

    static RemoteCandidates parse(Cursor cursor) {
        List<Selected> candidates = new ArrayList<>();
        while (cursor.moreWords()) {
            int component = (int) cursor.numberWord("the component", 256);
            String address = cursor.word("the address");
            candidates.add(new Selected(component, address, (int) cursor.numberWord("the port", 65_535)));
        }
        return new RemoteCandidates(candidates);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        for (int i = 0; i < candidates.size(); i++) {
            Selected selected = candidates.get(i);
            out.append(i > 0 ? " " : "")
                    .append(selected.component())
                    .append(' ')
                    .append(selected.address());
            out.append(' ').append(selected.port());
        }
    }
}
