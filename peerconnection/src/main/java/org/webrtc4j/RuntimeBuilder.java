package org.webrtc4j;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.port.LentChannel;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.Transport;
import org.webrtc4j.media.codec.CodecFactory;
import org.webrtc4j.rtp.congestion.CongestionControl;
import org.webrtc4j.srtp.SrtpTransformFactory;
import org.webrtc4j.srtp.jca.JcaSrtp;

/** Collects what a {@link WebRtcRuntime} is made of. Not thread-safe. */
public final class RuntimeBuilder {

    @Nullable
    Executor executor;

    RuntimeListener listener = RuntimeListener.NONE;
    RuntimeLimits limits = RuntimeLimits.defaults();
    DataChannelSettings dataChannels = DataChannelSettings.defaults();
    boolean server;
    boolean privatePeers = true;
    boolean iceLite;
    boolean renomination = true;
    boolean includeLoopback;
    boolean warmUp;

    int loops = Runtime.getRuntime().availableProcessors();

    @Nullable
    Transport transport;

    int udpPort = -1;
    int firstUdpPort = -1;
    int lastUdpPort = -1;
    int tcpPort = -1;

    @Nullable
    Boolean activeTcp;

    List<LentChannel> udpChannels = List.of();
    final List<InetAddress> bind = new ArrayList<>();
    final List<String> advertise = new ArrayList<>();
    boolean hideLocal;
    Predicate<NetworkInterface> interfaceFilter = nic -> true;
    Predicate<InetAddress> addressFilter = address -> true;
    boolean continualGathering;
    boolean hideAddresses;

    @Nullable
    UnknownUfragHandler unknownUfrags;
    /** 0 for the defaults of the agents. */
    int checksPerSecond;

    int checksPerAddress;
    List<EventLoop> givenLoops = List.of();

    @Nullable
    NettyEventLoops givenNettyLoops;

    @Nullable
    IceAgentFactory iceAgents;

    @Nullable
    DtlsEndpointFactory dtls;

    SrtpTransformFactory srtp = new JcaSrtp();
    CongestionControl.@Nullable Factory congestionControl;

    @Nullable
    RandomGenerator random;

    private final List<CodecFactory> codecs = new ArrayList<>();
    private final List<MediaSourceProvider> mediaSources = new ArrayList<>();
    private int codecThreads = Runtime.getRuntime().availableProcessors();
    private @Nullable Executor codecExecutor;

    RuntimeBuilder() {}

    /**
     * Sets how many event loops to run; each is one thread.
     *
     * @param count 1 or more; default: the number of processors
     * @return this
     */
    public RuntimeBuilder loops(int count) {
        loops = count;
        return this;
    }

    /**
     * Sets how sockets are driven.
     *
     * @param choice NIO, or epoll where its native library is present; default: epoll if it is there
     * @return this
     */
    public RuntimeBuilder transport(Transport choice) {
        transport = choice;
        return this;
    }

    /**
     * Uses one UDP port for all connections.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @return this
     */
    public RuntimeBuilder udpPort(int port) {
        udpPort = port;
        return this;
    }

    /**
     * Uses one UDP port for each loop, out of a range: many connections share a port and none changes its loop.
     *
     * @param first the first one
     * @param last the last one; the range holds at least as many ports as there are loops
     * @return this
     */
    public RuntimeBuilder udpPorts(int first, int last) {
        firstUdpPort = first;
        lastUdpPort = last;
        return this;
    }

    /**
     * Accepts TCP connections of peers on one port for all connections (ICE-TCP, RFC 6544), besides UDP: for networks that let
     * no datagrams through. UDP is preferred where it works. Addresses are bound, advertised and hidden as for UDP; an outer
     * port that is advertised has to lead to this one, too.
     *
     * @param port 1 to 65535, or 0 for any free one; default: no TCP
     * @return this
     */
    public RuntimeBuilder tcpPort(int port) {
        tcpPort = port;
        return this;
    }

    /**
     * Sets whether connections are opened to peers that accept TCP (ICE-TCP, RFC 6544), as browsers do.
     *
     * @param connect default true, and false for a {@link #server}: the peer chooses to which addresses
     * @return this
     */
    public RuntimeBuilder activeTcp(boolean connect) {
        activeTcp = connect;
        return this;
    }

    /**
     * Uses UDP sockets that the caller owns, one for each local address, for all connections: so WebRTC shares a port with
     * another protocol. They are given back when the runtime ends. Stands instead of {@link #udpPort}; addresses and filters
     * have no effect on it.
     *
     * @param channels channels of the JDK, which need {@link Transport#NIO} and choose it where no transport is set, or of a
     *     Netty group given by {@link #eventLoops(NettyEventLoops)}
     * @return this
     */
    public RuntimeBuilder udpChannel(LentChannel... channels) {
        udpChannels = List.of(channels);
        return this;
    }

