package org.webrtc4j.sctp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import org.webrtc4j.sctp.datachannel.FuzzedSession;
import org.webrtc4j.sctp.tx.OutstandingDataModel;

/** Any bytes, in any state: no exception leaves, no invariant breaks, nothing grows beyond its limit. */
class SctpFuzzTest {

    /** Bytes as a packet, as they are and with the header a peer would give them, to every state of a set-up. */
    @FuzzTest
    void packet(byte[] bytes) {
        if (bytes.length > 65_000) {
            return;
        }
        RawPeer closed = new RawPeer(RawPeer.options());
        closed.receiveRaw(bytes);
        closed.receiveTagged(0, bytes);
        closed.receiveTagged(RawPeer.OUR_TAG, bytes);
        RawPeer waiting = new RawPeer(RawPeer.options());
        waiting.association.connect(waiting.now);
        waiting.turn();
        waiting.receive(bytes);
        for (RawPeer established : List.of(RawPeer.established(), RawPeer.interleaving())) {
            established.send(1, 5_000);
            established.receive(bytes);
            established.receive(bytes);
            established.pass(1_000 * RawPeer.MILLI);
        }
        RawPeer signalled = new RawPeer(RawPeer.options().zeroChecksum(true));
        signalled.expectsUnchecked = true;
        if (SctpAssociation.refusalOfInit(bytes).isEmpty()) {
            signalled.association.connect(bytes, signalled.now);
            signalled.send(1, 5_000);
            signalled.turn();
            signalled.pass(1_000 * RawPeer.MILLI);
        }
        byte[] unchecked = RawPeer.packet(RawPeer.OUR_TAG, bytes);
        Arrays.fill(unchecked, 8, 12, (byte) 0);
        signalled.receiveRaw(unchecked);
    }

    /** Two associations whose packets and callers do what the bytes say. */
    @FuzzTest
    void association(byte[] bytes) {
        FuzzedAssociation.run(bytes);
    }

    /** Outstanding data beside a naive model of it. */
    @FuzzTest
    void outstandingData(byte[] bytes) {
        int[] position = new int[1];
        OutstandingDataModel.run(
                bound -> position[0] < bytes.length ? (bytes[position[0]++] & 0xff) % bound : 0,
                Math.min(bytes.length, 500));
    }

    /** A session opposite a peer that says anything about channels. */
    @FuzzTest
    void dataChannels(byte[] bytes) {
        FuzzedSession.run(bytes);
    }

    /** Bytes as a message of the establishment protocol. */
    @FuzzTest
    void establishmentProtocol(byte[] bytes) {
        FuzzedSession.open(bytes);
    }
}
