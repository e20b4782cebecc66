package org.webrtc4j.sdp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a description in one pass, line by line; what it accepts and refuses stands at {@link SessionDescription}. */
final class SdpParser {

    private final String text;
    private final SdpLimits limits;
    private final Cursor cursor;
    private final DescriptionChecks checks = new DescriptionChecks();

    /** The canonical form of the attribute that was read last, to see whether it was spelled in another way. */
    private final StringBuilder canonical = new StringBuilder();

    private final SectionLines section = new SectionLines();
    private final List<MediaDescription> media = new ArrayList<>();

    private @Nullable Origin origin;
    private @Nullable String name;
    private @Nullable String uri;
    private final List<String> emails = new ArrayList<>();
    private final List<String> phones = new ArrayList<>();
    private @Nullable TimeDescription time;
    private final List<RepeatTimes> repeats = new ArrayList<>();
    private final List<TimeDescription> times = new ArrayList<>();
    private List<TimeZoneAdjustment> timeZones = List.of();
    private @Nullable SessionPart sessionPart;
    private @Nullable MediaLine mediaLine;

    private record MediaLine(String media, int port, int portCount, String protocol, List<String> formats) {}

    private record SessionPart(
            @Nullable String information,
            @Nullable String key,
            @Nullable Connection connection,
            List<Bandwidth> bandwidths,
            Attributes attributes,
            List<UnknownLine> unknownLines) {}

    SdpParser(CharSequence description, SdpLimits limits) {
        if (description.length() > limits.maxLength()) {
            throw new SdpException(1, 1, "the description has more than " + limits.maxLength() + " characters");
        }
        text = description.toString();
        this.limits = limits;
        cursor = new Cursor(text);
    }

