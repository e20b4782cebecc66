package org.webrtc4j.sctp.rx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.shared.Counters;
import org.webrtc4j.sctp.shared.StreamTable;

/**
 * Makes messages of I-DATA chunks (RFC 8260 section 2.2.3): a message is known by its stream, its kind and its identifier,
 * so that any number of them can be under way at once and TSNs matter no more.
 */
final class InterleavedReassembler implements Reassembly {

    /** The unfinished messages of one stream; ordered and unordered ones are numbered apart. */
    private static final class Stream {
        final NavigableMap<Long, UnfinishedMessage> ordered = new TreeMap<>();
        final NavigableMap<Long, UnfinishedMessage> unordered = new TreeMap<>();
        /** The unordered identifier seen last, unwrapped: others are near it. */
        long nearUnordered;
        /** The message of the fragment before, most often that of the next one, too. */
        @Nullable
        UnfinishedMessage recent;
    }

    private final MessageSizes sizes;
    private final long maxAhead;
    private final ReceiveWindow window;
    private final InboundStreams streams;
    private final Counters counters;
    private final ResetBarrier barrier;

    private final StreamTable<Stream> unfinished = new StreamTable<>();
    /** What came behind a reset that is not complete: its identifiers begin at zero again (RFC 6525 section 5.2.2). */
    private final Deque<DataChunk> behindReset = new ArrayDeque<>();

    private final SpareBuffers spares = new SpareBuffers();
    /** Messages of which there may be something to hand out at the end of the batch. */
    private final List<UnfinishedMessage> awaited = new ArrayList<>();

    private boolean oversized;

    InterleavedReassembler(
            MessageSizes sizes, ReceiveWindow window, InboundStreams streams, ResetBarrier barrier, Counters counters) {
        this.sizes = sizes;
        this.window = window;
        this.streams = streams;
        this.barrier = barrier;
        this.counters = counters;
        // Every message before a complete one wants a TSN that is missing, or is here and held by the window.
        maxAhead = TsnTracker.MAX_AHEAD + window.mostHeld();
    }

    @Override
    public void start(long initialCumulative) {
        dropAll();
        while (!behindReset.isEmpty()) {
            window.release(ReceiveWindow.charge(behindReset.remove().length));
        }
        oversized = false;
    }

    @Override
    public boolean isOversized() {
        return oversized;
    }

    @Override
    public void add(long tsn, long cumulative, DataChunk chunk) {
        if (barrier.holdsBack(tsn, chunk.streamId)) {
            window.hold(ReceiveWindow.charge(chunk.length));
            behindReset.add(chunk.keep());
        } else {
            take(chunk);
        }
        reached(cumulative);
    }

    private void reached(long cumulative) {
        barrier.reached(cumulative);
        while (barrier.isOpen() && !behindReset.isEmpty()) {
            DataChunk chunk = behindReset.remove();
            window.release(ReceiveWindow.charge(chunk.length));
            take(chunk);
        }
    }

    private void take(DataChunk chunk) {
        Stream stream = unfinished.get(chunk.streamId);
        UnfinishedMessage message = stream == null ? null : find(stream, chunk);
        if (message == null) {
            if (!mayBegin(chunk)) {
                return;
            }
            if (chunk.begins() && chunk.ends()) {
                if (!isTooLarge(chunk.length, false)) {
                    streams.complete(chunk.streamId, chunk.number, chunk.ppid, chunk.isUnordered(), chunk.payload());
                    awaitDue(chunk.streamId);
                }
                return;
            }
        }
        long fragment = chunk.fragment & 0xffff_ffffL;
        // Each fragment has a byte at least, so its number tells when the message is too large to be true.
        boolean inParts = streams.isStreaming(chunk.streamId);
        boolean impossible = sizes.isTooLarge(fragment + 1, inParts) || (!chunk.begins() && fragment == 0);
        if (impossible || (message != null && message.contradicts(fragment, chunk.ends()))) {
            counters.drop(SctpDrop.ORPHAN_FRAGMENT);
            return;
        }
        if (stream == null) {
            stream = new Stream();
            unfinished.put(chunk.streamId, stream);
        }
        add(stream, message == null ? begin(stream, chunk) : message, chunk);
    }

    private @Nullable UnfinishedMessage find(Stream stream, DataChunk chunk) {
        UnfinishedMessage recent = stream.recent;
        if (recent != null && recent.unordered == chunk.isUnordered() && (int) recent.id == chunk.number) {
            return recent;
        }
        return messages(stream, chunk.isUnordered())
                .get(unwrap(stream, chunk.streamId, chunk.isUnordered(), chunk.number));
    }

    private static NavigableMap<Long, UnfinishedMessage> messages(Stream stream, boolean unordered) {
        return unordered ? stream.unordered : stream.ordered;
    }

    private long unwrap(Stream stream, int streamId, boolean unordered, int number) {
        if (!unordered) {
            return streams.unwrap(streamId, number);
        }
        return stream.nearUnordered + (number - (int) stream.nearUnordered);
    }

    /** Whether a fragment of a message of which nothing is here belongs to one that can still be delivered. */
    private boolean mayBegin(DataChunk chunk) {
        if (chunk.isUnordered()) {
            return true;
        }
        long distance = streams.distance(chunk.streamId, chunk.number);
        if (distance < 0 || (distance > 0 && streams.isWaiting(chunk.streamId, chunk.number))) {
            counters.drop(SctpDrop.STALE_SSN);
            return false;
        }
        if (distance > maxAhead) {
            counters.drop(SctpDrop.MESSAGE_TOO_FAR);
            return false;
        }
        return true;
    }

