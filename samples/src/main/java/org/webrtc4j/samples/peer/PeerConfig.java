package org.webrtc4j.samples.peer;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.DataChannelSettings;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannelInit;
import org.webrtc4j.RTCIceServer;
import org.webrtc4j.RTCIceTransportPolicy;
import org.webrtc4j.sctp.SctpCongestionControl;

/** What one run of the peer does; unknown keys are ignored, absent ones have the defaults below. */
final class PeerConfig {

    enum Role {
        OFFERER,
        ANSWERER
    }

    enum ScenarioName {
        ECHO,
        THROUGHPUT,
        TTC,
        SCALE,
        MEDIA
    }

    final Role role;
    final ScenarioName scenario;
    final List<Integer> sizes;
    final int rounds;
    final int size;
    final int seconds;
    final int connections;
    final int gapMillis;
    final long highWater;
    final long lowWater;
    final @Nullable String bind;
    /** Beyond the protocol: one UDP port for all connections, -1 for a port each. */
    final int udpPort;
    /** Beyond the protocol: an address under which that port is reachable from outside. */
    final @Nullable String advertise;

    /** Beyond the protocol: seconds that a peer may connect with itself before it is ready to be timed. */
    final int rehearsalSeconds;

    final boolean nio;
    /** Beyond the protocol: how the association behaves. */
    final DataChannelSettings dataChannels;

    final RTCConfiguration connection;
    final RTCDataChannelInit channel;

    private PeerConfig(JsonObject json) {
        role = oneOf(Role.values(), text(json, "role", "answerer"), "role");
        scenario = oneOf(ScenarioName.values(), text(json, "scenario", "echo"), "scenario");
        sizes = json.has("sizes")
                ? json.getAsJsonArray("sizes").asList().stream()
                        .map(JsonElement::getAsInt)
                        .toList()
                : List.of(0, 1, 100, 16_384, 65_536, 262_144);
        rounds = (int) number(json, "rounds", 1);
        size = (int) number(json, "size", 16_384);
        seconds = (int) number(json, "seconds", 10);
        connections = (int) number(json, "conns", 100);
        gapMillis = (int) number(json, "gapMs", 0);
        highWater = number(json, "highWater", 4 << 20);
        lowWater = number(json, "lowWater", 1 << 20);
        bind = json.has("bind") ? json.get("bind").getAsString() : null;
        boolean sharesOnePort = scenario == ScenarioName.SCALE && role == Role.ANSWERER;
        udpPort = (int) number(json, "udpPort", sharesOnePort ? 0 : -1);
        advertise = json.has("advertise") ? json.get("advertise").getAsString() : null;
        rehearsalSeconds = (int) number(json, "rehearsalSeconds", 20);
        nio = json.has("nio") && json.get("nio").getAsBoolean();
        dataChannels = dataChannels(json);
        connection = connection(json);
        channel = channel(json);
    }

    /**
     * Reads a configuration.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static PeerConfig parse(String text) {
        try {
            return new PeerConfig(JsonParser.parseString(text).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "The configuration is not a JSON object of the form described: " + e.getMessage(), e);
        }
    }

    private static RTCConfiguration connection(JsonObject json) {
        RTCConfiguration.Builder builder = RTCConfiguration.builder();
        if (json.has("iceServers")) {
            builder.iceServers(json.getAsJsonArray("iceServers").asList().stream()
                    .map(server -> iceServer(server.getAsJsonObject()))
                    .toList());
        }
        if (json.has("relay") && json.get("relay").getAsBoolean()) {
            builder.iceTransportPolicy(RTCIceTransportPolicy.RELAY);
        }
        return builder.build();
    }

    private static RTCIceServer iceServer(JsonObject json) {
        JsonElement urls = json.get("urls");
        RTCIceServer.Builder builder = RTCIceServer.builder();
        builder.urls(
                urls.isJsonArray()
                        ? urls.getAsJsonArray().asList().stream()
                                .map(JsonElement::getAsString)
                                .toArray(String[]::new)
                        : new String[] {urls.getAsString()});
        if (json.has("username")) {
            builder.username(json.get("username").getAsString());
        }
        if (json.has("credential")) {
            builder.credential(json.get("credential").getAsString());
        }
        return builder.build();
    }

    private static DataChannelSettings dataChannels(JsonObject json) {
        DataChannelSettings.Builder builder = DataChannelSettings.builder()
                .interleaving(flag(json, "interleaving"))
                .zeroChecksum(flag(json, "zeroChecksum"))
                .pathMtuDiscovery(flag(json, "pathMtuDiscovery"))
                .snap(flag(json, "snap"));
        if (present(json, "congestionControl")) {
            builder.congestionControl(
                    oneOf(SctpCongestionControl.values(), text(json, "congestionControl", ""), "congestionControl"));
        }
        return builder.build();
    }

    private static boolean flag(JsonObject json, String key) {
        return present(json, key) && json.get(key).getAsBoolean();
    }

    private static RTCDataChannelInit channel(JsonObject json) {
        RTCDataChannelInit.Builder builder = RTCDataChannelInit.builder();
        if (json.has("ordered")) {
            builder.ordered(json.get("ordered").getAsBoolean());
        }
        if (present(json, "maxRetransmits")) {
            builder.maxRetransmits(json.get("maxRetransmits").getAsInt());
        }
        if (present(json, "maxPacketLifeTime")) {
            builder.maxPacketLifeTime(json.get("maxPacketLifeTime").getAsInt());
        }
        return builder.build();
    }

    private static boolean present(JsonObject json, String key) {
        return json.has(key) && !json.get(key).isJsonNull();
    }

    private static String text(JsonObject json, String key, String absent) {
        return present(json, key) ? json.get(key).getAsString() : absent;
    }

    private static long number(JsonObject json, String key, long absent) {
        return present(json, key) ? json.get(key).getAsLong() : absent;
    }

    private static <E extends Enum<E>> E oneOf(E[] values, String text, String key) {
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException("Unknown " + key + " " + new Gson().toJson(text));
    }
}