    /** Text of bytes that are UTF-8. */
    static CharSequence decode(byte[] utf8, SdpLimits limits) {
        if (utf8.length > limits.maxLength()) {
            throw new SdpException(1, 1, "the description has more than " + limits.maxLength() + " bytes");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer decoded = CharBuffer.allocate(utf8.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(utf8), decoded, true);
        decoded.flip();
        if (result.isError()) {
            int line = 1;
            int column = 1;
            for (int i = 0; i < decoded.length(); i++) {
                boolean lineEnd = decoded.charAt(i) == '\n';
                line += lineEnd ? 1 : 0;
                column = lineEnd ? 1 : column + 1;
            }
            throw new SdpException(line, column, "the bytes are no UTF-8");
        }
        return decoded;
    }

    SessionDescription parse() {
        int number = 0;
        int start = 0;
        int textEnd = endWithoutEmptyLines();
        while (start < textEnd) {
            int lineFeed = text.indexOf('\n', start);
            int next = lineFeed < 0 ? text.length() : lineFeed + 1;
            int end = lineFeed < 0 ? text.length() : lineFeed;
            if (end > start && text.charAt(end - 1) == '\r') {
                end--;
            }
            number++;
            cursor.selectLine(number, start, end);
            checkCharacters(start, end);
            line(number);
            start = next;
        }
        if (number == 0) {
            throw new SdpException(1, 1, "the description is empty");
        }
        finishSection();
        checks.finish();
        return description();
    }

    private SessionDescription description() {
        finishTime();
        SessionPart part = sessionPart;
        if (part == null || origin == null || name == null) {
            throw cursor.failure("the description ends before its origin and name");
        }
        return new SessionDescription(
                origin,
                name,
                part.information(),
                uri,
                emails,
                phones,
                part.connection(),
                part.bandwidths(),
                times,
                timeZones,
                part.key(),
                part.attributes(),
                part.unknownLines(),
                media);
    }

    private int endWithoutEmptyLines() {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    private void checkCharacters(int start, int end) {
        if (end - start > limits.maxLineLength()) {
            throw cursor.failureAt(
                    start + limits.maxLineLength(), "the line has more than " + limits.maxLineLength() + " characters");
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\0' || c == '\r') {
                throw cursor.failureAt(i, c == '\0' ? "NUL in a line" : "a line ends in CR alone");
            }
            if (Character.isSurrogate(c)) {
                if (!Grammar.isPair(text, i, end)) {
                    throw cursor.failureAt(i, "half of a surrogate pair");
                }
                i++;
            }
        }
    }

    private void line(int number) {
        int start = cursor.position();
        char type = cursor.letter();
        if (number == 1 || type == 'v') {
            version(number, start, type);
            return;
        }
        try {
            switch (type) {
                case 'm' -> mediaLine();
                case 'a' -> attribute();
                case 'c' -> connection();
                case 'b' -> section.bandwidths.add(Bandwidth.parse(cursor));
                case 'i' -> section.information = once(section.information, cursor.rest(), type);
                case 'k' -> section.key = once(section.key, cursor.rest(), type);
                case 'o', 's', 'u', 'e', 'p', 't', 'r', 'z' -> sessionLine(start, type);
                default -> section.unknownLines.add(new UnknownLine(type, cursor.rest()));
            }
        } catch (IllegalArgumentException refused) {
            throw cursor.failureAt(start + 2, String.valueOf(refused.getMessage()));
        }
        cursor.expectEnd();
    }

    private void version(int number, int start, char type) {
        if (type != 'v') {
            throw cursor.failureAt(start, "the description does not begin with v=");
        }
        if (number > 1) {
            throw cursor.failureAt(start, "v= comes twice");
        }
        if (cursor.numberWord("the version", Integer.MAX_VALUE) != 0) {
            throw cursor.failureAt(start + 2, "the version is not 0");
        }
        cursor.expectEnd();
    }

    private void sessionLine(int start, char type) {
        if (sessionPart != null) {
            throw cursor.failureAt(start, type + "= stands in a media section");
        }
        switch (type) {
            case 'o' -> origin = once(origin, Origin.parse(cursor), type);
            case 's' -> name = once(name, cursor.rest(), type);
            case 'u' -> uri = once(uri, cursor.rest(), type);
            case 'e' -> emails.add(cursor.rest());
            case 'p' -> phones.add(cursor.rest());
            case 't' -> {
                finishTime();
                time = TimeDescription.parse(cursor);
            }
            case 'r' -> repeat(start);
            default -> {
                if (!timeZones.isEmpty()) {
                    throw cursor.failureAt(start, "z= comes twice");
                }
                timeZones = TimeZoneAdjustment.parse(cursor);
            }
        }
    }

    private void repeat(int start) {
        if (time == null) {
            throw cursor.failureAt(start, "r= stands before any t=");
        }
        repeats.add(RepeatTimes.parse(cursor));
    }

    private void finishTime() {
        if (time != null) {
            times.add(repeats.isEmpty() ? time : new TimeDescription(time.start(), time.stop(), repeats));
            repeats.clear();
        }
    }

    private <T> T once(@Nullable T earlier, T value, char type) {
        if (earlier != null) {
            throw cursor.failure(type + "= comes twice");
        }
        return value;
    }

    private void connection() {
        if (sessionPart == null && !section.connections.isEmpty()) {
            throw cursor.failure("c= comes twice");
        }
        section.connections.add(Connection.parse(cursor));
    }

    private void attribute() {
        if (section.attributes() == limits.maxAttributesPerSection()) {
            throw cursor.failure("the section has more than " + limits.maxAttributesPerSection() + " attributes");
        }
        int start = cursor.position();
        Attribute attribute = AttributeParser.parse(cursor);
        checks.attribute(attribute, cursor, start);
        canonical.setLength(0);
        attribute.appendTo(canonical);
        section.add(attribute, cursor.restEquals(start, canonical) ? null : cursor.lineFrom(start));
        if (section.candidates() > limits.maxCandidatesPerSection()) {
            throw cursor.failureAt(
                    start, "the section has more than " + limits.maxCandidatesPerSection() + " candidates");
        }
    }

    private void mediaLine() {
        finishSection();
        if (media.size() == limits.maxMediaSections()) {
            throw cursor.failure("the description has more than " + limits.maxMediaSections() + " media sections");
        }
        String kind = cursor.word("the media");
        cursor.skipBlanks();
        int port = (int) cursor.number("the port", 65_535);
        int count = cursor.accept('/') ? (int) cursor.number("the number of ports", 65_535) : 1;
        if (!cursor.atEnd()) {
            cursor.expect(' ', "the port is followed by something that is no digit");
        }
        String protocol = cursor.word("the protocol");
        List<String> formats = Words.rest(cursor, "the format");
        mediaLine = new MediaLine(kind, port, count, protocol, formats);
        checks.beginMedia(protocol);
        mediaDescription(mediaLine); // refuses the line while the cursor stands on it
    }

    /** Ends the session part or the media section that the lines so far belong to. */
    private void finishSection() {
        MediaLine line = mediaLine;
        if (line != null) {
            media.add(mediaDescription(line));
        } else {
            if (origin == null || name == null) {
                throw cursor.failure((origin == null ? "o=" : "s=") + " is missing");
            }
            sessionPart = new SessionPart(
                    section.information,
                    section.key,
                    section.connections.isEmpty() ? null : section.connections.get(0),
                    List.copyOf(section.bandwidths),
                    section.toAttributes(),
                    List.copyOf(section.unknownLines));
        }
        section.clear();
    }

    private MediaDescription mediaDescription(MediaLine line) {
        return new MediaDescription(
                line.media(),
                line.port(),
                line.portCount(),
                line.protocol(),
                line.formats(),
                section.information,
                section.connections,
                section.bandwidths,
                section.key,
                section.toAttributes(),
                section.unknownLines);
    }
}
