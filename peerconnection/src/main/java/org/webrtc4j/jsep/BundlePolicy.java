package org.webrtc4j.jsep;

/** Which sections of an offer have a transport of their own before the other side has bundled them (RFC 9429 section 4.1.1). */
public enum BundlePolicy {
    /** The first of each kind; the others are bundle-only. */
    BALANCED,

    /** All of them. */
    MAX_COMPAT,

    /** The first one; the others are bundle-only. */
    MAX_BUNDLE
}
