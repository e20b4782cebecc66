package org.webrtc4j.media.h265;

import java.util.Arrays;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadSink;
import org.webrtc4j.media.bytes.Fragments;
import org.webrtc4j.media.h264.AnnexB;

/**
 * H.265 access units in the form of annex B into payloads (RFC 7798), in one stream (SRST) and without decoding order numbers.
 *
 * <p>Neighbouring units that fit together travel as one aggregation packet, a larger one in fragmentation units. Parameter
 * sets are remembered, and repeated before an intra random access point that comes without them, so that a receiver may join
 * at each: all those of a kind (VPS, SPS, PPS) that the last frame with any of that kind had.
 */
public final class H265Packetizer implements Packetizer {

    private static final int SIZE_BYTES = 2;
    private static final int FU_HEADER_BYTES = 3;
    private static final int KINDS = NalUnit.PPS - NalUnit.VPS + 1;

    /** As many as there may be of a kind (H.265 section 7.4.3: 16 VPS, 16 SPS, 64 PPS); more are sent and not remembered. */
    private static final int MAX_SETS = 64;

    private byte[] scratch = new byte[1_500];
    private final UnitList[] sets = new UnitList[KINDS];
    private final UnitList units = new UnitList();

    /** Creates a packetizer without parameter sets. */
    public H265Packetizer() {
        Arrays.setAll(sets, i -> new UnitList());
    }

    @Override
    public boolean packetize(EncodedFrame frame, int maxPayloadBytes, PayloadSink out) {
        Packetizer.checkMaxPayloadBytes(maxPayloadBytes);
        collect(frame.bytes());
        boolean sendable = units.count() > 0;
        if (sendable) {
            if (scratch.length < maxPayloadBytes) {
                scratch = new byte[maxPayloadBytes];
            }
            emit(maxPayloadBytes, out);
        }
        units.clear();
        return sendable;
    }

    /** Lists the units of the frame, with the parameter sets that a random access point lacks after its delimiter. */
    private void collect(byte[] bytes) {
        units.clear();
        boolean irap = false;
        int kinds = 0;
        AnnexB walk = new AnnexB(bytes);
        while (walk.advance()) {
            if (walk.length() > NalUnit.HEADER_BYTES) {
                int type = NalUnit.type(bytes[walk.offset()]);
                irap |= NalUnit.isIrap(type);
                kinds |= NalUnit.isParameterSet(type) ? 1 << (type - NalUnit.VPS) : 0;
            }
        }
        for (int kind = 0; kind < KINDS; kind++) {
            if ((kinds & 1 << kind) != 0) {
                sets[kind].clear();
            }
        }
        boolean lacks = irap;
        walk = new AnnexB(bytes);
        while (walk.advance()) {
            int type = NalUnit.type(bytes[walk.offset()]);
            // What is only a header ends sequences (EOS, EOB). Types from 48 on mean other things in RTP.
            if (walk.length() >= NalUnit.HEADER_BYTES && type < NalUnit.AP) {
                if (lacks && type != NalUnit.AUD) {
                    lacks = false;
                    for (int kind = 0; kind < KINDS; kind++) {
                        if ((kinds & 1 << kind) == 0) {
                            units.addAll(sets[kind]);
                        }
                    }
                }
                units.add(bytes, walk.offset(), walk.length());
                remember(type, bytes, walk.offset(), walk.length());
            }
        }
    }

    private void remember(int type, byte[] bytes, int offset, int length) {
        if (NalUnit.isParameterSet(type) && length > NalUnit.HEADER_BYTES) {
            UnitList known = sets[type - NalUnit.VPS];
            if (known.count() < MAX_SETS) {
                known.add(Arrays.copyOfRange(bytes, offset, offset + length), 0, length);
            }
        }
    }

    private void emit(int max, PayloadSink out) {
        int next = 0;
        while (next < units.count()) {
            int together = unitsThatFit(next, max);
            boolean last = next + together == units.count();
            if (together > 1) {
                emitAggregate(next, together, last, out);
            } else if (units.length(next) <= max) {
                out.payload(units.array(next), units.offset(next), units.length(next), last);
            } else {
                emitFragments(next, max, last, out);
            }
            next += together;
        }
    }

    /** How many units from this one on fit into one aggregation packet; at least 1. */
    private int unitsThatFit(int first, int max) {
        int size = NalUnit.HEADER_BYTES;
        int together = 0;
        while (first + together < units.count() && units.length(first + together) <= 0xffff) {
            size += SIZE_BYTES + units.length(first + together);
            if (size > max) {
                break;
            }
            together++;
        }
        return Math.max(together, 1);
    }

    /** RFC 7798 section 4.4.2: F is set when any has it, layer and temporal id are the lowest of all. */
    private void emitAggregate(int first, int together, boolean last, PayloadSink out) {
        int position = NalUnit.HEADER_BYTES;
        int forbidden = 0;
        int layer = 0x3f;
        int temporal = 7;
        for (int i = first; i < first + together; i++) {
            byte[] array = units.array(i);
            int offset = units.offset(i);
            int length = units.length(i);
            forbidden |= array[offset] & 0x80;
            layer = Math.min(layer, (array[offset] & 1) << 5 | (array[offset + 1] >> 3 & 0x1f));
            temporal = Math.min(temporal, array[offset + 1] & 7);
            scratch[position++] = (byte) (length >> 8);
            scratch[position++] = (byte) length;
            System.arraycopy(array, offset, scratch, position, length);
            position += length;
        }
        scratch[0] = (byte) (forbidden | NalUnit.AP << 1 | layer >> 5);
        scratch[1] = (byte) (layer << 3 | temporal);
        out.payload(scratch, 0, position, last);
    }

    /** RFC 7798 section 4.4.3: the header of the unit is not sent, but is in the three bytes before each part. */
    private void emitFragments(int unit, int max, boolean last, PayloadSink out) {
        byte[] array = units.array(unit);
        int offset = units.offset(unit);
        int content = units.length(unit) - NalUnit.HEADER_BYTES;
        int parts = Fragments.count(content, max - FU_HEADER_BYTES);
        for (int i = 0; i < parts; i++) {
            int start = Fragments.start(content, parts, i);
            int length = Fragments.start(content, parts, i + 1) - start;
            int flags = (i == 0 ? NalUnit.FU_START : 0) | (i == parts - 1 ? NalUnit.FU_END : 0);
            scratch[0] = (byte) NalUnit.withType(array[offset], NalUnit.FU);
            scratch[1] = array[offset + 1];
            scratch[2] = (byte) (flags | NalUnit.type(array[offset]));
            System.arraycopy(array, offset + NalUnit.HEADER_BYTES + start, scratch, FU_HEADER_BYTES, length);
            out.payload(scratch, 0, FU_HEADER_BYTES + length, last && i == parts - 1);
        }
    }
}
