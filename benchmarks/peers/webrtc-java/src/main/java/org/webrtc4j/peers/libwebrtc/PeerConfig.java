package org.webrtc4j.peers.libwebrtc;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCIceTransportPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The program's argument; Gson leaves a field at its default where the key is absent. */
final class PeerConfig {
    String role = "";
    String scenario = "echo";
    List<Integer> sizes = List.of(0, 1, 100, 16384, 65536, 262144);
    int rounds = 10;
    int size = 16384;
    double seconds = 10;
    boolean ordered = true;

    @Nullable
    Integer maxRetransmits;

    @Nullable
    Integer maxPacketLifeTime;

    long highWater = 4 << 20;
    long lowWater = 1 << 20;
    long gapMs;
    JsonArray iceServers = new JsonArray();
    boolean relay;

    @Nullable
    String bind;

    static PeerConfig parse(String json) {
        PeerConfig config = new Gson().fromJson(json, PeerConfig.class);
        if (!config.role.equals("offerer") && !config.role.equals("answerer")) {
            throw new IllegalArgumentException("role '" + config.role + "' is neither offerer nor answerer");
        }
        if (config.maxRetransmits != null && config.maxPacketLifeTime != null) {
            throw new IllegalArgumentException("maxRetransmits and maxPacketLifeTime exclude each other");
        }
        return config;
    }

    boolean isOfferer() {
        return role.equals("offerer");
    }

    RTCConfiguration rtcConfiguration() {
        RTCConfiguration rtc = new RTCConfiguration();
        rtc.iceTransportPolicy = relay ? RTCIceTransportPolicy.RELAY : RTCIceTransportPolicy.ALL;
        for (JsonElement server : iceServers) {
            rtc.iceServers.add(iceServer(server.getAsJsonObject()));
        }
        return rtc;
    }

    private static RTCIceServer iceServer(JsonObject json) {
        RTCIceServer server = new RTCIceServer();
        JsonElement urls = json.get("urls");
        List<String> all = new ArrayList<>();
        if (urls.isJsonArray()) {
            urls.getAsJsonArray().forEach(url -> all.add(url.getAsString()));
        } else {
            all.add(urls.getAsString());
        }
        server.urls = all;
        server.username = textOf(json, "username");
        server.password = textOf(json, "credential");
        return server;
    }

    private static String textOf(JsonObject json, String key) {
        return json.has(key) ? json.get(key).getAsString() : "";
    }

    RTCDataChannelInit channelInit() {
        RTCDataChannelInit init = new RTCDataChannelInit();
        init.ordered = ordered;
        if (maxRetransmits != null) {
            init.maxRetransmits = maxRetransmits;
        }
        if (maxPacketLifeTime != null) {
            init.maxPacketLifeTime = maxPacketLifeTime;
        }
        return init;
    }
}
