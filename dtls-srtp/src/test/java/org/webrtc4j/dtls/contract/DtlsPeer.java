package org.webrtc4j.dtls.contract;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;

/** An endpoint driven as its owner would drive it, and everything it gave. */
public final class DtlsPeer implements DtlsSink {

    private final DrivenLoop loop;
    private final DtlsEndpoint endpoint;
    private final LoopTimer timer;
    private final List<DtlsEvent> events = new ArrayList<>();
    private final List<byte[]> data = new ArrayList<>();
    private @Nullable Consumer<byte[]> output;
    private boolean inside;

    /**
     * Creates an endpoint.
     *
     * @param factory its implementation
     * @param config what it is made of
     * @param loop where it lives
     */
    public DtlsPeer(DtlsEndpointFactory factory, DtlsConfig config, DrivenLoop loop) {
        this.loop = loop;
        this.endpoint = factory.create(config, loop, this);
        this.timer = loop.newTimer(() -> turn(() -> endpoint.handleTimeout(now())));
    }

    /**
     * Sets where its datagrams go.
     *
     * @param consumer takes copies
     */
    public void output(Consumer<byte[]> consumer) {
        output = consumer;
    }

    /**
     * Starts it.
     *
     * @param role its role
     */
    public void start(DtlsRole role) {
        turn(() -> endpoint.start(role, now()));
    }

    /**
     * Sets the fingerprints of the other side.
     *
     * @param fingerprints of the description
     */
    public void expect(List<CertificateFingerprint> fingerprints) {
        turn(() -> endpoint.setRemoteFingerprints(fingerprints));
    }

    /**
     * Gives it a datagram.
     *
     * @param datagram the bytes
     */
    public void receive(byte[] datagram) {
        ByteBuffer borrowed = ByteBuffer.allocate(datagram.length + 7);
        borrowed.position(5).limit(5 + datagram.length);
        borrowed.put(5, datagram);
        turn(() -> endpoint.handlePacket(borrowed, now()));
        // Borrowed for the call only: whoever keeps a reference reads this.
        for (int i = 0; i < borrowed.capacity(); i++) {
            borrowed.array()[i] = (byte) 0xA5;
        }
    }

    /**
     * Sends data.
     *
     * @param message one message
     * @return what the endpoint answered
     */
    public boolean send(byte[] message) {
        boolean[] sent = new boolean[1];
        turn(() -> sent[0] = endpoint.sendApplicationData(ByteBuffer.wrap(message), now()));
        return sent[0];
    }

    /** Closes it. */
    public void close() {
        turn(() -> endpoint.close(now()));
    }

    private void turn(Runnable input) {
        inside = true;
        input.run();
        endpoint.handleBatchEnd(now());
        inside = false;
        timer.arm(endpoint.nextTimeout());
    }

    /**
     * Tells whether the endpoint is inside one of the calls of its owner.
     *
     * @return false between turns
     */
    public boolean isInside() {
        return inside;
    }

    private long now() {
        return loop.clock().nanoTime();
    }

    @Override
    public void transmit(ByteBuffer packet) {
        if (!loop.inLoop()) {
            throw new AssertionError("transmit off the loop");
        }
        byte[] copy = new byte[packet.remaining()];
        packet.get(packet.position(), copy);
        if (output != null) {
            output.accept(copy);
        }
    }

    @Override
    public void onApplicationData(ByteBuffer message) {
        byte[] copy = new byte[message.remaining()];
        message.get(message.position(), copy);
        data.add(copy);
    }

    @Override
    public void onEvent(DtlsEvent event) {
        events.add(event);
        timer.arm(endpoint.nextTimeout());
    }

    /**
     * Returns the endpoint.
     *
     * @return as created
     */
    public DtlsEndpoint endpoint() {
        return endpoint;
    }

    /**
     * Returns what was delivered.
     *
     * @return all messages so far
     */
    public List<byte[]> data() {
        return data;
    }

    /**
     * Returns what happened.
     *
     * @return all events so far
     */
    public List<DtlsEvent> events() {
        return events;
    }

    /**
     * Tells whether it was connected.
     *
     * @return true also after its end
     */
    public boolean hasConnected() {
        return connected().isPresent();
    }

    /**
     * Returns the connected event.
     *
     * @return empty before
     */
    public Optional<DtlsEvent.Connected> connected() {
        return events.stream()
                .filter(DtlsEvent.Connected.class::isInstance)
                .map(DtlsEvent.Connected.class::cast)
                .findFirst();
    }

    /**
     * Tells whether it has ended.
     *
     * @return true after closed or failed
     */
    public boolean hasEnded() {
        return events.stream().anyMatch(event -> !(event instanceof DtlsEvent.Connected));
    }

    /**
     * Returns why it failed.
     *
     * @return empty when it has not
     */
    public Optional<DtlsFailure> failure() {
        return events.stream()
                .filter(DtlsEvent.Failed.class::isInstance)
                .map(event -> ((DtlsEvent.Failed) event).failure())
                .findFirst();
    }

    /**
     * Returns a drop counter.
     *
     * @param reason its name
     * @return 0 when nothing was dropped for it
     */
    public long drops(String reason) {
        return endpoint.stats().drops().getOrDefault(reason, 0L);
    }
}
