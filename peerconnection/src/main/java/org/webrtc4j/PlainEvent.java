package org.webrtc4j;

/** An event that says only that it happened. */
record PlainEvent(String type, EventTarget target) implements Event {}
