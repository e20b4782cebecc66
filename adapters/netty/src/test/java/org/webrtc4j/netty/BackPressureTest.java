package org.webrtc4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webrtc4j.RuntimeLimits;

/** A reader that is slow holds its writer back, whichever side it is on, and nothing in between grows past its bound. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // of writes and closes whose effect is waited for
class BackPressureTest {

    private static final int MESSAGE = 20_000;
    private static final int MESSAGES = 400;
    private static final int WINDOW = 256 * 1024;
    private static final int HIGH = 128 * 1024;
    private static final int LOW = 32 * 1024;

    /** What may be between the acceptance of a write and the handler of the reader: both buffers, and one message over. */
    private static final int BOUND = WINDOW + HIGH + 2 * MESSAGE;

    private final Stage stage = Stage.inMemory(builder ->
            builder.limits(RuntimeLimits.builder().receiveWindowBytes(WINDOW).build()));

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void aServerThatReadsSlowlyHoldsTheClientBack() throws Exception {
        SlowReader reader = new SlowReader();
        Writer writer = new Writer(reader.read);
        WebRtcServerChannel server = stage.bind(Stage.accepting(child -> slow(child, reader)));
        Stage.open(stage.connect(server, new ChannelInboundHandlerAdapter())
                .newDataChannelBootstrap()
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW, HIGH))
                .handler(writer));

        check(writer, reader);
    }

    @Test
    void aClientThatReadsSlowlyHoldsTheServerBack() throws Exception {
        SlowReader reader = new SlowReader();
        Writer writer = new Writer(reader.read);
        WebRtcServerChannel server = stage.bind(Stage.accepting(child -> {
            child.config().setWriteBufferWaterMark(new WriteBufferWaterMark(LOW, HIGH));
            child.pipeline().addLast(writer);
        }));
        Stage.open(
                stage.connect(server, new ChannelInboundHandlerAdapter()),
                Stage.initializer(channel -> slow(channel, reader)));

        check(writer, reader);
    }

    private static void slow(Channel channel, SlowReader reader) {
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(reader);
    }

    private static void check(Writer writer, SlowReader reader) throws Exception {
        reader.all.get(100, TimeUnit.SECONDS);
        assertThat(writer.accepted).hasValue(MESSAGES);
        assertThat(writer.maxUnread.get()).isPositive().isLessThanOrEqualTo(BOUND);
        assertThat(writer.maxHeld.get()).isPositive().isLessThanOrEqualTo(HIGH + 2 * MESSAGE);
        assertThat(writer.heldBack.get()).isPositive();
        assertThat(writer.buffers).hasSize(MESSAGES).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void writesThatNobodyReadStayIncompleteAndAreReleasedByTheClose() throws Exception {
        WebRtcServerChannel server = stage.bind(Stage.accepting(child -> slow(child, new SlowReader() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                // never reads
            }
        })));
        WebRtcDataChannel client =
                Stage.open(stage.connect(server, new ChannelInboundHandlerAdapter()), new Recorder());
        List<ByteBuf> buffers = new ArrayList<>();
        AtomicInteger accepted = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(MESSAGES);
        AtomicInteger closed = new AtomicInteger();
        for (int i = 0; i < MESSAGES; i++) {
            ByteBuf buffer =
                    PooledByteBufAllocator.DEFAULT.directBuffer(MESSAGE).writeZero(MESSAGE);
            buffers.add(buffer);
            client.write(buffer).addListener(write -> {
                (write.isSuccess() ? accepted : closed).incrementAndGet();
                done.countDown();
            });
        }
        client.flush();
        // The loop has tried by now: what goes now goes, the rest waits for a reader.
        client.eventLoop().submit(() -> {}).sync();
        assertThat(client.isWritable()).isFalse();
        client.close().sync();

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat((accepted.get() - 1) * MESSAGE).isPositive().isLessThanOrEqualTo(BOUND);
        assertThat(closed.get()).isEqualTo(MESSAGES - accepted.get());
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
    }

    /** Reads one message, and the next one a little later. */
    @ChannelHandler.Sharable
    private static class SlowReader extends ChannelInboundHandlerAdapter {

        final AtomicInteger read = new AtomicInteger();
        final CompletableFuture<@Nullable Void> all = new CompletableFuture<>();

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.read();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ((ByteBuf) message).release();
            if (read.incrementAndGet() == MESSAGES) {
                all.complete(null);
            } else {
                ctx.executor().schedule(ctx::read, 1, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Writes while the channel is writable, and notes what is unread meanwhile. */
    private static final class Writer extends ChannelInboundHandlerAdapter {

        final AtomicInteger accepted = new AtomicInteger();
        final AtomicLong maxUnread = new AtomicLong();
        final AtomicLong maxHeld = new AtomicLong();
        final AtomicInteger heldBack = new AtomicInteger();
        final ConcurrentLinkedQueue<ByteBuf> buffers = new ConcurrentLinkedQueue<>();
        private final AtomicInteger read;
        private int written;

        Writer(AtomicInteger read) {
            this.read = read;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            write(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (!ctx.channel().isWritable()) {
                heldBack.incrementAndGet();
            }
            write(ctx);
        }

        private void write(ChannelHandlerContext ctx) {
            while (written < MESSAGES && ctx.channel().isWritable()) {
                written++;
                ByteBuf buffer = ctx.alloc().buffer(MESSAGE).writeZero(MESSAGE);
                buffers.add(buffer);
                ctx.writeAndFlush(buffer).addListener(this::onAccepted);
                long here = ctx.channel().unsafe().outboundBuffer().totalPendingWriteBytes();
                long below = ((WebRtcDataChannel) ctx.channel()).dataChannel().bufferedAmount();
                maxHeld.accumulateAndGet(here + below, Math::max);
            }
        }

        private void onAccepted(Future<? super Void> write) {
            if (write.isSuccess()) {
                long unread = (accepted.incrementAndGet() - (long) read.get()) * MESSAGE;
                maxUnread.accumulateAndGet(unread, Math::max);
            }
        }
    }
}
