package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;

/**
 * Where checks with an unknown local ufrag wait for the answer of a hook, and then for the agent that the answer leads to.
 * Confined to the loop of its socket.
 *
 * <p>A request is kept from the moment the hook is asked; it is looked at again when the hook has given a password. Only an
 * authentic one leads to an agent. Nothing is answered here: that is left to the agent, which gets the request once it has
 * bound its ufrag.
 *
 * <p>Bounded by three rules: so many requests in all, one for each remote address, none for longer than its time. Requests
 * with one USERNAME from several addresses, as of a peer with several interfaces, are one question.
 */
final class UfragDesk {

    /** RFC 8489 section 6.1 keeps requests within the path's MTU; a check is a tenth of this. */
    static final int MAX_REQUEST_BYTES = 1280;

    private static final long PENDING_NANOS = TimeUnit.SECONDS.toNanos(UfragAdmission.PENDING_SECONDS);

    private static final Logger LOG = LoggerFactory.getLogger(NettyPorts.class);

    private final EventLoop loop;
    private final Supplier<EventLoop> homes;
    private final UnknownUfragHook hook;
    private final PortCounters counters;
    /** The requests kept at all desks of the provider. */
    private final AtomicInteger pending;

    private final LoopTimer timer;
    private final StunReader reader = new StunReader();
    private final Map<InetSocketAddress, Question> byAddress = new HashMap<>();
    /** In the order of their deadlines, since each waits for the same time. */
    private final Deque<Question> questions = new ArrayDeque<>();

    private boolean closed;

    /** One USERNAME, what came with it, and how far it has got. */
    private static final class Question {
        final byte[] username;
        final byte[] localUfrag;
        final long deadlineNanos;
        final List<Kept> kept = new ArrayList<>(1);

        /** Set when the hook has answered and a request was authentic: an agent is on its way. */
        @Nullable
        StunKey key;

        boolean open = true;

        Question(byte[] username, byte[] localUfrag, long deadlineNanos) {
            this.username = username;
            this.localUfrag = localUfrag;
            this.deadlineNanos = deadlineNanos;
        }
    }

    /** A copy of a request. */
    record Kept(InetSocketAddress from, ByteBuffer request) {}

    /**
     * Makes an empty desk.
     *
     * @param homes gives the loop of each agent to be made
     * @param pending counts the requests kept, together with other desks
     */
    UfragDesk(
            EventLoop loop,
            Supplier<EventLoop> homes,
            UnknownUfragHook hook,
            PortCounters counters,
            AtomicInteger pending) {
        this.loop = loop;
        this.homes = homes;
        this.hook = hook;
        this.counters = counters;
        this.pending = pending;
        timer = loop.newTimer(this::expire);
    }

    /** Takes a request whose ufrag no agent has: keeps a copy and asks, or drops and counts it. */
    void onRequest(InetSocketAddress from, ByteBuffer packet, long nowNanos) {
        PortCounter refusal = take(from, packet, nowNanos);
        if (refusal != null) {
            counters.count(refusal);
        }
        assert consistent();
    }

    private @Nullable PortCounter take(InetSocketAddress from, ByteBuffer packet, long nowNanos) {
        if (closed) {
            return PortCounter.DROPPED_UNKNOWN_UFRAG;
        }
        if (byAddress.containsKey(from)) {
            return PortCounter.DROPPED_UFRAG_WAITING;
        }
        if (pending.get() >= UfragAdmission.MAX_PENDING) {
            return PortCounter.DROPPED_UFRAG_LIMIT;
        }
        if (packet.remaining() > MAX_REQUEST_BYTES
                || !reader.read(packet)
                || reader.type() != Stun.BINDING_REQUEST
                || !reader.hasFingerprint()
                || !reader.hasIntegrity()) {
            return PortCounter.DROPPED_UNKNOWN_UFRAG;
        }
        String local = reader.receiverUfrag();
        String remote = reader.senderUfrag();
        if (local == null || remote == null || !IceParameters.isUfrag(local) || !IceParameters.isUfrag(remote)) {
            return PortCounter.DROPPED_UNKNOWN_UFRAG;
        }
        Question known = find();
        if (known != null) {
            if (known.key != null && !reader.isAuthentic(known.key)) {
                return PortCounter.DROPPED_UFRAG_FORGED;
            }
            return keep(known, from, packet) ? null : PortCounter.DROPPED_UFRAG_LIMIT;
        }
        Question asked = new Question(ascii(local + ':' + remote), ascii(local), nowNanos + PENDING_NANOS);
        if (!keep(asked, from, packet)) {
            return PortCounter.DROPPED_UFRAG_LIMIT;
        }
        questions.add(asked);
        arm();
        ask(asked, local, remote, from);
        return null;
    }

