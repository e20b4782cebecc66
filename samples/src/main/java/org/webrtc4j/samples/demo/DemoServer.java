package org.webrtc4j.samples.demo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;

/** HTTP for the page, and a WebSocket per visitor for signalling. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: what cannot be written or closed ends the channel
public final class DemoServer implements AutoCloseable {

    private static final int LARGEST_REQUEST = 64 * 1024;
    private static final int LARGEST_SIGNAL = 256 * 1024;
    private static final String SIGNALING_PATH = "/signaling";

    private final EventLoopGroup group;
    private final Channel listener;
    private final FileStore files;

    private DemoServer(EventLoopGroup group, Channel listener, FileStore files) {
        this.group = group;
        this.listener = listener;
        this.files = files;
    }

    /** Binds the port and serves from then on. */
    static DemoServer start(DemoOptions options, WebRtcRuntime runtime) throws Exception {
        SslContext tls = options.tls ? selfSigned() : null;
        EventLoopGroup group = newGroup();
        FileStore files = new FileStore();
        try {
            ChatRoom room = new ChatRoom();
            Channel listener = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            initialise(
                                    channel,
                                    tls,
                                    new VisitorHandler(runtime, page -> visit(page, runtime, room, files)));
                        }
                    })
                    .bind(
                            options.host.isEmpty()
                                    ? new InetSocketAddress(options.port)
                                    : new InetSocketAddress(options.host, options.port))
                    .sync()
                    .channel();
            return new DemoServer(group, listener, files);
        } catch (Exception e) {
            files.close();
            group.shutdownGracefully();
            throw e;
        }
    }

    /**
     * Returns the port that is listened on.
     *
     * @return the TCP port
     */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close();
        files.close();
        group.shutdownGracefully();
    }

    private static @Nullable Visit visit(String page, WebRtcRuntime runtime, ChatRoom room, FileStore files) {
        return switch (page) {
            case "data" -> new DataVisit(room);
            case "files" -> new FilesVisit(files);
            case "camera" -> new CameraVisit();
            case "bars" -> new BarsVisit(runtime.mediaDevices());
            case "bot" -> new BotVisit();
            default -> null;
        };
    }

    private static void initialise(SocketChannel channel, @Nullable SslContext tls, VisitorHandler visitor) {
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        }
        channel.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
                .addLast(new PageHandler(SIGNALING_PATH))
                .addLast(new WebSocketServerProtocolHandler(SIGNALING_PATH, null, false, LARGEST_SIGNAL))
                .addLast(visitor);
    }

    // Deprecated in Netty 4.2, the only form that 4.1 has.
    @SuppressWarnings("deprecation")
    private static EventLoopGroup newGroup() {
        return new NioEventLoopGroup(1);
    }

    private static SslContext selfSigned() throws SSLException {
        LocalCertificate certificate =
                Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis());
        return SslContextBuilder.forServer(certificate.privateKey(), certificate.certificate())
                .build();
    }
}
