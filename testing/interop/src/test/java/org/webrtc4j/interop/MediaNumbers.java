package org.webrtc4j.interop;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Statistics of a page's connection by direction and kind; what is absent is 0. */
record MediaNumbers(JsonObject json) {

    boolean met() {
        return json.get("met").getAsBoolean();
    }

    double inbound(String kind, String member) {
        return number("inbound", kind, member);
    }

    double outbound(String kind, String member) {
        return number("outbound", kind, member);
    }

    /** What Chromium believes it may send, in bits per second. */
    double bandwidth() {
        return json.get("bandwidth").getAsDouble();
    }

    double remoteInbound(String kind, String member) {
        return number("remoteInbound", kind, member);
    }

    private double number(String direction, String kind, String member) {
        JsonObject of = json.getAsJsonObject(direction).getAsJsonObject(kind);
        JsonElement value = of == null ? null : of.get(member);
        return value == null || value.isJsonNull() ? 0 : value.getAsDouble();
    }

    /** The members worth looking at, for people. */
    String video() {
        return "bandwidth " + (long) bandwidth() + " "
                + members(
                        "outbound",
                        "video",
                        "framesSent",
                        "targetBitrate",
                        "keyFramesEncoded",
                        "pliCount",
                        "nackCount",
                        "retransmittedPacketsSent")
                + " | "
                + members(
                        "inbound",
                        "video",
                        "framesReceived",
                        "framesDecoded",
                        "keyFramesDecoded",
                        "framesDropped",
                        "freezeCount",
                        "packetsReceived",
                        "packetsLost",
                        "retransmittedPacketsReceived",
                        "nackCount",
                        "pliCount");
    }

    String audio() {
        return members("remoteInbound", "audio", "packetsLost", "roundTripTime", "jitter") + " | "
                + members("remoteInbound", "video", "packetsLost", "roundTripTime") + " | "
                + members("outbound", "audio", "packetsSent")
                + " | "
                + members(
                        "inbound",
                        "audio",
                        "packetsReceived",
                        "packetsLost",
                        "totalAudioEnergy",
                        "totalSamplesReceived",
                        "concealedSamples");
    }

    private String members(String direction, String kind, String... names) {
        StringBuilder text = new StringBuilder(direction).append(' ').append(kind);
        for (String each : names) {
            double value = number(direction, kind, each);
            text.append(' ')
                    .append(each)
                    .append('=')
                    .append(value == Math.rint(value) ? Long.toString((long) value) : value);
        }
        return text.toString();
    }
}
