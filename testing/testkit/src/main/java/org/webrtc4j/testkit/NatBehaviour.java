package org.webrtc4j.testkit;

import java.time.Duration;

/**
 * How a NAT behaves, in the words of RFC 4787. Immutable.
 *
 * @param mapping what a mapping is reused for (section 4.1)
 * @param filtering who may send to a mapping (section 5)
 * @param hairpin whether hosts inside reach each other by their outer addresses (section 6)
 * @param preservesPort whether a mapping gets the inner port where it is free (section 4.2.1)
 * @param lifetimeNanos how long a mapping, and a permission of its filter, lasts after the last packet sent out (4.3)
 */
public record NatBehaviour(
        Dependence mapping, Dependence filtering, boolean hairpin, boolean preservesPort, long lifetimeNanos) {

    /** How long mappings last unless set otherwise: 2 minutes, the least RFC 4787 section 4.3 allows. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(2);

    /** "Full cone": one mapping per inner port, and anybody may send to it. */
    public static final NatBehaviour FULL_CONE = of(Dependence.ENDPOINT_INDEPENDENT, Dependence.ENDPOINT_INDEPENDENT);

    /** "Restricted cone": addresses that were sent to may answer, from any port. */
    public static final NatBehaviour ADDRESS_RESTRICTED = of(Dependence.ENDPOINT_INDEPENDENT, Dependence.ADDRESS);

    /** "Port-restricted cone": only what was sent to may answer. */
    public static final NatBehaviour PORT_RESTRICTED = of(Dependence.ENDPOINT_INDEPENDENT, Dependence.ADDRESS_AND_PORT);

    /** "Symmetric": another mapping for every destination, and only that may answer. */
    public static final NatBehaviour SYMMETRIC = of(Dependence.ADDRESS_AND_PORT, Dependence.ADDRESS_AND_PORT);

    /** On what of the remote side a behaviour depends. */
    public enum Dependence {
        /** On nothing. */
        ENDPOINT_INDEPENDENT,
        /** On its address. */
        ADDRESS,
        /** On its address and port. */
        ADDRESS_AND_PORT
    }

    /**
     * Returns a behaviour without hairpinning and port preservation, with the default lifetime.
     *
     * @param mapping what a mapping is reused for
     * @param filtering who may send to a mapping
     * @return the behaviour
     */
    public static NatBehaviour of(Dependence mapping, Dependence filtering) {
        return new NatBehaviour(mapping, filtering, false, false, DEFAULT_LIFETIME.toNanos());
    }

    /**
     * Returns a copy that hairpins: the packet keeps the sender's outer address (RFC 4787 REQ-9).
     *
     * @return the copy
     */
    public NatBehaviour withHairpin() {
        return new NatBehaviour(mapping, filtering, true, preservesPort, lifetimeNanos);
    }

    /**
     * Returns a copy that preserves ports.
     *
     * @return the copy
     */
    public NatBehaviour withPortPreservation() {
        return new NatBehaviour(mapping, filtering, hairpin, true, lifetimeNanos);
    }

    /**
     * Returns a copy with another lifetime.
     *
     * @param lifetime of mappings and permissions
     * @return the copy
     */
    public NatBehaviour withLifetime(Duration lifetime) {
        return new NatBehaviour(mapping, filtering, hairpin, preservesPort, lifetime.toNanos());
    }
}
