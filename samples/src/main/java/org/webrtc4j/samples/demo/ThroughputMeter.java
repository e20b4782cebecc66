package org.webrtc4j.samples.demo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.webrtc4j.MessageEvent;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;

/**
 * The server's side of the throughput meter. Text messages are commands and reports, binary ones are the load. Lives on
 * the connection's loop, paced by bufferedamountlow: no thread waits.
 */
final class ThroughputMeter {

    private static final long HIGH_WATER = 4L << 20;
    private static final long LOW_WATER = 1L << 20;
    private static final long REPORT_NANOS = 100_000_000;
    private static final int LARGEST_MESSAGE = 262_144;
    private static final int LONGEST_SECONDS = 60;

    private final RTCDataChannel channel;
    private byte[] load = new byte[0];
    private long downloadEnd;
    private boolean downloading;
    private long received;
    private long reported;

    ThroughputMeter(RTCDataChannel channel) {
        this.channel = channel;
        channel.bufferedAmountLowThreshold(LOW_WATER);
        channel.onBufferedAmountLow(event -> fill());
        channel.onMessage(this::onMessage);
    }

    private void onMessage(MessageEvent message) {
        if (message.isText()) {
            command(message.text());
            return;
        }
        received += message.bytes().length;
        long now = System.nanoTime();
        if (now - reported > REPORT_NANOS) {
            reported = now;
            report("received", received);
        }
    }

    private void command(String text) {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            switch (json.get("cmd").getAsString()) {
                case "download" -> {
                    load = new byte[Math.min(Math.max(json.get("size").getAsInt(), 1), LARGEST_MESSAGE)];
                    downloadEnd = System.nanoTime()
                            + 1_000_000_000L * Math.min(json.get("seconds").getAsInt(), LONGEST_SECONDS);
                    downloading = true;
                    fill();
                }
                case "upload" -> received = 0;
                case "end" -> {
                    report("received", received);
                    done("upload");
                }
                default -> {
                    // A newer page may know more commands; this server does what it knows.
                }
            }
        } catch (JsonParseException
                | IllegalStateException
                | NumberFormatException
                | NullPointerException
                | UnsupportedOperationException
                        e) { // what Gson has for the ways in which a value is not the one wanted
            done("error");
        }
    }

    private void fill() {
        while (downloading
                && channel.readyState() == RTCDataChannelState.OPEN
                && channel.bufferedAmount() < HIGH_WATER) {
            if (System.nanoTime() - downloadEnd >= 0) {
                downloading = false;
                done("download");
            } else {
                channel.send(load);
            }
        }
    }

    private void report(String name, long value) {
        JsonObject json = new JsonObject();
        json.addProperty(name, value);
        channel.send(json.toString());
    }

    private void done(String what) {
        JsonObject json = new JsonObject();
        json.addProperty("done", what);
        channel.send(json.toString());
    }
}
