package org.webrtc4j.ice.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Carries TCP connections to an address, and cuts them when a test says so. */
final class TcpRelay implements AutoCloseable {

    private final ServerSocket listening;
    private final InetSocketAddress target;
    private final List<Socket> open = new ArrayList<>();
    private int accepted;

    TcpRelay(InetSocketAddress target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 50, Sockets.LOOPBACK);
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    synchronized int accepted() {
        return accepted;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                Socket far = new Socket(target.getAddress(), target.getPort());
                synchronized (this) {
                    open.add(near);
                    open.add(far);
                    accepted++;
                }
                start(() -> pump(near, far));
                start(() -> pump(far, near));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException cut) {
            // the other direction ends too
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "tcp-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends every connection there is; new ones are carried again. */
    synchronized void cut() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        open.clear();
    }

    /** Ends every connection, and carries no more. */
    void end() throws IOException {
        listening.close();
        cut();
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
