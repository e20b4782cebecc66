package org.webrtc4j.sctp.rx;

/** Makes messages of chunks: of DATA by their TSNs, of I-DATA by the numbers they carry. */
sealed interface Reassembly permits Reassembler, InterleavedReassembler {

    /** Forgets everything, and begins behind a TSN. */
    void start(long initialCumulative);

    /** A message grew beyond the limit; the association cannot go on. */
    boolean isOversized();

    /**
     * Takes a chunk the tracker has called new and added.
     *
     * @param cumulative the cumulative TSN with this chunk
     */
    void add(long tsn, long cumulative, DataChunk chunk);

    /** A TSN was acknowledged without a chunk for this class; takes what it makes contiguous. */
    void skipHole(long cumulative);

    /** Everything up to a TSN that has not come never will (RFC 3758 section 3.6). */
    void skipTo(long tsn, long cumulative);

    /** Messages of a stream up to a number will not be completed; only I-FORWARD-TSN says so of unordered ones. */
    void skipMessages(int streamId, boolean unordered, int number);

    /** The peer has reset streams, all if none is named: what is unfinished on them never will be finished. */
    void reset(int[] streamIds);

    /** Hands out what is here of messages on streams that are read part by part. */
    void handOut();

    /** A stream is read part by part from now on. */
    void onStreaming(int streamId);

    /** Invariant: what the window holds is what is kept. */
    boolean consistent();
}
