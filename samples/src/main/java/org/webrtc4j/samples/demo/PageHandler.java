package org.webrtc4j.samples.demo;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/** Serves the files of the pages, a fixed list; the path of signalling goes on to the WebSocket handler. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: what cannot be written or closed ends the channel
final class PageHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Set<String> FILES = Set.of(
            "index.html",
            "files.html",
            "camera.html",
            "bars.html",
            "bot.html",
            "style.css",
            "demo.js",
            "files.js",
            "sha256.js",
            "camera.js",
            "bars.js",
            "bot.js",
            "nav.js",
            "readout.js",
            "session.js",
            "chat.js",
            "echo.js",
            "throughput.js",
            "plot.js",
            "facts.js",
            "figures.js",
            "devices.js");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8");

    private final String signalingPath;

    PageHandler(String signalingPath) {
        this.signalingPath = signalingPath;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) throws IOException {
        String path = path(request.uri());
        if (path.equals(signalingPath)) {
            context.fireChannelRead(request.retain());
            return;
        }
        String name = path.equals("/") ? "index.html" : path.substring(1);
        String type = FILES.contains(name) ? TYPES.get(name.substring(name.lastIndexOf('.') + 1)) : null;
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            respond(context, request, HttpResponseStatus.METHOD_NOT_ALLOWED, "text/plain", new byte[0]);
        } else if (type == null) {
            respond(context, request, HttpResponseStatus.NOT_FOUND, "text/plain", new byte[0]);
        } else {
            respond(context, request, HttpResponseStatus.OK, type, read(name));
        }
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream file = PageHandler.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                throw new IOException("The page's " + name + " is missing in this jar");
            }
            return file.readAllBytes();
        }
    }

    private static void respond(
            ChannelHandlerContext context,
            FullHttpRequest request,
            HttpResponseStatus status,
            String type,
            byte[] content) {
        boolean head = request.method().equals(HttpMethod.HEAD);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(head ? new byte[0] : content));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set("Content-Security-Policy", "default-src 'self'; connect-src 'self' ws: wss:; img-src data:");
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, keepAlive);
        var written = context.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }
}
