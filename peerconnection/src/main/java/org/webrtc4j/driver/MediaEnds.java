package org.webrtc4j.driver;

import org.webrtc4j.pipeline.InboundMedia;
import org.webrtc4j.pipeline.OutboundMedia;

/**
 * The two ends of a section's media: they outlive what is negotiated for them.
 *
 * @param inbound takes what is received
 * @param outbound gives what is sent
 */
public record MediaEnds(InboundMedia inbound, OutboundMedia outbound) {}
