package org.webrtc4j;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.bouncycastle.BouncyCastleDtls;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.port.LentChannel;
import org.webrtc4j.ice.port.MulticastDns;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PortIceAgents;
import org.webrtc4j.ice.port.SystemNameResolver;
import org.webrtc4j.ice.port.Transport;

/** Makes a runtime of its settings: loops, ports, agents and endpoints, as far as they are not given. */
final class RuntimeAssembly {

    private final RuntimeBuilder settings;

    RuntimeAssembly(RuntimeBuilder settings) {
        this.settings = settings;
    }

    WebRtcRuntime build() {
        SecureRandom secure = new SecureRandom();
        RandomGenerator chosen = settings.random == null ? secure : settings.random;
        IceAgentFactory agents = settings.iceAgents;
        if (!settings.givenLoops.isEmpty() && agents == null) {
            throw new IllegalArgumentException("Loops of another kind than Netty's need iceAgents too");
        }
        if (settings.unknownUfrags != null && agents != null) {
            throw new IllegalArgumentException("onUnknownUfrag needs ports of the runtime: iceAgents brings its own");
        }
        DtlsEndpointFactory ownDtls = settings.dtls == null
                ? BouncyCastleDtls.builder(secure)
                        .workers(settings.limits.maxHandshakes(), settings.limits.maxHandshakes())
                        .build()
                : null;
        DtlsEndpointFactory endpoints = ownDtls == null ? requireNonNull(settings.dtls) : ownDtls;
        if (!settings.givenLoops.isEmpty()) {
            RuntimeParts.Own parts = new RuntimeParts.Own(null, ownDtls, null, null, null);
            return new WebRtcRuntime(new RuntimeParts(
                    settings, settings.givenLoops, null, requireNonNull(agents), endpoints, chosen, parts));
        }
        NettyEventLoops own = settings.givenNettyLoops == null ? newLoops() : null;
        NettyEventLoops netty = own == null ? settings.givenNettyLoops : own;
        if (netty == null) {
            throw new IllegalStateException("There are no loops");
        }
        if (agents != null) {
            RuntimeParts.Own parts = new RuntimeParts.Own(own, ownDtls, null, null, null);
            return new WebRtcRuntime(
                    new RuntimeParts(settings, netty.loops(), netty, agents, endpoints, chosen, parts));
        }
        SignInDesk signIns = settings.unknownUfrags == null ? null : new SignInDesk(settings.unknownUfrags);
        NettyPorts ports;
        try {
            ports = ports(netty, signIns);
        } catch (RuntimeException unbound) {
            if (ownDtls != null) {
                ownDtls.close();
            }
            if (own != null) {
                own.close();
            }
            throw unbound;
        }
        ExecutorService lookups = LookupThreads.start();
        MulticastDns mdns = settings.server && !settings.hideAddresses ? null : MulticastDns.create(netty);
        IceAgentFactory made = agents(ports, new SystemNameResolver(lookups), mdns, chosen);
        RuntimeParts.Own parts = new RuntimeParts.Own(own, ownDtls, ports, lookups, mdns);
        WebRtcRuntime runtime =
                new WebRtcRuntime(new RuntimeParts(settings, netty.loops(), netty, made, endpoints, chosen, parts));
        if (signIns != null) {
            signIns.open(runtime);
        }
        return runtime;
    }

    private NettyEventLoops newLoops() {
        Transport usual = settings.udpChannels.isEmpty() ? Transport.AUTO : Transport.NIO;
        return NettyEventLoops.create(settings.loops, settings.transport == null ? usual : settings.transport);
    }

    private NettyPorts ports(NettyEventLoops netty, @Nullable SignInDesk signIns) {
        NettyPorts.Builder made = NettyPorts.builder(netty);
        if (!settings.udpChannels.isEmpty()) {
            made.shared(settings.udpChannels.toArray(LentChannel[]::new));
        } else if (settings.udpPort >= 0) {
            made.shared(settings.udpPort);
        } else if (settings.firstUdpPort >= 0) {
            made.sharedPerLoop(settings.firstUdpPort, settings.lastUdpPort);
        }
        if (settings.tcpPort >= 0) {
            made.tcp(settings.tcpPort);
        }
        made.activeTcp(settings.activeTcp == null ? !settings.server : settings.activeTcp);
        if (!settings.bind.isEmpty()) {
            made.bind(settings.bind.toArray(InetAddress[]::new));
        }
        if (!settings.advertise.isEmpty()) {
            made.advertise(settings.advertise.toArray(String[]::new));
        }
        made.interfaceFilter(settings.interfaceFilter).addressFilter(settings.addressFilter);
        if (signIns != null) {
            made.onUnknownUfrag(signIns);
        }
        return made.hideLocal(settings.hideLocal)
                .includeLoopback(settings.includeLoopback)
                .build();
    }

    private IceAgentFactory agents(
            NettyPorts ports, SystemNameResolver names, @Nullable MulticastDns mdns, RandomGenerator chosen) {
        PeerFilter filter = settings.server
                ? PeerFilter.server(settings.privatePeers)
                : new PeerFilter(false, true, settings.privatePeers);
        PortIceAgents.Builder made = PortIceAgents.builder(ports)
                .random(chosen)
                .filter(settings.includeLoopback ? filter.withLoopback() : filter)
                .continualGathering(settings.continualGathering)
                .serverNames(names);
        if (settings.checksPerSecond > 0) {
            made.checkRates(settings.checksPerSecond, settings.checksPerAddress);
        }
        if (mdns != null && settings.hideAddresses) {
            made.hideAddresses(mdns);
        }
        return mdns == null ? made.build() : made.mdnsNames(mdns).build();
    }
}
