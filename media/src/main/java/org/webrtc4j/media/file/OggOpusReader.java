package org.webrtc4j.media.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.bytes.FrameBuffer;
import org.webrtc4j.media.opus.OpusToc;

/**
 * Opus packets of an Ogg file (RFC 7845): of its first Opus stream; pages of others are passed over. A page whose CRC is
 * wrong is passed over and counted, and the next one is looked for.
 */
public final class OggOpusReader {

    /** Ogg allows packets of any size; Opus has none beyond 61440 bytes of a channel (RFC 7845 section 6). */
    private static final int MAX_PACKET_BYTES = 61_440;

    /** Searching for the next page ends after so many bytes. */
    private static final int MAX_SEARCH_BYTES = 1 << 20;

    private final InputStream in;
    private final CodecDescription codec;
    private final ArrayDeque<EncodedFrame> frames = new ArrayDeque<>();
    private final FrameBuffer packet = new FrameBuffer(MAX_PACKET_BYTES);
    private final byte[] header = new byte[OggPage.HEADER_BYTES];
    private byte[] lengths = new byte[0];
    private byte[] content = new byte[0];
    private boolean packetSpoilt;
    private boolean inPacket;
    private int serial;
    private int channels;
    private int preSkip;
    private int headers;
    private long samples;
    private long granule = -1;
    private long damagedPages;
    private long badPackets;
    private long granulesBack;
    private boolean ended;

    /**
     * Reads the beginning of a file.
     *
     * @param in the file; buffered by the caller
     * @throws IOException when there is no Opus stream in it, or reading fails
     */
    public OggOpusReader(InputStream in) throws IOException {
        this.in = in;
        while (headers == 0) {
            if (!readPage()) {
                throw new IOException("Not an Ogg file with Opus");
            }
            readHead();
        }
        codec = CodecDescription.audio("opus", 48_000, 2, channels == 2 ? "sprop-stereo=1" : "");
    }

    /**
     * Returns the codec of the packets.
     *
     * @return opus
     */
    public CodecDescription codec() {
        return codec;
    }

    /**
     * Returns how many channels were recorded.
     *
     * @return 1 or 2
     */
    public int channels() {
        return channels;
    }

    /**
     * Returns how much of the beginning is not to be heard.
     *
     * @return samples at 48 kHz
     */
    public int preSkip() {
        return preSkip;
    }

    /**
     * Returns how many pages were passed over because their CRC or their form is wrong.
     *
     * @return pages
     */
    public long damagedPages() {
        return damagedPages;
    }

    /**
     * Returns how many packets were not well-formed.
     *
     * @return packets left out
     */
    public long badPackets() {
        return badPackets;
    }

    /**
     * Returns how often the granule position, the time at the end of a page, went back.
     *
     * @return pages; their packets are read all the same
     */
    public long granulesBack() {
        return granulesBack;
    }

    /**
     * Reads the next packet.
     *
     * @return the packet, its timestamp in samples at 48 kHz from the beginning of the stream; null at the end
     * @throws IOException when reading fails
     */
    public @Nullable EncodedFrame next() throws IOException {
        while (frames.isEmpty()) {
            if (ended || !readPage()) {
                return null;
            }
            if (LittleEndian.i32(header, 14) == serial) {
                takePackets();
            }
        }
        return frames.poll();
    }

    /** Goes to the next page that is whole; false at the end. */
    private boolean readPage() throws IOException {
        int searched = 0;
        int matched = 0;
        while (true) {
            int next = in.read();
            if (next < 0 || searched++ > MAX_SEARCH_BYTES) {
                return false;
            }
            matched = next == "OggS".charAt(matched) ? matched + 1 : next == 'O' ? 1 : 0;
            if (matched < 4) {
                continue;
            }
            matched = 0;
            if (readRest()) {
                return true;
            }
            damagedPages++;
            packetSpoilt = true;
        }
    }

    private boolean readRest() throws IOException {
        for (int i = 0; i < 4; i++) {
            header[i] = (byte) "OggS".charAt(i);
        }
        if (in.readNBytes(header, 4, header.length - 4) < header.length - 4) {
            return false;
        }
        lengths = in.readNBytes(header[26] & 0xff);
        int size = 0;
        for (byte length : lengths) {
            size += length & 0xff;
        }
        content = in.readNBytes(size);
        int claimed = LittleEndian.i32(header, 22);
        LittleEndian.put32(header, 22, 0);
        int crc = OggPage.crc(0, header, 0, header.length);
        crc = OggPage.crc(crc, lengths, 0, lengths.length);
        crc = OggPage.crc(crc, content, 0, content.length);
        return header[4] == 0 && lengths.length == (header[26] & 0xff) && content.length == size && crc == claimed;
    }

    /** RFC 7845 section 5.1: version 1, one or two channels without a mapping table. */
    private void readHead() {
        boolean first = (header[5] & OggPage.FIRST) != 0;
        if (first && content.length >= 19 && startsWith("OpusHead") && (content[8] & 0xf0) == 0) {
            channels = content[9];
            preSkip = LittleEndian.u16(content, 10);
            serial = LittleEndian.i32(header, 14);
            headers = (channels == 1 || channels == 2) && content[18] == 0 ? 1 : 0;
        }
    }

    private boolean startsWith(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (content[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void takePackets() {
        boolean continued = (header[5] & OggPage.CONTINUED) != 0;
        if (continued != inPacket) {
            // The page with the rest of a packet, or with its beginning, is missing.
            packetSpoilt = continued;
            packet.clear();
        }
        int position = 0;
        for (byte length : lengths) {
            int size = length & 0xff;
            packetSpoilt |= !packet.append(content, position, size);
            position += size;
            inPacket = size == 255;
            if (!inPacket) {
                endPacket();
            }
        }
        checkGranule();
        ended = (header[5] & OggPage.LAST) != 0;
    }

    private void endPacket() {
        if (headers < 2) {
            // The comments (section 5.2) tell nothing that playing needs.
            headers++;
        } else {
            int count = packetSpoilt ? 0 : OpusToc.samples(packet.array(), 0, packet.size());
            if (count > 0) {
                frames.add(EncodedFrame.audio(codec, samples, packet.toBytes()));
                samples += count;
            } else {
                badPackets++;
            }
        }
        packetSpoilt = false;
        packet.clear();
    }

    private void checkGranule() {
        long position = LittleEndian.i64(header, 6);
        if (position != -1) {
            granulesBack += position < granule ? 1 : 0;
            granule = position;
        }
    }
}
