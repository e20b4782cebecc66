package org.webrtc4j.samples.recipes;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.webrtc4j.RTCCertificate;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDtlsFingerprint;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RuntimeBuilder;
import org.webrtc4j.SignIn;
import org.webrtc4j.WebRtcRuntime;

/** A server whose players bring a ticket of the login instead of an offer: their first packet is all it hears of them. */
public final class TicketServer implements AutoCloseable {

    private static final String CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final RTCCertificate certificate =
            RTCPeerConnection.generateCertificate("ECDSA").join();
    private final Consumer<RTCPeerConnection> players;
    private final WebRtcRuntime runtime;

    /**
     * What the login hands out, over HTTPS.
     *
     * @param ufrag which the player takes for the server's
     * @param serverPassword the server's ICE password
     * @param playerPassword the player's ICE password
     * @param serverFingerprint of the certificate that the server proves
     * @param playerFingerprint of the certificate that the player will prove
     */
    public record Ticket(
            String ufrag,
            String serverPassword,
            String playerPassword,
            RTCDtlsFingerprint serverFingerprint,
            RTCDtlsFingerprint playerFingerprint) {}

    /**
     * Starts the server.
     *
     * @param settings addresses and limits, and one UDP port
     * @param players takes each player's connection; whatever it sets up there misses nothing
     */
    public TicketServer(RuntimeBuilder settings, Consumer<RTCPeerConnection> players) {
        this.players = players;
        runtime = settings.onUnknownUfrag((ufrag, remoteUfrag, address) -> CompletableFuture.completedFuture(
                        Optional.ofNullable(tickets.get(ufrag)).map(this::signIn)))
                .build();
    }

    /**
     * Makes a ticket for one player.
     *
     * @param playerFingerprint of the certificate that the player has made for itself
     * @return the ticket
     */
    public Ticket login(RTCDtlsFingerprint playerFingerprint) {
        Ticket ticket = new Ticket(
                draw(16), draw(24), draw(24), certificate.getFingerprints().get(0), playerFingerprint);
        tickets.put(ticket.ufrag(), ticket);
        return ticket;
    }

    private SignIn signIn(Ticket ticket) {
        return SignIn.builder(ticket.serverPassword(), ticket.playerPassword())
                .remoteFingerprint(ticket.playerFingerprint())
                .configuration(
                        RTCConfiguration.builder().certificates(certificate).build())
                .accepted(pc -> {
                    tickets.remove(ticket.ufrag()); // its password was right: only now is it used up
                    players.accept(pc);
                })
                .build();
    }

    private String draw(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(CHARS.charAt(random.nextInt(CHARS.length())));
        }
        return text.toString();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
