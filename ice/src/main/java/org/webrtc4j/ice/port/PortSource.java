package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** One way of giving ports to agents. */
interface PortSource {

    /** See {@link PortProvider#openMissing}. */
    void open(
            NettyEventLoop loop,
            PortOwner owner,
            boolean includeLoopback,
            Set<InetAddress> present,
            Consumer<List<PortProvider.OpenedPort>> opened);

    void close();
}
