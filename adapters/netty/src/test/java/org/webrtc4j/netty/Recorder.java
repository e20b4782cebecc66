package org.webrtc4j.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notes what reaches a pipeline, and whether it was on the channel's loop. */
class Recorder extends ChannelInboundHandlerAdapter {

    static final int SECONDS = 30;

    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final List<Object> events = new CopyOnWriteArrayList<>();
    final List<String> lifecycle = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final CompletableFuture<@Nullable Void> active = new CompletableFuture<>();
    final CompletableFuture<@Nullable Void> inactive = new CompletableFuture<>();
    final CompletableFuture<Throwable> failed = new CompletableFuture<>();
    final CompletableFuture<ChannelHandlerContext> context = new CompletableFuture<>();
    volatile boolean alwaysOnLoop = true;

    @Override
    public void channelRegistered(ChannelHandlerContext ctx) {
        note(ctx, "registered");
        context.complete(ctx);
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        note(ctx, "unregistered");
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        note(ctx, "active");
        active.complete(null);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        note(ctx, "inactive");
        inactive.complete(null);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        onLoop(ctx);
        messages.add(consume(message));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        onLoop(ctx);
        events.add(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        onLoop(ctx);
        failures.add(cause);
        failed.complete(cause);
    }

    String next() throws InterruptedException {
        String message = messages.poll(SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("No message; " + lifecycle + " " + failures);
        }
        return message;
    }

    /** The message as text, released. */
    static String consume(Object message) {
        if (message instanceof ByteBuf bytes) {
            try {
                return "bytes:" + bytes.toString(StandardCharsets.UTF_8);
            } finally {
                bytes.release();
            }
        }
        return "text:" + ((TextMessage) message).text();
    }

    private void note(ChannelHandlerContext ctx, String what) {
        onLoop(ctx);
        lifecycle.add(what);
    }

    private void onLoop(ChannelHandlerContext ctx) {
        alwaysOnLoop &= ctx.channel().eventLoop().inEventLoop();
    }
}
