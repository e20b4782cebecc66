package org.webrtc4j.sdp;

/**
 * How large a description may be. What is beyond a limit is refused with the line at which it was reached.
 *
 * @param maxLength characters of the whole description
 * @param maxLineLength characters of one line without its end
 * @param maxMediaSections m= lines
 * @param maxAttributesPerSection a= lines of one media section, and of the session part
 * @param maxCandidatesPerSection a=candidate lines of one media section
 */
public record SdpLimits(
        int maxLength,
        int maxLineLength,
        int maxMediaSections,
        int maxAttributesPerSection,
        int maxCandidatesPerSection) {

    /**
     * 1 MiB in all, 16 KiB a line, 1024 media sections, 4096 attributes and 256 candidates a section: several times what
     * the largest conference of a browser sends.
     */
    public static final SdpLimits DEFAULT = new SdpLimits(1 << 20, 1 << 14, 1024, 4096, 256);

    /**
     * Checks that each limit is positive.
     *
     * @param maxLength characters of the whole description
     * @param maxLineLength characters of one line without its end
     * @param maxMediaSections m= lines
     * @param maxAttributesPerSection a= lines of one media section, and of the session part
     * @param maxCandidatesPerSection a=candidate lines of one media section
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public SdpLimits {
        if (maxLength < 1
                || maxLineLength < 1
                || maxMediaSections < 1
                || maxAttributesPerSection < 1
                || maxCandidatesPerSection < 1) {
            throw new IllegalArgumentException("each limit is at least 1");
        }
    }

    /**
     * These limits with another size of the whole.
     *
     * @param characters the largest description
     * @return the changed limits
     */
    public SdpLimits withMaxLength(int characters) {
        return new SdpLimits(
                characters, maxLineLength, maxMediaSections, maxAttributesPerSection, maxCandidatesPerSection);
    }

    /**
     * These limits with another number of media sections.
     *
     * @param sections the most m= lines
     * @return the changed limits
     */
    public SdpLimits withMaxMediaSections(int sections) {
        return new SdpLimits(maxLength, maxLineLength, sections, maxAttributesPerSection, maxCandidatesPerSection);
    }

    /**
     * These limits with another length of a line.
     *
     * @param characters the longest line without its end
     * @return the changed limits
     */
    public SdpLimits withMaxLineLength(int characters) {
        return new SdpLimits(maxLength, characters, maxMediaSections, maxAttributesPerSection, maxCandidatesPerSection);
    }

    /**
     * These limits with another number of attributes.
     *
     * @param attributes the most a= lines of one media section, and of the session part
     * @return the changed limits
     */
    public SdpLimits withMaxAttributesPerSection(int attributes) {
        return new SdpLimits(maxLength, maxLineLength, maxMediaSections, attributes, maxCandidatesPerSection);
    }

    /**
     * These limits with another number of candidates.
     *
     * @param candidates the most a=candidate lines of one media section
     * @return the changed limits
     */
    public SdpLimits withMaxCandidatesPerSection(int candidates) {
        return new SdpLimits(maxLength, maxLineLength, maxMediaSections, maxAttributesPerSection, candidates);
    }
}
