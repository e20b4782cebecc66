package org.webrtc4j.rtp;

import java.util.List;

/** A session whose peer, owner and clock do what bytes say. */
final class FuzzedSession {

    private static final int MAX_STEPS = 400;

    private final Endpoint end = new Endpoint(RtpSessionOptions.defaults("end").withMaxReceiveStreams(8));
    private final Choices choices;
    private final ReceiveSection video;
    private ReceiveSection second;
    private SendStream stream;
    private final ForwardSource first = new ForwardSource(CallTest.EXTENSIONS, new PacketHistory(32, 1L << 32));
    private final ForwardSource other = new ForwardSource(CallTest.EXTENSIONS, null);
    private int ssrc = 100;

    private FuzzedSession(Choices choices) {
        this.choices = choices;
        video = end.receive("v", CallTest.VIDEO, new SignalledSsrc(10, 11, null));
        video.addTap((from, packet) -> {
            first.keep(packet);
            if ((packet.unwrappedSequence() & 7) == 7) {
                stream.omit(packet, first);
            } else {
                stream.forward(packet, (packet.ssrc() & 1) == 0 ? first : other, 96, end.now);
            }
            return true;
        });
        second = addSecond();
        stream = addStream();
    }

    private ReceiveSection addSecond() {
        return end.session.addReceiveSection(
                new ReceiveParameters("w", CallTest.VIDEO, List.of(), List.of("hi", "lo"), true));
    }

    private SendStream addStream() {
        ssrc += 2;
        return end.session.addSendStream(
                new SendParameters("v", null, ssrc, ssrc + 1, CallTest.VIDEO, CallTest.EXTENSIONS, true));
    }

    static void run(byte[] bytes) {
        FuzzedSession session = new FuzzedSession(new Choices(bytes));
        for (int i = 0; i < MAX_STEPS && !session.choices.isEmpty(); i++) {
            session.step();
        }
        session.end.pass(2_000 * Endpoint.MILLI);
    }

    private void step() {
        switch (choices.u8() % 14) {
            case 0 -> end.take(choices.take(choices.u8()));
            case 1 -> end.takeRtcp(choices.take(choices.u8()));
            case 2, 3, 4 ->
                end.take(Packets.rtp(96, choices.u8() % 64, choices.u16(), 10 + choices.u8() % 3, choices.u8()));
            case 5 ->
                end.take(Packets.rtp(
                        97, false, choices.u16(), choices.u16(), 11, null, choices.take(choices.u8() % 16)));
            case 6 ->
                end.take(Packets.rtp(
                        96,
                        false,
                        choices.u16(),
                        0,
                        choices.u8(),
                        Packets.Extension.oneByte("1077 a26869 00 00"),
                        choices.take(8)));
            case 7 -> {
                byte[] rtcp = choices.take(4 + choices.u8() % 64 * 4);
                if (rtcp.length >= 12) {
                    rtcp[0] = (byte) (0x80 | (rtcp[0] & 0x1f));
                    rtcp[1] = (byte) (200 + (rtcp[1] & 7));
                    rtcp[2] = 0;
                    rtcp[3] = (byte) (rtcp.length / 4 - 1);
                    rtcp[10] = 0;
                    rtcp[11] = (byte) ssrc;
                }
                end.takeRtcp(rtcp);
            }
            case 8 -> stream.send(new byte[300], 0, choices.u8(), false, choices.u16(), 96, end.now);
            case 9 -> end.pass(choices.u8() * Endpoint.MILLI);
            case 10 -> end.turn();
            case 11 -> {
                end.session.removeSendStream(stream);
                stream = addStream();
            }
            case 12 -> {
                end.session.removeReceiveSection(second);
                second = addSecond();
            }
            default -> {
                video.requestKeyFrame();
                stream.sendPadding(choices.u8(), end.now);
            }
        }
        if (end.session.receivedSsrcs() > 8 || end.rtp.size() > 100_000) {
            throw new AssertionError("grew");
        }
    }
}
