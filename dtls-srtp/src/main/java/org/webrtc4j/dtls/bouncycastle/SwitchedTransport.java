package org.webrtc4j.dtls.bouncycastle;

import java.io.IOException;
import org.bouncycastle.tls.DatagramTransport;

/** The library keeps one transport for life; ours changes from the worker's to the loop's when the handshake is over. */
final class SwitchedTransport implements DatagramTransport {

    private DatagramTransport current;

    SwitchedTransport(DatagramTransport first) {
        current = first;
    }

    /** Called on the loop, after the worker's last use and before the loop's first. */
    void switchTo(DatagramTransport next) {
        current = next;
    }

    @Override
    public int getReceiveLimit() throws IOException {
        return current.getReceiveLimit();
    }

    @Override
    public int getSendLimit() throws IOException {
        return current.getSendLimit();
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        return current.receive(buffer, offset, length, waitMillis);
    }

    @Override
    public void send(byte[] buffer, int offset, int length) throws IOException {
        current.send(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
