package org.webrtc4j.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the lines in the order of RFC 8866 section 9, each ended by CRLF. */
final class SdpWriter {

    private final StringBuilder out = new StringBuilder(1024);

    private SdpWriter() {}

    static String write(SessionDescription description) {
        SdpWriter writer = new SdpWriter();
        writer.session(description);
        description.media().forEach(writer::media);
        return writer.out.toString();
    }

    private void session(SessionDescription session) {
        line('v', "0");
        session.origin().appendTo(begin('o'));
        end();
        line('s', session.name());
        optional('i', session.information());
        optional('u', session.uri());
        session.emails().forEach(email -> line('e', email));
        session.phones().forEach(phone -> line('p', phone));
        if (session.connection() != null) {
            connection(session.connection());
        }
        session.bandwidths().forEach(this::bandwidth);
        session.times().forEach(this::time);
        timeZones(session.timeZones());
        optional('k', session.key());
        attributes(session.attributes());
        session.unknownLines().forEach(unknown -> line(unknown.type(), unknown.value()));
    }

    private void media(MediaDescription section) {
        begin('m').append(section.media()).append(' ').append(section.port());
        if (section.portCount() > 1) {
            out.append('/').append(section.portCount());
        }
        out.append(' ').append(section.protocol()).append(' ');
        Words.append(out, section.formats());
        end();
        optional('i', section.information());
        section.connections().forEach(this::connection);
        section.bandwidths().forEach(this::bandwidth);
        optional('k', section.key());
        attributes(section.attributes());
        section.unknownLines().forEach(unknown -> line(unknown.type(), unknown.value()));
    }

    private void connection(Connection connection) {
        connection.appendTo(begin('c'));
        end();
    }

    private void bandwidth(Bandwidth bandwidth) {
        bandwidth.appendTo(begin('b'));
        end();
    }

    private void time(TimeDescription time) {
        begin('t').append(time.start()).append(' ').append(time.stop());
        end();
        for (RepeatTimes repeat : time.repeats()) {
            repeat.appendTo(begin('r'));
            end();
        }
    }

    private void timeZones(List<TimeZoneAdjustment> adjustments) {
        for (int i = 0; i < adjustments.size(); i++) {
            adjustments.get(i).appendTo(i == 0 ? begin('z') : out.append(' '));
        }
        if (!adjustments.isEmpty()) {
            end();
        }
    }

    private void attributes(Attributes attributes) {
        for (int i = 0; i < attributes.size(); i++) {
            attributes.appendLine(i, begin('a'));
            end();
        }
    }

    private void optional(char type, @Nullable String value) {
        if (value != null) {
            line(type, value);
        }
    }

    private void line(char type, String value) {
        begin(type).append(value);
        end();
    }

    private StringBuilder begin(char type) {
        return out.append(type).append('=');
    }

    private void end() {
        out.append("\r\n");
    }
}
