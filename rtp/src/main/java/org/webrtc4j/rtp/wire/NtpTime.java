package org.webrtc4j.rtp.wire;

/** NTP time: 32 bits of seconds since 1900 and 32 of fraction, which begins anew in 2036 (RFC 3550 section 4). */
public final class NtpTime {

    private static final long EPOCH_SECONDS = 2_208_988_800L;
    private static final long MICROS = 1_000_000L;
    private static final long NANOS = 1_000_000_000L;
    private static final long ERA_MICROS = (1L << 32) * MICROS;

    private NtpTime() {}

    /**
     * Turns wall time into NTP time.
     *
     * @param epochMicros microseconds since 1970
     * @return NTP time of its era
     */
    public static long ofEpochMicros(long epochMicros) {
        long seconds = Math.floorDiv(epochMicros, MICROS) + EPOCH_SECONDS;
        long fraction = (Math.floorMod(epochMicros, MICROS) << 32) / MICROS;
        return seconds << 32 | fraction;
    }

    /**
     * Turns NTP time into wall time of the era nearest to a known time.
     *
     * @param ntp NTP time
     * @param nearEpochMicros microseconds since 1970
     * @return microseconds since 1970
     */
    public static long toEpochMicros(long ntp, long nearEpochMicros) {
        long seconds = (ntp >>> 32) - EPOCH_SECONDS;
        long micros = seconds * MICROS + (((ntp & 0xffff_ffffL) * MICROS + (1L << 31)) >>> 32);
        long eras = Math.floorDiv(nearEpochMicros - micros + ERA_MICROS / 2, ERA_MICROS);
        return micros + eras * ERA_MICROS;
    }

    /**
     * Returns the part of an NTP time that reports refer to it by.
     *
     * @param ntp NTP time
     * @return the middle 32 bits, 1/65536 seconds
     */
    public static int middle(long ntp) {
        return (int) (ntp >>> 16);
    }

    /**
     * Turns a duration in 1/65536 seconds into nanoseconds.
     *
     * @param units 1/65536 seconds
     * @return nanoseconds
     */
    public static long toNanos(long units) {
        return (units * NANOS) >> 16;
    }

    /**
     * Turns a duration into 1/65536 seconds.
     *
     * @param nanos nanoseconds, below nine days
     * @return held to 32 bits
     */
    public static long ofNanos(long nanos) {
        return Math.min(0xffff_ffffL, ((nanos / NANOS) << 16) + ((nanos % NANOS) << 16) / NANOS);
    }
}