    /**
     * Binds to these addresses only. A loopback address among them is used without {@link #includeLoopback}.
     *
     * @param addresses of this machine; default: every address that is not loopback or link-local
     * @return this
     */
    public RuntimeBuilder bind(InetAddress... addresses) {
        bind.addAll(List.of(addresses));
        includeLoopback |= bind.stream().anyMatch(InetAddress::isLoopbackAddress);
        return this;
    }

    /**
     * Signals addresses under which the port is reached from outside: 1:1 NAT, or a container's forwarded port.
     *
     * @param hosts host or host:port
     * @return this
     */
    public RuntimeBuilder advertise(String... hosts) {
        advertise.addAll(List.of(hosts));
        return this;
    }

    /**
     * Sets whether the bound addresses themselves stay unsignalled where others are advertised.
     *
     * @param hide true to hide them
     * @return this
     */
    public RuntimeBuilder hideLocal(boolean hide) {
        hideLocal = hide;
        return this;
    }

    /**
     * Chooses the network interfaces whose addresses are used; without effect on addresses given by {@link #bind}.
     *
     * @param filter true for an interface to use; called from any thread
     * @return this
     */
    public RuntimeBuilder interfaceFilter(Predicate<NetworkInterface> filter) {
        interfaceFilter = filter;
        return this;
    }

    /**
     * Chooses the addresses of this machine that are used; without effect on those given by {@link #bind}.
     *
     * @param filter true for an address to use; called from any thread
     * @return this
     */
    public RuntimeBuilder addressFilter(Predicate<InetAddress> filter) {
        addressFilter = filter;
        return this;
    }

    /**
     * Sets whether connections go on gathering when the addresses of this machine change, looked at every two seconds: they tell new
     * candidates in the same generation and give up what is gone; without any pair left they fail after 39.5 seconds. A shared
     * port and addresses given by {@link #bind} stay as they are.
     *
     * @param continual default false, as in browsers: {@link RTCPeerConnection#restartIce} takes up what has changed
     * @return this
     */
    public RuntimeBuilder continualGathering(boolean continual) {
        continualGathering = continual;
        return this;
    }

    /**
     * Sets whether host candidates hide the addresses of this machine behind random names under .local, as browsers do
     * (draft-ietf-mmusic-mdns-ice-candidates): only peers on the same link can resolve them, by multicast DNS.
     *
     * @param hide default false; has no effect on addresses given to {@link #advertise}
     * @return this
     */
    public RuntimeBuilder hideAddresses(boolean hide) {
        hideAddresses = hide;
        return this;
    }

    /**
     * Sets who decides about connections that were never signalled: checks that reach the shared port with a ufrag that no
     * connection has. By default they are dropped, counted, and leave nothing behind. Needs {@link #udpPort}, {@link
     * #udpPorts} or {@link #udpChannel}.
     *
     * @param handler knows the ufrag, or refuses
     * @return this
     */
    public RuntimeBuilder onUnknownUfrag(UnknownUfragHandler handler) {
        unknownUfrags = handler;
        return this;
    }

    /**
     * Sets how many connectivity checks the connections of a loop may send together. Those that find the budget used up wait.
     *
     * @param perSecond in all; default 2,000
     * @param perAddress in a second to one address that has not answered yet; default 20, so that no peer can aim this
     *     process at a victim. A process that opens many connections to one port at once, such as a load test, needs more
     * @return this
     */
    public RuntimeBuilder checkRates(int perSecond, int perAddress) {
        if (perSecond < 1 || perAddress < 1) {
            throw new IllegalArgumentException("rates of checks: " + perSecond + " and " + perAddress);
        }
        checksPerSecond = perSecond;
        checksPerAddress = perAddress;
        return this;
    }

    /**
     * Sets where events, futures and state changes of connections happen, instead of on their loops.
     *
     * @param place runs one task of a connection at a time, whatever it is; when it refuses one, that connection closes
     * @return this
     */
    public RuntimeBuilder executor(Executor place) {
        executor = place;
        return this;
    }

    /**
     * Sets who hears what happens.
     *
     * @param hears the listener
     * @return this
     */
    public RuntimeBuilder listener(RuntimeListener hears) {
        listener = hears;
        return this;
    }

    /**
     * Sets the limits.
     *
     * @param limits the limits
     * @return this
     */
    public RuntimeBuilder limits(RuntimeLimits limits) {
        this.limits = limits;
        return this;
    }

    /**
     * Sets how the association below data channels behaves.
     *
     * @param settings default: {@link DataChannelSettings#defaults()}
     * @return this
     */
    public RuntimeBuilder dataChannels(DataChannelSettings settings) {
        dataChannels = settings;
        return this;
    }

    /**
     * Takes the profile of a server on a public network: no .local names are resolved, no checks are sent to loopback and
     * link-local addresses that a peer may name, and no TCP connections are opened to what a peer names.
     *
     * @return this
     */
    public RuntimeBuilder server() {
        server = true;
        return this;
    }

