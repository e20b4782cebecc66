package org.webrtc4j.smoke;

import java.security.SecureRandom;
import java.security.Security;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.bouncycastle.BouncyCastleDtls;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sdp.SessionDescription;

/** Uses each part of the stack once and says where its classes come from. */
public final class Main {

    private static final String DESCRIPTION = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    private Main() {}

    /**
     * Prints one line per part, and one for what is left behind in the process.
     *
     * @param arguments none
     * @throws Exception when a part does not work
     */
    public static void main(String[] arguments) throws Exception {
        if (!SessionDescription.parse(DESCRIPTION).write().equals(DESCRIPTION)) {
            throw new AssertionError("The description changed");
        }
        LocalCertificate certificate =
                Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis());
        try (BouncyCastleDtls dtls = new BouncyCastleDtls(new SecureRandom())) {
            dtls.warmUp(certificate);
        }
        try (NettyEventLoops loops = NettyEventLoops.create(1)) {
            CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
            EventLoop loop = loops.next();
            loop.execute(() -> onLoop.complete(loop.inLoop()));
            if (!onLoop.get(20, TimeUnit.SECONDS)) {
                throw new AssertionError("Not on the loop");
            }
        }
        for (Class<?> type : List.of(
                EventLoop.class,
                SessionDescription.class,
                NettyEventLoops.class,
                BouncyCastleDtls.class,
                SctpAssociation.class)) {
            System.out.println("part " + type.getModule().getName());
        }
        System.out.println("provider " + Security.getProvider("BC"));
        System.out.println("provider " + Security.getProvider("BCJSSE"));
    }
}
