package org.webrtc4j.samples;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.webrtc4j.RTCIceCandidate;
import org.webrtc4j.RTCIceCandidateInit;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCSessionDescriptionInit;

/** Descriptions and candidates as the JSON that pages use: what {@code toJSON()} of the browser's objects gives. */
public final class SignalingJson {

    private SignalingJson() {}

    /**
     * Writes a description.
     *
     * @param description the local description
     * @return type and sdp
     */
    public static JsonObject description(RTCSessionDescription description) {
        JsonObject json = new JsonObject();
        json.addProperty("type", description.type().wireName());
        json.addProperty("sdp", description.sdp());
        return json;
    }

    /**
     * Reads a description.
     *
     * @param type its type
     * @param json an object with sdp
     * @return the description
     */
    public static RTCSessionDescriptionInit description(RTCSdpType type, JsonObject json) {
        return new RTCSessionDescriptionInit(type, text(json, "sdp"));
    }

    /**
     * Writes a candidate.
     *
     * @param candidate the candidate; its text is empty for the end of candidates
     * @return candidate, sdpMid and sdpMLineIndex
     */
    public static JsonObject candidate(RTCIceCandidate candidate) {
        JsonObject json = new JsonObject();
        json.addProperty("candidate", candidate.candidate());
        json.addProperty("sdpMid", candidate.sdpMid());
        json.addProperty("sdpMLineIndex", candidate.sdpMLineIndex());
        return json;
    }

    /**
     * Reads a candidate. One that names no media section is taken for the first.
     *
     * @param json an object as {@link #candidate(RTCIceCandidate)} writes it
     * @return the candidate
     */
    public static RTCIceCandidateInit candidate(JsonObject json) {
        RTCIceCandidateInit.Builder init = RTCIceCandidateInit.builder().candidate(text(json, "candidate"));
        JsonElement mid = json.get("sdpMid");
        JsonElement index = json.get("sdpMLineIndex");
        boolean hasMid = mid != null && !mid.isJsonNull();
        if (hasMid) {
            init.sdpMid(mid.getAsString());
        }
        if (index != null && !index.isJsonNull()) {
            init.sdpMLineIndex(index.getAsInt());
        } else if (!hasMid) {
            init.sdpMLineIndex(0);
        }
        return init.build();
    }

    /**
     * Reads a text member.
     *
     * @param json the object
     * @param key the member
     * @return its text, empty when absent or null
     */
    public static String text(JsonObject json, String key) {
        JsonElement value = json.get(key);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }
}
