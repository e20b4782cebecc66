package org.webrtc4j;

/**
 * A device.
 *
 * @param deviceId tells it from others
 * @param kind what it gives
 * @param label for people
 * @param groupId the same for devices in one housing; may be empty
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#device-info">the specification</a>
 */
public record MediaDeviceInfo(String deviceId, MediaDeviceKind kind, String label, String groupId) {}
