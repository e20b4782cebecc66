package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * The encodings that are sent or received at once (RFC 8853 section 5.1).
 *
 * @param send the streams the author sends, empty when none
 * @param receive the streams the author receives, empty when none
 */
public record Simulcast(List<Stream> send, List<Stream> receive) implements Attribute {

    static final String NAME = "simulcast";

    /**
     * One simulcast stream: alternatives of which one is sent.
     *
     * @param alternatives at least one, the preferred one first
     */
    public record Stream(List<Alternative> alternatives) {

        /**
         * Checks that there is an alternative.
         *
         * @param alternatives at least one, the preferred one first
         * @throws IllegalArgumentException when a value could not be written or read back
         */
        public Stream {
            alternatives = List.copyOf(alternatives);
            Grammar.require(!alternatives.isEmpty(), "simulcast stream", "names no rid");
        }

        /**
         * A stream with one encoding.
         *
         * @param rid the identifier of an a=rid line
         * @return the stream
         */
        public static Stream of(String rid) {
            return new Stream(List.of(new Alternative(rid, false)));
        }
    }

    /**
     * One encoding that a stream may use.
     *
     * @param rid the identifier of an a=rid line; one that is declared nowhere is to be ignored (RFC 8853 section 5.2)
     * @param paused true for {@code ~}: not sent at first
     */
    public record Alternative(String rid, boolean paused) {

        /**
         * Checks the identifier.
         *
         * @param rid the identifier of an a=rid line; one that is declared nowhere is to be ignored (RFC 8853 section 5.2)
         * @param paused true for {@code ~}: not sent at first
         * @throws IllegalArgumentException when a value could not be written or read back
         */
        public Alternative {
            Rid.identifier(rid);
        }
    }

    /**
     * Checks that there is a stream.
     *
     * @param send the streams the author sends, empty when none
     * @param receive the streams the author receives, empty when none
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Simulcast {
        send = List.copyOf(send);
        receive = List.copyOf(receive);
        Grammar.require(!send.isEmpty() || !receive.isEmpty(), "simulcast", "names no stream");
    }

    static Simulcast parse(Cursor cursor) {
        List<Stream> send = List.of();
        List<Stream> receive = List.of();
        do {
            cursor.skipBlanks();
            if (send.isEmpty() && cursor.acceptIgnoringCase("send ")) {
                send = streams(cursor);
            } else if (receive.isEmpty() && cursor.acceptIgnoringCase("recv ")) {
                receive = streams(cursor);
            } else {
                throw cursor.failure("a direction, send or recv, is missing or comes twice");
            }
        } while (cursor.moreWords());
        return new Simulcast(send, receive);
    }

    private static List<Stream> streams(Cursor cursor) {
        List<Stream> streams = new ArrayList<>();
        cursor.skipBlanks();
        do {
            Alternative first = alternative(cursor);
            if (cursor.accept(',')) {
                List<Alternative> alternatives = new ArrayList<>();
                alternatives.add(first);
                do {
                    alternatives.add(alternative(cursor));
                } while (cursor.accept(','));
                streams.add(new Stream(alternatives));
            } else {
                streams.add(new Stream(List.of(first)));
            }
        } while (cursor.accept(';'));
        return streams;
    }

    private static Alternative alternative(Cursor cursor) {
        boolean paused = cursor.accept('~');
        return new Alternative(cursor.identifier("the rid"), paused);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        if (!send.isEmpty()) {
            append(out.append("send "), send);
        }
        if (!receive.isEmpty()) {
            append(out.append(send.isEmpty() ? "recv " : " recv "), receive);
        }
    }

    private static void append(StringBuilder out, List<Stream> streams) {
        for (int i = 0; i < streams.size(); i++) {
            List<Alternative> alternatives = streams.get(i).alternatives();
            for (int j = 0; j < alternatives.size(); j++) {
                if (i + j > 0) {
                    out.append(j == 0 ? ';' : ',');
                }
                if (alternatives.get(j).paused()) {
                    out.append('~');
                }
                out.append(alternatives.get(j).rid());
            }
        }
    }
}