    private UnfinishedMessage begin(Stream stream, DataChunk chunk) {
        long id = unwrap(stream, chunk.streamId, chunk.isUnordered(), chunk.number);
        if (chunk.isUnordered()) {
            stream.nearUnordered = id;
        }
        UnfinishedMessage message = new UnfinishedMessage(chunk.streamId, chunk.isUnordered(), id, spares.take());
        messages(stream, chunk.isUnordered()).put(id, message);
        window.hold(message.charge);
        return message;
    }

    private void add(Stream stream, UnfinishedMessage message, DataChunk chunk) {
        boolean mayHandOut = message.isHandedOut() || (streams.isStreaming(chunk.streamId) && isDue(message));
        if (isTooLarge(message.total() + chunk.length, mayHandOut)) {
            return;
        }
        long before = message.charge;
        message.add(chunk);
        window.hold(message.charge - before);
        stream.recent = message;
        if (message.isComplete()) {
            messages(stream, message.unordered).remove(message.id);
            stream.recent = null;
            complete(message);
            dropEmpty(chunk.streamId, stream);
        } else if (mayHandOut && message.available() >= MessageSizes.PART) {
            handOut(message);
        } else if (mayHandOut) {
            await(message);
        }
    }

    private void complete(UnfinishedMessage message) {
        window.release(message.charge);
        byte[] payload = message.take();
        message.forget();
        spares.give(message.buffer());
        if (message.isHandedOut()) {
            streams.part(message.streamId, message.ppid, message.serial, payload, true, message.unordered);
            streams.finished(message.streamId, message.unordered);
        } else {
            streams.complete(message.streamId, (int) message.id, message.ppid, message.unordered, payload);
        }
        awaitDue(message.streamId);
    }

    /** Whether nothing before a message is missing on its stream. */
    private boolean isDue(UnfinishedMessage message) {
        return message.unordered || streams.distance(message.streamId, (int) message.id) == 0;
    }

    private void await(UnfinishedMessage message) {
        if (!message.awaited && message.available() > 0) {
            message.awaited = true;
            awaited.add(message);
        }
    }

    /** What waited for the messages before it on a stream may be due now. */
    private void awaitDue(int streamId) {
        Stream stream = streams.isStreaming(streamId) ? unfinished.get(streamId) : null;
        if (stream != null && !stream.ordered.isEmpty()) {
            UnfinishedMessage first = stream.ordered.firstEntry().getValue();
            if (isDue(first)) {
                await(first);
            }
        }
    }

    @Override
    public void onStreaming(int streamId) {
        awaitDue(streamId);
        Stream stream = unfinished.get(streamId);
        if (stream != null) {
            stream.unordered.values().forEach(this::await);
        }
    }

    @Override
    public void handOut() {
        for (UnfinishedMessage message : awaited) {
            message.awaited = false;
            if (message.available() > 0) {
                handOut(message);
            }
        }
        awaited.clear();
    }

    private void handOut(UnfinishedMessage message) {
        if (!message.isHandedOut()) {
            message.serial = streams.newSerial();
        }
        long before = message.charge;
        byte[] part = message.take();
        window.release(before - message.charge);
        streams.part(message.streamId, message.ppid, message.serial, part, false, message.unordered);
    }

    private void dropEmpty(int streamId, Stream stream) {
        // The number near which unordered ones are is needed only while there are some.
        if (stream.ordered.isEmpty() && stream.unordered.isEmpty()) {
            unfinished.put(streamId, null);
        }
    }

    private boolean isTooLarge(long length, boolean inParts) {
        oversized |= sizes.isTooLarge(length, inParts);
        return oversized;
    }

    @Override
    public void skipHole(long cumulative) {
        reached(cumulative);
    }

    @Override
    public void skipTo(long tsn, long cumulative) {
        reached(cumulative);
    }

    @Override
    public void skipMessages(int streamId, boolean unordered, int number) {
        Stream stream = unfinished.get(streamId);
        if (stream != null) {
            long last = unwrap(stream, streamId, unordered, number);
            drop(messages(stream, unordered).headMap(last, true));
            stream.recent = null;
            dropEmpty(streamId, stream);
        }
        if (!unordered) {
            streams.skip(streamId, number);
            awaitDue(streamId);
        }
    }

    private void drop(NavigableMap<Long, UnfinishedMessage> messages) {
        for (UnfinishedMessage message : messages.values()) {
            window.release(message.charge);
            message.forget();
            spares.give(message.buffer());
            if (message.isHandedOut()) {
                streams.aborted(message.streamId, message.ppid, message.serial);
            }
        }
        messages.clear();
    }

    @Override
    public void reset(int[] streamIds) {
        if (streamIds.length == 0) {
            dropAll();
        }
        for (int id : streamIds) {
            drop(unfinished.get(id));
            unfinished.put(id, null);
        }
    }

    private void drop(@Nullable Stream stream) {
        if (stream != null) {
            drop(stream.ordered);
            drop(stream.unordered);
        }
    }

    private void dropAll() {
        unfinished.forEach(this::drop);
        unfinished.clear();
    }

    @Override
    public boolean consistent() {
        long charge = streams.waitingCharge();
        for (DataChunk chunk : behindReset) {
            charge += ReceiveWindow.charge(chunk.length);
        }
        for (Stream stream : unfinished) {
            charge += charge(stream.ordered) + charge(stream.unordered);
        }
        return charge == window.held();
    }

    private static long charge(Map<Long, UnfinishedMessage> messages) {
        return messages.values().stream().mapToLong(m -> m.charge).sum();
    }
}
