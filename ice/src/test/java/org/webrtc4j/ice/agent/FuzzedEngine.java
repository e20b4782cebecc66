package org.webrtc4j.ice.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceLimits;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunWriter;

/** An engine whose every input is chosen by bytes, authentic messages among them. */
public final class FuzzedEngine {

    /** Longer inputs only repeat themselves. */
    private static final int MAX_STEPS = 300;

    private final FuzzedDataProvider data;
    private final EngineFixture fixture;

    /** As many as there are, without those of TCP. */
    private static final int UDP_STEPS = 16;

    private static final int TCP_STEPS = UDP_STEPS + 4;
    /** Ports come and go. */
    private static final int PORT_STEPS = TCP_STEPS + 2;

    private int steps = UDP_STEPS;

    public FuzzedEngine(FuzzedDataProvider data) {
        this.data = data;
        IceLimits limits = new IceLimits(8, 6, 10, 4, 3, 5, 20);
        fixture = new EngineFixture(data.consumeBoolean(), limits, PeerFilter.client());
    }

    /** TCP connections come and go, too. */
    public FuzzedEngine withTcp() {
        fixture.withTcp();
        steps = TCP_STEPS;
        return this;
    }

    /** Local addresses come and go, too. */
    public FuzzedEngine withPorts() {
        withTcp();
        steps = PORT_STEPS;
        return this;
    }

    public void run() {
        for (int i = 0; i < MAX_STEPS && data.remainingBytes() > 0; i++) {
            step();
            assertThat(fixture.engine.remoteCandidates()).hasSizeLessThanOrEqualTo(14);
            assertThat(fixture.engine.pairs()).hasSizeLessThanOrEqualTo(20);
            assertTimersAdvance();
        }
        fixture.engine.explain();
        fixture.engine.close();
        assertThat(fixture.engine.selected()).isNull();
    }

    /** What is due is done by two calls at most: a timer that stays due would keep its loop busy for ever. */
    private void assertTimersAdvance() {
        for (int i = 0; i < 2 && fixture.engine.nextTimeout() - fixture.now <= 0; i++) {
            fixture.engine.handleTimeout(fixture.now);
        }
        assertThat(fixture.engine.nextTimeout() - fixture.now).isPositive();
    }

    private InetSocketAddress address() {
        return EngineFixture.at("192.0.2." + data.consumeInt(2, 5), data.consumeInt(0, 9));
    }

    private void step() {
        IceEngine engine = fixture.engine;
        switch (data.consumeInt(0, steps - 1)) {
            case 0 -> fixture.receiveRaw(address(), ByteBuffer.wrap(data.consumeBytes(100)));
            case 1 -> fixture.receive(address(), request());
            case 2, 3 -> answer();
            case 4 -> fixture.run(data.consumeInt(0, 2_000) * EngineFixture.MILLISECOND);
            case 5 -> fixture.run(data.consumeInt(0, 60) * EngineFixture.SECOND);
            case 6 ->
                engine.addRemoteCandidate(
                        EngineFixture.host(
                                address(), CandidatePriority.of(IceCandidateType.HOST, data.consumeInt(0, 65_535))),
                        data.consumeBoolean() ? address() : null,
                        fixture.now);
            case 7 -> engine.setRemoteParameters(parameters(), fixture.now);
            case 8 -> engine.setRole(data.consumeBoolean() ? IceRole.CONTROLLING : IceRole.CONTROLLED, fixture.now);
            case 9 -> engine.start(fixture.now);
            case 10 -> engine.restart(parameters(), fixture.now);
            case 11 -> engine.cancelRestart(fixture.now);
            case 12 -> engine.endOfRemoteCandidates(data.consumeBoolean() ? "" : "them", fixture.now);
            case 13 -> engine.endOfLocalCandidates(fixture.now);
            case 14 -> {
                if (!fixture.requests().isEmpty()) {
                    fixture.refuse(fixture.requests().get(0), data.consumeInt(300, 699));
                }
            }
            case 16 ->
                engine.connectionEnded(
                        data.consumeInt(0, 2), address(), data.pickValue(ConnectionEnd.values()), fixture.now);
            case 17 -> fixture.receive(data.consumeInt(1, 2), address(), request());
            case 18 -> fixture.addRemoteTcp(address(), data.pickValue(IceTcpType.values()));
            case 19 -> {
                if (!fixture.sent.isEmpty()) {
                    EngineFixture.Sent last = fixture.sent.get(fixture.sent.size() - 1);
                    engine.connectionEnded(last.port(), last.to(), ConnectionEnd.CLOSED, fixture.now);
                }
            }
            case 20 -> engine.removePort(data.consumeInt(0, 3), fixture.now);
            case 21 -> {
                int id = data.consumeInt(0, 3);
                engine.removePort(id, fixture.now);
                engine.addPort(id, EngineFixture.at("192.0.2.1", 100 + id), 100 + id, fixture.now);
            }
            default -> {
                engine.verifiedPair(0, address());
                engine.isEarlyPeer(0, address());
            }
        }
        if (fixture.sent.size() > 50) {
            fixture.sent.subList(0, fixture.sent.size() - 50).clear();
        }
    }

    private IceParameters parameters() {
        int which = data.consumeInt(0, 3);
        return which == 0
                ? EngineFixture.THEIRS
                : which == 1
                        ? EngineFixture.OURS
                        : new IceParameters(
                                "ufrag" + which, "password+number+" + which, data.consumeBoolean(), true, true);
    }

    private StunWriter request() {
        StunWriter request = fixture.check();
        if (data.consumeBoolean()) {
            request.role(data.consumeBoolean(), data.consumeLong());
        }
        if (data.consumeBoolean()) {
            request.priority(data.consumeInt());
        }
        if (data.consumeBoolean()) {
            request.useCandidate();
        }
        if (data.consumeBoolean()) {
            request.nomination(data.consumeInt());
        }
        if (data.consumeBoolean()) {
            request.attribute(data.consumeShort() & 0xffff, data.consumeBytes(20));
        }
        return request;
    }

    private void answer() {
        if (fixture.requests().isEmpty()) {
            return;
        }
        EngineFixture.Sent request =
                fixture.requests().get(data.consumeInt(0, fixture.requests().size() - 1));
        fixture.answer(
                request,
                data.consumeBoolean() ? request.to() : address(),
                StunKey.shortTerm(data.consumeBoolean() ? EngineFixture.THEIRS.pwd() : "password+number+2"));
    }
}
