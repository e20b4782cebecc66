package org.webrtc4j.sdp;

import java.util.List;

/**
 * What the ICE agent can do beyond the basics (RFC 8839 section 5.6), e.g. {@code trickle} or {@code ice2}.
 *
 * @param options the option tags in their order
 */
public record IceOptions(List<String> options) implements Attribute {

    static final String NAME = "ice-options";

    /**
     * Checks that there is a tag and that each is one word.
     *
     * @param options the option tags in their order
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public IceOptions {
        options = Grammar.words(options, "ice option");
        Grammar.require(!options.isEmpty(), "ice-options", "names no option");
    }

    /**
     * Options by their tags.
     *
     * @param options the tags
     * @return the attribute
     */
    public static IceOptions of(String... options) {
        return new IceOptions(List.of(options));
    }

    static IceOptions parse(Cursor cursor) {
        return new IceOptions(Words.rest(cursor, "the option"));
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        Words.append(out, options);
    }

    /**
     * Tells whether an option is named; some stacks separate options by commas, which counts too.
     *
     * @param option the tag, e.g. {@code trickle}
     * @return true when it is there
     */
    public boolean contains(String option) {
        for (String each : options) {
            int begin = 0;
            while (begin <= each.length()) {
                int comma = each.indexOf(',', begin);
                int end = comma < 0 ? each.length() : comma;
                if (end - begin == option.length() && each.startsWith(option, begin)) {
                    return true;
                }
                begin = end + 1;
            }
        }
        return false;
    }
}
