package org.webrtc4j.jsep;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sdp.Origin;
import org.webrtc4j.sdp.SessionDescription;

/**
 * What an offer is made of.
 *
 * @param origin the o= line
 * @param local the local description of the last exchange, or null before the first
 * @param remote the remote description of the last exchange, or null before the first
 * @param liveData the index of the data section in use, or -1
 * @param wantsData whether to offer a data section
 * @param media what the transceivers want, in their order
 * @param policy which sections are bundle-only
 * @param newMid gives an identification never used on this connection
 * @param transport what to say of the transport
 */
public record OfferRequest(
        Origin origin,
        @Nullable SessionDescription local,
        @Nullable SessionDescription remote,
        int liveData,
        boolean wantsData,
        List<SectionWish> media,
        BundlePolicy policy,
        Supplier<String> newMid,
        LocalTransport transport) {

    /**
     * Copies the list.
     *
     * @param origin the o= line
     * @param local the local description of the last exchange, or null
     * @param remote the remote description of the last exchange, or null
     * @param liveData the index of the data section in use, or -1
     * @param wantsData whether to offer a data section
     * @param media what the transceivers want
     * @param policy which sections are bundle-only
     * @param newMid gives an identification never used on this connection
     * @param transport what to say of the transport
     */
    public OfferRequest {
        media = List.copyOf(media);
    }
}
