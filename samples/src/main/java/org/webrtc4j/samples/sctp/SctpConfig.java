package org.webrtc4j.samples.sctp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.SctpCongestionControl;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpOptionsBuilder;
import org.webrtc4j.sctp.SctpScheduler;

/** What one run does; unknown keys are ignored, absent ones leave the defaults of the WebRTC profile. */
final class SctpConfig {

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long MAX_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI;

    final boolean listen;
    final InetSocketAddress local;
    final @Nullable InetSocketAddress remote;
    final boolean nio;
    final SctpOptions options;

    private SctpConfig(JsonObject json) {
        String mode = text(json, "mode", "");
        if (!mode.equals("listen") && !mode.equals("connect")) {
            throw new IllegalArgumentException("mode is neither connect nor listen");
        }
        listen = mode.equals("listen");
        local = address(text(json, "local", "127.0.0.1:0"), "local", 0);
        remote = present(json, "remote") ? address(text(json, "remote", ""), "remote", 1) : null;
        if (!listen && remote == null) {
            throw new IllegalArgumentException("connect needs a remote");
        }
        nio = flag(json, "nio", false);
        options = options(json);
    }

    /**
     * Reads a configuration.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static SctpConfig parse(String text) {
        try {
            return new SctpConfig(JsonParser.parseString(text).getAsJsonObject());
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | ClassCastException
                | NumberFormatException e) {
            throw new IllegalArgumentException("the configuration is not a JSON object of the form described", e);
        }
    }

    private static SctpOptions options(JsonObject json) {
        SctpOptionsBuilder options = SctpOptions.builder()
                .maxSendMessageSize(0)
                .maxReceiveMessageSize(0)
                .partialReliability(flag(json, "partialReliability", true))
                .interleaving(flag(json, "interleaving", false))
                .zeroChecksum(flag(json, "zeroChecksum", false))
                .noDelay(flag(json, "noDelay", true));
        int port = (int) integer(json, "port", 5000, 1, 65_535);
        options.localPort(port).remotePort(port);
        number(json, "maxPacketSize", options::maxPacketSize);
        number(json, "maxProbedPacketSize", options::maxProbedPacketSize);
        number(json, "receiveWindow", options::receiveWindow);
        number(json, "initialCwndPackets", options::initialCwndPackets);
        number(json, "maxBurst", options::maxBurstPackets);
        number(json, "outboundStreams", options::outboundStreams);
        number(json, "inboundStreams", options::inboundStreams);
        limit(json, "maxInitRetransmits", options::maxInitRetransmits);
        limit(json, "maxAssocRetransmits", options::maxAssociationRetransmits);
        if (!flag(json, "heartbeats", true)) {
            options.heartbeatIntervalNanos(0);
        }
        options.congestionControl(choice(
                json,
                "congestionControl",
                SctpCongestionControl.values(),
                options.build().congestionControl()));
        options.scheduler(choice(
                json, "scheduler", SctpScheduler.values(), options.build().scheduler()));
        timing(json, options);
        word(json, "initialTsn", 0, options::initialTsn);
        word(json, "verificationTag", 1, options::verificationTag);
        return options.build();
    }

    /** A largest timeout that is given ends the doubling, too, and draws the others down with it. */
    private static void timing(JsonObject json, SctpOptionsBuilder options) {
        SctpOptions defaults = SctpOptions.defaults();
        long initial = defaults.rtoInitialNanos();
        long least = defaults.rtoMinNanos();
        if (present(json, "rtoMax")) {
            long most = integer(json, "rtoMax", 0, 1, MAX_MILLIS) * NANOS_PER_MILLI;
            options.rtoMaxNanos(most).backoffMaxNanos(most);
            initial = Math.min(initial, most);
            least = Math.min(least, most);
        }
        options.rtoInitialNanos(millis(json, "rtoInitial", initial)).rtoMinNanos(millis(json, "rtoMin", least));
        options.delayedAckNanos(millis(json, "delayedAckMs", defaults.delayedAckNanos()));
    }

    /** A name of an enum in lower case, its words joined by hyphens. */
    private static <E extends Enum<E>> E choice(JsonObject json, String key, E[] values, E absent) {
        String text = text(json, key, "");
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return value;
            }
        }
        if (!text.isEmpty()) {
            throw new IllegalArgumentException(key + " is not known");
        }
        return absent;
    }

    private static long millis(JsonObject json, String key, long absentNanos) {
        return present(json, key) ? integer(json, key, 0, 0, MAX_MILLIS) * NANOS_PER_MILLI : absentNanos;
    }

    private static void number(JsonObject json, String key, IntConsumer option) {
        if (present(json, key)) {
            option.accept((int) integer(json, key, 0, 0, Integer.MAX_VALUE));
        }
    }

    /** A limit that may be null, which means none. */
    private static void limit(JsonObject json, String key, IntConsumer option) {
        if (json.has(key)) {
            option.accept(
                    json.get(key).isJsonNull()
                            ? SctpOptions.UNLIMITED
                            : (int) integer(json, key, 0, 0, Integer.MAX_VALUE));
        }
    }

    /** 32 bits. */
    private static void word(JsonObject json, String key, long least, LongConsumer option) {
        if (present(json, key)) {
            option.accept(integer(json, key, 0, least, 0xffff_ffffL));
        }
    }

    private static boolean present(JsonObject json, String key) {
        return json.has(key) && !json.get(key).isJsonNull();
    }

    private static String text(JsonObject json, String key, String absent) {
        return present(json, key) ? json.get(key).getAsString() : absent;
    }

    private static boolean flag(JsonObject json, String key, boolean absent) {
        if (!present(json, key)) {
            return absent;
        }
        JsonElement value = json.get(key);
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw new IllegalArgumentException(key + " is neither true nor false");
        }
        return value.getAsBoolean();
    }

    /** A whole number within bounds. */
    static long integer(JsonObject json, String key, long absent, long least, long most) {
        if (!present(json, key)) {
            return absent;
        }
        JsonElement value = json.get(key);
        boolean number = value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
        double asDouble = number ? value.getAsDouble() : Double.NaN;
        if (!(asDouble >= least && asDouble <= most) || asDouble != Math.rint(asDouble)) {
            throw new IllegalArgumentException(key + " is out of range");
        }
        return value.getAsLong();
    }

    private static InetSocketAddress address(String text, String key, int leastPort) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= leastPort && port <= 65_535) {
                return new InetSocketAddress(InetAddress.getByName(text.substring(0, colon)), port);
            }
        } catch (NumberFormatException | UnknownHostException e) {
            // Said below.
        }
        throw new IllegalArgumentException(key + " is no address and port");
    }
}