    /** The question with the USERNAME of the message just read. */
    private @Nullable Question find() {
        for (Question question : questions) {
            if (reader.isUsername(question.username)) {
                return question;
            }
        }
        return null;
    }

    private boolean keep(Question question, InetSocketAddress from, ByteBuffer packet) {
        if (pending.incrementAndGet() > UfragAdmission.MAX_PENDING) {
            pending.decrementAndGet();
            return false;
        }
        byte[] request = new byte[packet.remaining()];
        packet.get(packet.position(), request);
        question.kept.add(new Kept(from, ByteBuffer.wrap(request)));
        byAddress.put(from, question);
        return true;
    }

    /** The answer always comes by a task: a hook that answers at once does not re-enter the desk. */
    private void ask(Question question, String local, String remote, InetSocketAddress from) {
        CompletionStage<Optional<UfragAdmission>> answer;
        try {
            answer = hook.onUnknownUfrag(local, remote, from);
            answer.whenComplete((admission, failure) -> {
                // A stage that completes with null has failed, too.
                boolean answered = failure == null && admission != null;
                UfragAdmission given = answered ? admission.orElse(null) : null;
                try {
                    loop.execute(() -> onAnswer(question, given, answered, failure));
                } catch (RejectedExecutionException ended) {
                    LOG.trace("The loop has ended");
                }
            });
        } catch (RuntimeException e) {
            failed(question, e);
        }
    }

    private void onAnswer(
            Question question, @Nullable UfragAdmission admission, boolean answered, @Nullable Throwable failure) {
        if (!question.open) {
            return; // counted when its time was over
        }
        if (admission != null) {
            verify(question, admission);
        } else if (answered) {
            drop(question, PortCounter.DROPPED_UFRAG_REFUSED);
        } else {
            failed(question, failure);
        }
        arm();
        assert consistent();
    }

    private void verify(Question question, UfragAdmission admission) {
        StunKey key = StunKey.shortTerm(admission.password());
        for (Iterator<Kept> each = question.kept.iterator(); each.hasNext(); ) {
            Kept kept = each.next();
            if (!reader.read(kept.request) || !reader.isAuthentic(key)) {
                each.remove();
                release(kept);
                counters.count(PortCounter.DROPPED_UFRAG_FORGED);
            }
        }
        if (question.kept.isEmpty()) {
            end(question);
            return;
        }
        question.key = key;
        try {
            admission.verified().accept(homes.get());
        } catch (RuntimeException e) {
            failed(question, e);
        }
    }

    private void failed(Question question, @Nullable Throwable failure) {
        LOG.debug("No answer about an unknown ufrag", failure);
        drop(question, PortCounter.DROPPED_UFRAG_FAILED);
    }

    /**
     * An agent has bound this ufrag.
     *
     * @return the requests that were kept for it, which are forgotten here
     */
    List<Kept> claim(byte[] ufrag) {
        if (questions.isEmpty()) {
            return List.of();
        }
        List<Kept> claimed = new ArrayList<>();
        for (Question question : List.copyOf(questions)) {
            if (Arrays.equals(question.localUfrag, ufrag)) {
                claimed.addAll(question.kept);
                end(question);
            }
        }
        arm();
        assert consistent();
        return claimed;
    }

    private void expire() {
        long now = loop.clock().nanoTime();
        for (Question first = questions.peek();
                first != null && first.deadlineNanos - now <= 0;
                first = questions.peek()) {
            drop(first, PortCounter.DROPPED_UFRAG_LATE);
        }
        arm();
        assert consistent();
    }

    private void arm() {
        Question first = questions.peek();
        timer.arm(first == null ? ProtocolEngine.NEVER : first.deadlineNanos);
    }

    private void drop(Question question, PortCounter reason) {
        counters.add(reason, question.kept.size());
        end(question);
    }

    /** What the hook still holds of a question that has ended is small. */
    private void end(Question question) {
        question.open = false;
        question.kept.forEach(this::release);
        question.kept.clear();
        questions.remove(question);
    }

    private void release(Kept kept) {
        byAddress.remove(kept.from);
        pending.decrementAndGet();
    }

    /** How many requests are kept here. */
    int pending() {
        return byAddress.size();
    }

    /** The socket is closed: nobody is asked any more, and answers find nothing. */
    void close() {
        closed = true;
        for (Question question : List.copyOf(questions)) {
            end(question);
        }
        timer.cancel();
    }

    private boolean consistent() {
        int kept = questions.stream().mapToInt(question -> question.kept.size()).sum();
        return kept == byAddress.size()
                && kept <= UfragAdmission.MAX_PENDING
                && questions.stream().allMatch(question -> question.open && !question.kept.isEmpty());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
