package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The stack on a class path without any native transport, as most users have it. */
class AbsentNativeTransportTest {

    @Test
    void withoutTheClassesOfEpollEverythingRunsOnNio() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = entry.toLowerCase(Locale.ROOT);
            if (!name.contains("epoll") && !name.contains("native-unix-common")) {
                path.add(new File(entry).toURI().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> program = loader.loadClass(NioProgram.class.getName());
            assertThat(program.getClassLoader()).isSameAs(loader);

            assertThat(program.getMethod("run").invoke(null)).isEqualTo("NIO, epoll false, echo");
        }
    }

    /** Runs inside the other class loader. */
    public static final class NioProgram {

        private NioProgram() {}

        /**
         * Sends a packet from one port to another.
         *
         * @return what happened
         */
        public static String run() throws Exception {
            try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.AUTO);
                    NettyPorts ports =
                            NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build()) {
                RecordingOwner owner = new RecordingOwner();
                PacketPort to = Sockets.open(ports, loops.next(), owner).get(0).port();
                PacketPort from = Sockets.open(ports, loops.next(), new RecordingOwner())
                        .get(0)
                        .port();
                Sockets.send(from, loops.next(), to.local(), Sockets.text("echo"));
                return loops.transport() + ", epoll " + NettyEventLoops.epollAvailable() + ", "
                        + owner.await(1).get(0).text();
            }
        }
    }
}