    /**
     * Sets whether checks are sent to private addresses that a peer names.
     *
     * @param allowed default true; false keeps peers from probing the network of a server
     * @return this
     */
    public RuntimeBuilder privatePeers(boolean allowed) {
        privatePeers = allowed;
        return this;
    }

    /**
     * Sets whether agents only answer checks (RFC 8445 section 2.5).
     *
     * @param lite true for a server with public addresses; default false
     * @return this
     */
    public RuntimeBuilder iceLite(boolean lite) {
        iceLite = lite;
        return this;
    }

    /**
     * Sets whether connections may change to a better pair of candidates later, where the peer understands it.
     *
     * @param renominate default true; with false only the loss of a pair brings another
     * @return this
     */
    public RuntimeBuilder renomination(boolean renominate) {
        renomination = renominate;
        return this;
    }

    /**
     * Sets whether loopback addresses are gathered and checked, for programs on one machine.
     *
     * @param include default false
     * @return this
     */
    public RuntimeBuilder includeLoopback(boolean include) {
        includeLoopback = include;
        return this;
    }

    /**
     * Uses Netty loops that exist; the runtime does not end them.
     *
     * @param existing the loops
     * @return this
     */
    public RuntimeBuilder eventLoops(NettyEventLoops existing) {
        givenNettyLoops = existing;
        return this;
    }

    /**
     * Uses loops of any kind, such as those of a simulation; the runtime does not end them. Needs {@link #iceAgents}.
     *
     * @param existing the loops
     * @return this
     */
    public RuntimeBuilder eventLoops(List<EventLoop> existing) {
        givenLoops = List.copyOf(existing);
        return this;
    }

    /**
     * Uses another implementation of ICE, or agents in memory. The runtime does not close it.
     *
     * @param factory makes the agents
     * @return this
     */
    public RuntimeBuilder iceAgents(IceAgentFactory factory) {
        iceAgents = factory;
        return this;
    }

    /**
     * Uses another implementation of DTLS. The runtime does not close it.
     *
     * @param factory makes the endpoints
     * @return this
     */
    public RuntimeBuilder dtls(DtlsEndpointFactory factory) {
        dtls = factory;
        return this;
    }

    /**
     * Uses another implementation of SRTP.
     *
     * @param factory makes the transform of each connection
     * @return this
     */
    public RuntimeBuilder srtp(SrtpTransformFactory factory) {
        srtp = factory;
        return this;
    }

    /**
     * Estimates what the path of each connection carries, by the feedback of its peer, and paces what is sent; without this media
     * leave as they come. {@link RTCRtpSender#onTargetBitrate} tells what each sender may send.
     *
     * @param factory such as {@code CongestionControl::ofGoogle}
     * @return this
     */
    public RuntimeBuilder congestionControl(CongestionControl.Factory factory) {
        congestionControl = factory;
        return this;
    }

    /**
     * Adds codecs, to be asked before those that artifacts on the class path bring and those given before.
     *
     * @param factory makes encoders and decoders
     * @return this
     */
    public RuntimeBuilder codec(CodecFactory factory) {
        codecs.add(factory);
        return this;
    }

    /**
     * Adds devices, before those that artifacts on the class path bring and before the synthetic ones.
     *
     * @param provider lists and opens them
     * @return this
     */
    public RuntimeBuilder mediaSources(MediaSourceProvider provider) {
        mediaSources.add(provider);
        return this;
    }

    /**
     * Sets how many threads encode and decode; they are made at need, and end when idle and with the runtime.
     *
     * @param count 1 or more; default: the number of processors
     * @return this
     */
    public RuntimeBuilder codecThreads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(count + " threads");
        }
        codecThreads = count;
        return this;
    }

    /**
     * Sets where to encode and decode, instead of on threads of the runtime; the runtime does not end it. Tasks take
     * milliseconds. Of a stream one runs at a time; what the executor refuses is dropped.
     *
     * @param place where codecs, and the sinks of sound, run
     * @return this
     */
    public RuntimeBuilder codecExecutor(Executor place) {
        codecExecutor = place;
        return this;
    }

    /**
     * Sets where random numbers come from, for repeatable simulations.
     *
     * @param source has to be safe from every thread used; default: a SecureRandom
     * @return this
     */
    public RuntimeBuilder random(RandomGenerator source) {
        random = source;
        return this;
    }

    RuntimeCodecs newCodecs() {
        return new RuntimeCodecs(codecs, codecExecutor, codecThreads);
    }

    MediaDevices newMediaDevices(RuntimeCodecs made) {
        return new MediaDevices(made, mediaSources);
    }

    /** Its connections are nobody's but the warm-up's: the log says little of them. */
    RuntimeBuilder warmUp() {
        warmUp = true;
        return this;
    }

    /**
     * Starts the runtime: loops run, a shared port is bound.
     *
     * @return the runtime
     * @throws IllegalArgumentException for settings that contradict each other
     * @throws IllegalStateException when a shared port cannot be bound
     */
    public WebRtcRuntime build() {
        return new RuntimeAssembly(this).build();
    }
}
