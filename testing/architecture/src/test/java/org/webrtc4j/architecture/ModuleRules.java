package org.webrtc4j.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who may know whom: for every part of the stack the complete list of what it may depend on, of ours and of others. What
 * is not in the list is refused, a library nobody thought of included.
 */
final class ModuleRules {

    private static final String NETTY = "io.netty..";
    private static final String BOUNCY_CASTLE = "org.bouncycastle..";
    private static final String JITSI = "org.jitsi..";
    private static final String ICE4J = "org.ice4j..";
    private static final String TYPESAFE_CONFIG = "com.typesafe.config..";
    private static final String JCODEC = "org.jcodec..";
    private static final String CONCENTUS = "io.github.jaredmdobson.concentus..";
    private static final String MICROMETER = "io.micrometer..";
    private static final String GSON = "com.google.gson..";
    private static final String SLF4J = "org.slf4j..";
    private static final String TLS = "javax.net.ssl..";

    private static final String COMMON = "org.webrtc4j.common..";
    private static final String SDP = "org.webrtc4j.sdp..";
    private static final String ICE = "org.webrtc4j.ice..";
    private static final String ICE_PORT = "org.webrtc4j.ice.port..";
    private static final String ICE4J_PROVIDER = "org.webrtc4j.ice4j..";
    private static final String TURN_SERVER = "org.webrtc4j.turnserver..";
    private static final String TURN_SERVER_ENGINE = "org.webrtc4j.turnserver.engine..";
    private static final String CRYPTO = "org.webrtc4j.crypto..";
    private static final String DTLS = "org.webrtc4j.dtls..";
    private static final String DTLS_BOUNCY_CASTLE = "org.webrtc4j.dtls.bouncycastle..";
    private static final String CERTIFICATE = "org.webrtc4j.certificate..";
    private static final String SRTP = "org.webrtc4j.srtp..";
    private static final String JITSI_SRTP = "org.webrtc4j.jitsisrtp..";
    private static final String H264 = "org.webrtc4j.h264..";
    private static final String OPUS = "org.webrtc4j.opus..";
    private static final String SCTP = "org.webrtc4j.sctp..";
    private static final String RTP = "org.webrtc4j.rtp..";
    private static final String MEDIA = "org.webrtc4j.media..";
    private static final String PEERCONNECTION = "org.webrtc4j";
    private static final String NETTY_ADAPTER = "org.webrtc4j.netty..";
    private static final String MICROMETER_ADAPTER = "org.webrtc4j.micrometer..";
    private static final String TESTKIT = "org.webrtc4j.testkit..";
    private static final String TESTKIT_PEER = "org.webrtc4j.testkit.peer..";

    /** Every part but peerconnection, which is the rest of {@code org.webrtc4j}. */
    private static final String[] PARTS = {
        COMMON,
        SDP,
        ICE,
        ICE4J_PROVIDER,
        TURN_SERVER,
        CRYPTO,
        DTLS,
        CERTIFICATE,
        SRTP,
        JITSI_SRTP,
        SCTP,
        RTP,
        MEDIA,
        OPUS,
        H264,
        NETTY_ADAPTER,
        MICROMETER_ADAPTER,
        TESTKIT,
        "org.webrtc4j.architecture.."
    };

    private ModuleRules() {}

    static List<ArchRule> all() {
        return List.of(
                part(COMMON),
                part(SDP, COMMON),
                part("ice but its ports", in(ICE).and(notIn(ICE_PORT)), ICE, COMMON),
                part(ICE_PORT, ICE, COMMON, NETTY, SLF4J, TLS),
                part(ICE4J_PROVIDER, ICE, COMMON, ICE4J, JITSI, TYPESAFE_CONFIG),
                part(TURN_SERVER_ENGINE, ICE, COMMON),
                part(
                        "the turn server but its engine",
                        in(TURN_SERVER).and(notIn(TURN_SERVER_ENGINE)),
                        TURN_SERVER,
                        ICE,
                        COMMON,
                        TLS),
                part(
                        "dtls but its library's adapter",
                        in(DTLS).and(notIn(DTLS_BOUNCY_CASTLE)),
                        DTLS,
                        CERTIFICATE,
                        SRTP,
                        CRYPTO,
                        COMMON),
                part(DTLS_BOUNCY_CASTLE, DTLS, CERTIFICATE, SRTP, COMMON, BOUNCY_CASTLE, SLF4J),
                part(CRYPTO),
                part(CERTIFICATE, COMMON, BOUNCY_CASTLE),
                part(SRTP, CRYPTO, COMMON),
                part(JITSI_SRTP, SRTP, JITSI),
                part(SCTP, COMMON),
                part(RTP, COMMON),
                part(MEDIA, RTP, COMMON),
                part(OPUS, MEDIA, CONCENTUS),
                part(H264, MEDIA, JCODEC),
                part("peerconnection", in("org.webrtc4j..").and(notIn(PARTS)), "org.webrtc4j..", SLF4J, "jdk.jfr.."),
                part(NETTY_ADAPTER, PEERCONNECTION, ICE_PORT, COMMON, NETTY),
                part(MICROMETER_ADAPTER, PEERCONNECTION, MICROMETER),
                part("the testkit but its peers", in(TESTKIT).and(notIn(TESTKIT_PEER)), TESTKIT, COMMON),
                part(TESTKIT_PEER, TESTKIT, GSON),
                nothingKnowsTestkit(),
                noCycles());
    }

    private static ArchRule nothingKnowsTestkit() {
        return classes()
                .that(in("org.webrtc4j..").and(notIn(TESTKIT)))
                .should()
                .onlyDependOnClassesThat(notIn(TESTKIT))
                .as("published modules do not know the testkit");
    }

    /** The root package of a module is its seam, which its other packages may know and which may know them. */
    private static ArchRule noCycles() {
        return slices().matching("org.webrtc4j.(*).(**)")
                .should()
                .beFreeOfCycles()
                .as("packages of a module know each other one way only");
    }

    private static ArchRule part(String packages, String... mayUse) {
        String[] own = Stream.concat(Stream.of(packages), Stream.of(mayUse)).toArray(String[]::new);
        return part(packages, in(packages), own);
    }

    private static ArchRule part(String name, DescribedPredicate<JavaClass> members, String... mayUse) {
        String[] allowed = Stream.concat(
                        Stream.of("java..", "javax.crypto..", "javax.security.auth..", "org.jspecify.."),
                        Stream.of(mayUse))
                .toArray(String[]::new);
        return classes()
                .that(members)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true)
                .as(name + " depends on nothing but " + List.of(mayUse));
    }

    private static DescribedPredicate<JavaClass> in(String... packages) {
        return resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> notIn(String... packages) {
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }
}
