package org.webrtc4j.ice4j;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ice4j.StunMessageEvent;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.Request;
import org.ice4j.message.Response;
import org.ice4j.stack.RawMessage;
import org.ice4j.stack.StunStack;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;

/**
 * A STUN stack that takes nothing on trust (RFC 8445 section 7): ice4j verifies the integrity of a request where there is
 * one, takes a request without for good, and does not look at that of a response.
 */
final class VerifyingStunStack extends StunStack {

    private final Set<SocketAddress> servers = ConcurrentHashMap.newKeySet();
    private final Set<SocketAddress> answering = ConcurrentHashMap.newKeySet();
    private final Map<SocketAddress, ErrorCodeAttribute> refusals = new ConcurrentHashMap<>();
    private volatile @Nullable String remotePassword;
    private volatile @Nullable Served served;

    /** Whose messages these are, and where refused ones are counted. */
    private record Served(NegotiatedAgent agent, SharedDrops drops) {}

    /** Takes the agent once it is made, which is after its stack. */
    void serve(NegotiatedAgent agent, SharedDrops drops) {
        served = new Served(agent, drops);
    }

    /** The password of the peer, with which its answers are verified. */
    void remotePassword(String password) {
        remotePassword = password;
    }

    /** A STUN or TURN server, whose answers are those to questions without the peer's password. */
    void trust(InetSocketAddress server) {
        servers.add(server);
    }

    /** Why a server gave no candidate of its kind: what it refused last, or silence; null when it told what is known. */
    @Nullable
    IceCandidateError failureOf(ServerLookup server, InetSocketAddress address) {
        // A TURN server that refuses an allocation is asked for the reflexive address next, so that it has answered,
        // too.
        ErrorCodeAttribute refusal = refusals.get(address);
        if (refusal != null) {
            String reason = refusal.getReasonPhrase();
            return server.error(refusal.getErrorCode(), reason == null ? "" : reason.trim());
        }
        if (server.isTurn() || !answering.contains(address)) {
            return server.error("The server has not answered.");
        }
        return null;
    }

    @Override
    public void handleMessageEvent(StunMessageEvent event) {
        Message message = event.getMessage();
        Served by = served;
        if (by == null) {
            return;
        }
        if ((message instanceof Request && !isSigned(message))
                || (message instanceof Response && !isAuthentic(event))) {
            by.drops().count(Drop.UNAUTHENTICATED);
            return;
        }
        if (message instanceof Request) {
            by.agent().onCheck(message.containsAttribute(Attribute.ICE_CONTROLLING));
        }
        super.handleMessageEvent(event);
    }

    private static boolean isSigned(Message message) {
        return message.containsAttribute(Attribute.USERNAME) && message.containsAttribute(Attribute.MESSAGE_INTEGRITY);
    }

    private boolean isAuthentic(StunMessageEvent event) {
        SocketAddress from = Candidates.plain(event.getRemoteAddress());
        if (servers.contains(from)) {
            answering.add(from);
            if (event.getMessage().getAttribute(Attribute.ERROR_CODE) instanceof ErrorCodeAttribute error) {
                refusals.put(from, error);
            }
            return true;
        }
        String password = remotePassword;
        RawMessage raw = event.getRawMessage();
        if (password == null || raw == null) {
            return false;
        }
        StunReader reader = new StunReader();
        return reader.read(ByteBuffer.wrap(raw.getBytes(), 0, raw.getMessageLength()))
                && reader.isAuthentic(StunKey.shortTerm(password));
    }
}
