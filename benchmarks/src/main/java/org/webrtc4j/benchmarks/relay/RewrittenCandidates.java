package org.webrtc4j.benchmarks.relay;

import com.google.gson.JsonObject;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.webrtc4j.testkit.UdpImpairmentRelay.Side;

/**
 * Puts the relay's addresses in the place of a peer's in everything it signals, so that the other side knows no way past the
 * relay. Candidates that the relay cannot stand for are left out: only UDP over IPv4 passes, and no names.
 */
final class RewrittenCandidates {

    private static final int TRANSPORT = 2;
    private static final int ADDRESS = 4;
    private static final int PORT = 5;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final String IN_DESCRIPTION = "a=candidate:";

    private final Side side;
    private final Presenter relay;

    /** Tells what stands for an address. */
    @FunctionalInterface
    interface Presenter {
        InetSocketAddress present(Side side, InetSocketAddress real) throws InterruptedException;
    }

    RewrittenCandidates(Side side, Presenter relay) {
        this.side = side;
        this.relay = relay;
    }

    /** Rewrites a description or a candidate; nothing of a candidate that is left out. Other lines pass. */
    Optional<JsonObject> of(JsonObject line) {
        JsonObject copy = line.deepCopy();
        switch (line.get("type").getAsString()) {
            case "offer", "answer" ->
                copy.addProperty("sdp", description(line.get("sdp").getAsString()));
            case "candidate" -> {
                JsonObject candidate = copy.getAsJsonObject("candidate");
                String text = candidate.get("candidate").getAsString();
                if (!text.isEmpty()) {
                    Optional<String> shown = candidate(text);
                    if (shown.isEmpty()) {
                        return Optional.empty();
                    }
                    candidate.addProperty("candidate", shown.get());
                }
            }
            default -> {
                // Nothing in it.
            }
        }
        return Optional.of(copy);
    }

    private String description(String sdp) {
        List<String> lines = new ArrayList<>();
        for (String line : sdp.lines().toList()) {
            if (line.startsWith(IN_DESCRIPTION)) {
                candidate(line).ifPresent(lines::add);
            } else {
                lines.add(line);
            }
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    private Optional<String> candidate(String text) {
        String[] words = text.split(" ", -1);
        if (words.length <= PORT
                || !words[TRANSPORT].equalsIgnoreCase("udp")
                || !IPV4.matcher(words[ADDRESS]).matches()) {
            return Optional.empty();
        }
        try {
            InetSocketAddress shown =
                    relay.present(side, new InetSocketAddress(words[ADDRESS], Integer.parseInt(words[PORT])));
            words[ADDRESS] = shown.getAddress().getHostAddress();
            words[PORT] = Integer.toString(shown.getPort());
            return Optional.of(String.join(" ", words));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
