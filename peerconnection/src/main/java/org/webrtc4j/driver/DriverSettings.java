package org.webrtc4j.driver;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.rtp.congestion.CongestionControl;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.srtp.SrtpTransformFactory;

/**
 * What a driver is made of.
 *
 * @param name the connection's name, for logs and worker threads
 * @param loop where the connection lives
 * @param iceAgents makes its agent
 * @param dtls makes its DTLS endpoint
 * @param srtp makes its SRTP transform
 * @param random for the association's tags and cookies
 * @param certificate what it proves itself with
 * @param sctp options of the association; ports and message sizes come from the descriptions
 * @param snap whether the association begins with INIT chunks of the descriptions, where both have one
 * @param congestionControl estimates and paces what is sent; null for neither
 */
public record DriverSettings(
        String name,
        EventLoop loop,
        IceAgentFactory iceAgents,
        DtlsEndpointFactory dtls,
        SrtpTransformFactory srtp,
        RandomGenerator random,
        LocalCertificate certificate,
        SctpOptions sctp,
        boolean snap,
        CongestionControl.@Nullable Factory congestionControl) {}
