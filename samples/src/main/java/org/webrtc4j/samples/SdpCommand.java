package org.webrtc4j.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.webrtc4j.sdp.SdpException;
import org.webrtc4j.sdp.SessionDescription;

/** {@code sdp}: reads a description and writes it back from its parsed form, or says what is wrong with it. */
final class SdpCommand implements Command {

    @Override
    public String usage() {
        return "sdp                reads a session description on standard input and writes it back parsed";
    }

    @Override
    public int run(String[] arguments) throws IOException {
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        try {
            String written = SessionDescription.parse(text).write();
            System.out.write(written.getBytes(StandardCharsets.UTF_8));
            System.out.flush();
            return 0;
        } catch (SdpException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
