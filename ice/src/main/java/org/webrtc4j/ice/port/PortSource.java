package org.webrtc4j.ice.port;

import java.util.List;
import java.util.function.Consumer;

/** One way of giving ports to agents. */
interface PortSource {

    /** See {@link PortProvider#open}. */
    void open(
            NettyEventLoop loop,
            PortOwner owner,
            boolean includeLoopback,
            Consumer<List<PortProvider.OpenedPort>> opened);

    void close();
}
