package org.webrtc4j.rtp.extension;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which local identifier means which header extension (RFC 8285 section 5): one map for all sections of a bundle, in which
 * an identifier means the same everywhere (RFC 8843 section 7.2). Immutable.
 *
 * <p>Extensions whose URI is not known here may be in the map: they can be read raw and are forwarded where both sides map
 * the same URI.
 */
public final class HeaderExtensionMap {

    /** The largest identifier of the one-byte form. */
    public static final int MAX_ONE_BYTE_ID = 14;

    /** The largest identifier of the two-byte form. */
    public static final int MAX_ID = 255;

    /** No extensions. */
    public static final HeaderExtensionMap EMPTY = new Builder().build();

    private final @Nullable String[] uris;
    private final @Nullable HeaderExtensionType[] types;
    private final int[] ids;
    private final boolean twoByteForm;

    private HeaderExtensionMap(Builder builder) {
        uris = builder.uris.clone();
        types = new HeaderExtensionType[MAX_ID + 1];
        ids = new int[HeaderExtensionType.values().length];
        boolean large = false;
        for (int id = 1; id <= MAX_ID; id++) {
            String uri = uris[id];
            HeaderExtensionType type = uri == null ? null : HeaderExtensionType.ofUri(uri);
            large |= uri != null && id > MAX_ONE_BYTE_ID;
            types[id] = type;
            if (type != null && ids[type.ordinal()] == 0) {
                ids[type.ordinal()] = id;
            }
        }
        // RFC 8285 section 6: identifiers above 14 can only be of the two-byte form.
        twoByteForm = builder.mixed || large;
    }

    /**
     * Returns the identifier of an extension.
     *
     * @param type which
     * @return 1 to 255, or 0 when it is not in the map
     */
    public int id(HeaderExtensionType type) {
        return ids[type.ordinal()];
    }

    /**
     * Returns what an identifier means.
     *
     * @param id a local identifier
     * @return null when it is not in the map or not known here
     */
    public @Nullable HeaderExtensionType type(int id) {
        return id < 1 || id > MAX_ID ? null : types[id];
    }

    /**
     * Returns the URI of an identifier.
     *
     * @param id a local identifier
     * @return null when it is not in the map
     */
    public @Nullable String uri(int id) {
        return id < 1 || id > MAX_ID ? null : uris[id];
    }

    /**
     * Tells whether packets may be sent with the two-byte form.
     *
     * @return true when {@code a=extmap-allow-mixed} is negotiated or an identifier needs it
     */
    public boolean allowsTwoByteForm() {
        return twoByteForm;
    }

    /**
     * Fills a table from identifiers of this map to those of another, for what is forwarded as it is.
     *
     * @param other where packets go
     * @param table 256 entries; the identifier there, or 0 for elements that are left out
     */
    public void mapTo(HeaderExtensionMap other, int[] table) {
        Arrays.fill(table, 0);
        for (int id = 1; id <= MAX_ID; id++) {
            HeaderExtensionType type = types[id];
            if (type != null) {
                table[id] = type.isForwarded() ? other.id(type) : 0;
            } else if (uris[id] != null) {
                table[id] = other.idOfUri(uris[id]);
            }
        }
    }

    private int idOfUri(@Nullable String uri) {
        for (int id = 1; id <= MAX_ID; id++) {
            if (uris[id] != null && uris[id].equals(uri)) {
                return id;
            }
        }
        return 0;
    }

    /**
     * Returns a builder.
     *
     * @return of an empty map
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("extensions[");
        for (int id = 1; id <= MAX_ID; id++) {
            if (uris[id] != null) {
                text.append(id).append(' ').append(uris[id]).append(' ');
            }
        }
        return text.append(']').toString();
    }

    /** Collects what stands in {@code a=extmap} and {@code a=extmap-allow-mixed}. */
    public static final class Builder {

        private final @Nullable String[] uris = new String[MAX_ID + 1];
        private boolean mixed;

        private Builder() {}

        /**
         * Adds an extension.
         *
         * @param id local identifier
         * @param uri of the extension, known here or not
         * @return this
         * @throws IllegalArgumentException when the identifier is out of range
         */
        public Builder put(int id, String uri) {
            if (id < 1 || id > MAX_ID) {
                throw new IllegalArgumentException("Identifier " + id + " of a header extension out of range");
            }
            uris[id] = uri;
            return this;
        }

        /**
         * Adds an extension.
         *
         * @param id local identifier
         * @param type the extension
         * @return this
         * @throws IllegalArgumentException when the identifier is out of range
         */
        public Builder put(int id, HeaderExtensionType type) {
            return put(id, type.uri());
        }

        /**
         * Sets whether both forms may be sent.
         *
         * @param allowed true when {@code a=extmap-allow-mixed} is negotiated
         * @return this
         */
        public Builder allowMixed(boolean allowed) {
            mixed = allowed;
            return this;
        }

        /**
         * Returns the map.
         *
         * @return what was collected
         */
        public HeaderExtensionMap build() {
            return new HeaderExtensionMap(this);
        }
    }
}
