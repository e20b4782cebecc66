package org.webrtc4j.jsep;

import org.webrtc4j.sdp.Connection;
import org.webrtc4j.sdp.MaxMessageSize;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.MediaDescriptionBuilder;
import org.webrtc4j.sdp.Mid;
import org.webrtc4j.sdp.SctpPort;

/** Writes the section of data channels (RFC 8841). */
final class DataSectionWriter {

    private DataSectionWriter() {}

    static MediaDescription offer(String mid, TransportWriter transport, SectionPlace place) {
        MediaDescriptionBuilder builder = MediaDescription.dataChannel();
        transport.write(builder, place);
        builder.attribute(new Mid(mid));
        return finish(builder, transport, true);
    }

    /** An answer keeps protocol, formats and mid of the offer (RFC 9429 section 5.3.1). */
    static MediaDescription answer(MediaDescription offered, TransportWriter transport, SectionPlace place) {
        MediaDescriptionBuilder builder = MediaDescription.builder(offered.media(), offered.protocol())
                .formats(offered.formats())
                .connection(Connection.UNSPECIFIED);
        transport.write(builder, place);
        offered.mid().ifPresent(mid -> builder.attribute(new Mid(mid)));
        // Answered only if offered (draft-hancke-tsvwg-snap).
        return finish(builder, transport, offered.sctpInit().isPresent());
    }

    private static MediaDescription finish(
            MediaDescriptionBuilder builder, TransportWriter transport, boolean withInit) {
        if (withInit) {
            transport.transport().sctpInit().ifPresent(builder::attribute);
        }
        return builder.attribute(new SctpPort(transport.transport().sctpPort()))
                .attribute(new MaxMessageSize(transport.transport().maxMessageSize()))
                .build();
    }
}
