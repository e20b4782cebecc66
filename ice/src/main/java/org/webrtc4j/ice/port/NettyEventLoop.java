package org.webrtc4j.ice.port;

import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.TimeSource;

/** One Netty loop as the stack's event loop, with the buffers that all sockets of the loop share. */
final class NettyEventLoop implements EventLoop {

    private static final Logger LOG = LoggerFactory.getLogger(NettyEventLoops.class);

    private final NettyEventLoops group;
    private final int index;
    private final io.netty.channel.EventLoop netty;
    private final TimeSource clock;
    private final LagMeter lagMeter;
    private final ByteBuffer receiveBuffer = ByteBuffer.allocate(UdpSocket.MAX_DATAGRAM);
    private final SendSlab sendSlab;
    private final PortCounters counters = new PortCounters();

    NettyEventLoop(NettyEventLoops group, int index, io.netty.channel.EventLoop netty, TimeSource clock) {
        this.group = group;
        this.index = index;
        this.netty = netty;
        this.clock = clock;
        lagMeter = new LagMeter(clock.nanoTime());
        sendSlab = new SendSlab();
    }

    @Override
    public void execute(Runnable task) {
        // What the task throws is logged by Netty.
        netty.execute(task);
    }

    @Override
    public LoopTimer newTimer(Runnable task) {
        return new NettyTimer(this, task);
    }

    @Override
    public TimeSource clock() {
        return clock;
    }

    @Override
    public boolean inLoop() {
        return netty.inEventLoop();
    }

    NettyEventLoops group() {
        return group;
    }

    /** Which loop of its group it is, from 0. */
    int index() {
        return index;
    }

    io.netty.channel.EventLoop netty() {
        return netty;
    }

    LagMeter lagMeter() {
        return lagMeter;
    }

    /** Where received packets are copied to, one after the other. */
    ByteBuffer receiveBuffer() {
        return receiveBuffer;
    }

    SendSlab sendSlab() {
        return sendSlab;
    }

    PortCounters counters() {
        return counters;
    }

    /** Runs a task on the loop, unless it has ended: then nothing is left that the task could matter to. */
    void post(Runnable task) {
        try {
            netty.execute(task);
        } catch (RejectedExecutionException ended) {
            LOG.trace("The loop has ended");
        }
    }

    /** Runs foreign code on the loop: what it throws is logged and harms nobody else. */
    void runLogged(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            logFailure(e);
        }
    }

    static void logFailure(Throwable e) {
        LOG.warn("A task on an event loop failed", e);
    }
}
