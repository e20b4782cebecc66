package org.webrtc4j.media.h264;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadSink;
import org.webrtc4j.media.bytes.Fragments;

/**
 * H.264 access units in the form of annex B into payloads (RFC 6184).
 *
 * <p>With packetization-mode 1 neighbouring units that fit together travel as one STAP-A, a larger one as FU-A; with mode 0
 * each unit is a packet, and a unit that does not fit cannot be sent. Parameter sets are remembered, and repeated before an
 * IDR picture that comes without them, so that a receiver may join at each key frame.
 */
public final class H264Packetizer implements Packetizer {

    /** More units than encoders make; a picture of more is cut into packets all the same, unit by unit. */
    private static final int INITIAL_UNITS = 16;

    private static final byte[] EMPTY = new byte[0];

    private static final int STAP_HEADER_BYTES = 1;
    private static final int STAP_SIZE_BYTES = 2;
    private static final int FU_HEADER_BYTES = 2;

    private final boolean singleUnits;
    private byte[] scratch = new byte[1_500];
    private byte @Nullable [] sps;
    private byte @Nullable [] pps;

    // The units of the frame: of which array, from where, how long.
    private byte[][] arrays = new byte[INITIAL_UNITS][];
    private int[] offsets = new int[INITIAL_UNITS];
    private int[] lengths = new int[INITIAL_UNITS];
    private int count;

    /**
     * Creates a packetizer.
     *
     * @param packetizationMode 0 or 1; interleaving (2) is not offered by anybody
     * @throws IllegalArgumentException for another mode
     */
    public H264Packetizer(int packetizationMode) {
        if (packetizationMode != 0 && packetizationMode != 1) {
            throw new IllegalArgumentException("packetization-mode " + packetizationMode);
        }
        singleUnits = packetizationMode == 0;
    }

    @Override
    public boolean packetize(EncodedFrame frame, int maxPayloadBytes, PayloadSink out) {
        Packetizer.checkMaxPayloadBytes(maxPayloadBytes);
        collect(frame.bytes());
        boolean sendable = count > 0 && (!singleUnits || allFit(maxPayloadBytes));
        if (sendable) {
            if (scratch.length < maxPayloadBytes) {
                scratch = new byte[maxPayloadBytes];
            }
            emit(maxPayloadBytes, out);
        }
        Arrays.fill(arrays, 0, count, EMPTY);
        return sendable;
    }

    /** Lists the units of the frame, with the parameter sets an IDR picture lacks before its first slice. */
    private void collect(byte[] bytes) {
        count = 0;
        boolean hasSps = false;
        boolean hasPps = false;
        AnnexB units = new AnnexB(bytes);
        while (units.advance()) {
            int type = units.type();
            if (type == NalUnit.SPS) {
                sps = copy(bytes, units);
                hasSps = true;
            } else if (type == NalUnit.PPS) {
                pps = copy(bytes, units);
                hasPps = true;
            } else if (type == NalUnit.IDR) {
                if (!hasSps && sps != null) {
                    add(sps, 0, sps.length);
                }
                if (!hasPps && pps != null) {
                    add(pps, 0, pps.length);
                }
                hasSps = true;
                hasPps = true;
            }
            add(bytes, units.offset(), units.length());
        }
    }

    private void emit(int max, PayloadSink out) {
        int next = 0;
        while (next < count) {
            int together = singleUnits ? 1 : unitsThatFit(next, max);
            boolean last = next + together == count;
            if (together > 1) {
                emitAggregate(next, together, last, out);
            } else if (lengths[next] <= max) {
                out.payload(arrays[next], offsets[next], lengths[next], last);
            } else {
                emitFragments(next, max, last, out);
            }
            next += together;
        }
    }

    /** How many units from this one on fit into one STAP-A; at least 1. */
    private int unitsThatFit(int first, int max) {
        int size = STAP_HEADER_BYTES;
        int units = 0;
        while (first + units < count && lengths[first + units] <= 0xffff) {
            size += STAP_SIZE_BYTES + lengths[first + units];
            if (size > max) {
                break;
            }
            units++;
        }
        return Math.max(units, 1);
    }

    /** RFC 6184 section 5.7.1: F is set when any has it, NRI is the highest of all. */
    private void emitAggregate(int first, int units, boolean last, PayloadSink out) {
        int position = STAP_HEADER_BYTES;
        int forbidden = 0;
        int importance = 0;
        for (int i = first; i < first + units; i++) {
            int header = arrays[i][offsets[i]];
            forbidden |= header & 0x80;
            importance = Math.max(importance, header & NalUnit.REF_IDC_MASK);
            scratch[position++] = (byte) (lengths[i] >> 8);
            scratch[position++] = (byte) lengths[i];
            System.arraycopy(arrays[i], offsets[i], scratch, position, lengths[i]);
            position += lengths[i];
        }
        scratch[0] = (byte) (forbidden | importance | NalUnit.STAP_A);
        out.payload(scratch, 0, position, last);
    }

    /** RFC 6184 section 5.8: the header of the unit is not sent, but is in the two bytes before each part. */
    private void emitFragments(int unit, int max, boolean last, PayloadSink out) {
        int header = arrays[unit][offsets[unit]];
        int content = lengths[unit] - 1;
        int parts = Fragments.count(content, max - FU_HEADER_BYTES);
        for (int i = 0; i < parts; i++) {
            int start = Fragments.start(content, parts, i);
            int length = Fragments.start(content, parts, i + 1) - start;
            int flags = (i == 0 ? NalUnit.FU_START : 0) | (i == parts - 1 ? NalUnit.FU_END : 0);
            scratch[0] = (byte) ((header & ~NalUnit.TYPE_MASK) | NalUnit.FU_A);
            scratch[1] = (byte) (flags | NalUnit.type(header));
            System.arraycopy(arrays[unit], offsets[unit] + 1 + start, scratch, FU_HEADER_BYTES, length);
            out.payload(scratch, 0, FU_HEADER_BYTES + length, last && i == parts - 1);
        }
    }

    private boolean allFit(int max) {
        for (int i = 0; i < count; i++) {
            if (lengths[i] > max) {
                return false;
            }
        }
        return true;
    }

    private void add(byte[] bytes, int offset, int length) {
        if (count == lengths.length) {
            arrays = Arrays.copyOf(arrays, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        arrays[count] = bytes;
        offsets[count] = offset;
        lengths[count++] = length;
    }

    private static byte[] copy(byte[] bytes, AnnexB unit) {
        return Arrays.copyOfRange(bytes, unit.offset(), unit.offset() + unit.length());
    }
}
