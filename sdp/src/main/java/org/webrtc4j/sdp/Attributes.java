package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The a= lines of a session or a media section in their order.
 *
 * <p>Where a stack spelled an attribute in another way than {@link Attribute#text()} does (a blank at the end, a leading
 * zero, another order of parameters), the spelling is kept beside the attribute and written again. Spelling is no part of
 * equality: two lists are equal when their attributes are.
 *
 * <p>Immutable; the {@code with} and {@code without} methods return changed lists.
 */
public final class Attributes implements Iterable<Attribute> {

    /** No attribute. */
    public static final Attributes NONE = new Attributes(List.of(), null);

    private final List<Attribute> attributes;

    /** The texts that differ from the canonical ones, by index; null when there is none. */
    private final @Nullable String @Nullable [] spellings;

    private Attributes(List<Attribute> attributes, @Nullable String @Nullable [] spellings) {
        this.attributes = attributes;
        this.spellings = spellings;
    }

    /**
     * Attributes in the order of a list.
     *
     * @param attributes the attributes, copied
     * @return the list
     */
    public static Attributes of(List<? extends Attribute> attributes) {
        return attributes.isEmpty() ? NONE : new Attributes(List.copyOf(attributes), null);
    }

    /**
     * Attributes in the order of the arguments.
     *
     * @param attributes the attributes, copied
     * @return the list
     */
    public static Attributes of(Attribute... attributes) {
        return of(List.of(attributes));
    }

    static Attributes spelled(List<Attribute> attributes, List<@Nullable String> spellings) {
        if (spellings.isEmpty()) {
            return of(attributes);
        }
        return new Attributes(List.copyOf(attributes), spellings.toArray(new @Nullable String[attributes.size()]));
    }

    /**
     * The attributes as a list.
     *
     * @return an unmodifiable list
     */
    public List<Attribute> asList() {
        return attributes;
    }

    /**
     * How many there are.
     *
     * @return the number of a= lines
     */
    public int size() {
        return attributes.size();
    }

    @Override
    public Iterator<Attribute> iterator() {
        return attributes.iterator();
    }

    /**
     * The first attribute of a type.
     *
     * @param <T> the type
     * @param type the record or enum of the attribute
     * @return the attribute, empty when there is none
     */
    public <T extends Attribute> Optional<T> first(Class<T> type) {
        for (Attribute attribute : attributes) {
            if (type.isInstance(attribute)) {
                return Optional.of(type.cast(attribute));
            }
        }
        return Optional.empty();
    }

    /**
     * All attributes of a type in their order.
     *
     * @param <T> the type
     * @param type the record or enum of the attribute
     * @return a new list, empty when there is none
     */
    public <T extends Attribute> List<T> all(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Attribute attribute : attributes) {
            if (type.isInstance(attribute)) {
                found.add(type.cast(attribute));
            }
        }
        return found;
    }

    /**
     * Tells whether an attribute is there.
     *
     * @param attribute the attribute, usually a {@link Flag}
     * @return true when an equal one is there
     */
    public boolean contains(Attribute attribute) {
        return attributes.contains(attribute);
    }

    /**
     * Tells whether an attribute of a type is there.
     *
     * @param type the record or enum of the attribute
     * @return true when there is one
     */
    public boolean contains(Class<? extends Attribute> type) {
        for (Attribute attribute : attributes) {
            if (type.isInstance(attribute)) {
                return true;
            }
        }
        return false;
    }

    /**
     * These attributes and more at their end.
     *
     * @param more what to add
     * @return the longer list
     */
    public Attributes with(Attribute... more) {
        return with(List.of(more));
    }

    /**
     * These attributes and more at their end.
     *
     * @param more what to add
     * @return the longer list
     */
    public Attributes with(List<? extends Attribute> more) {
        List<Attribute> longer = new ArrayList<>(attributes);
        longer.addAll(more);
        return new Attributes(List.copyOf(longer), spellings == null ? null : Arrays.copyOf(spellings, longer.size()));
    }

    /**
     * These attributes without those of a type.
     *
     * @param type the record or enum of the attribute
     * @return the shorter list
     */
    public Attributes without(Class<? extends Attribute> type) {
        return without(type::isInstance);
    }

    /**
     * These attributes without some.
     *
     * @param leavesOut true for what is to go
     * @return the shorter list
     */
    public Attributes without(Predicate<? super Attribute> leavesOut) {
        List<Attribute> kept = new ArrayList<>();
        List<@Nullable String> keptSpellings = new ArrayList<>();
        for (int i = 0; i < attributes.size(); i++) {
            if (!leavesOut.test(attributes.get(i))) {
                kept.add(attributes.get(i));
                if (spellings != null) {
                    keptSpellings.add(spellings[i]);
                }
            }
        }
        return spelled(kept, keptSpellings);
    }

    /**
     * These attributes with one in place of those of its type: at the place of the first, or at the end.
     *
     * @param replacement the attribute that is to be the only one of its type
     * @return the changed list
     */
    public Attributes withOnly(Attribute replacement) {
        Class<?> type = replacement instanceof Enum<?> constant ? constant.getDeclaringClass() : replacement.getClass();
        List<Attribute> changed = new ArrayList<>();
        List<@Nullable String> changedSpellings = new ArrayList<>();
        boolean placed = false;
        for (int i = 0; i < attributes.size(); i++) {
            boolean replaced = type.isInstance(attributes.get(i));
            if (!replaced || !placed) {
                changed.add(replaced ? replacement : attributes.get(i));
                if (spellings != null) {
                    changedSpellings.add(replaced ? null : spellings[i]);
                }
                placed |= replaced;
            }
        }
        Attributes result = spelled(changed, changedSpellings);
        return placed ? result : result.with(replacement);
    }

    void appendLine(int index, StringBuilder out) {
        String spelling = spellings == null ? null : spellings[index];
        if (spelling == null) {
            attributes.get(index).appendTo(out);
        } else {
            out.append(spelling);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    @Override
    public String toString() {
        return attributes.toString();
    }
}
