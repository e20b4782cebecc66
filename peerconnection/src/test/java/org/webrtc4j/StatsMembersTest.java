package org.webrtc4j;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records of getStats have the members of webrtc-stats, as listed in {@code webrtc-stats.txt}. */
class StatsMembersTest {

    private static final Map<String, Section> SPECIFIED = read();

    /** The members of one dictionary: what a record of it must have, and what it leaves out with a reason. */
    private record Section(List<String> present, Map<String, String> leftOut) {}

    private static Map<String, Section> read() {
        Map<String, Section> sections = new LinkedHashMap<>();
        Section current = new Section(new ArrayList<>(), new LinkedHashMap<>());
        for (String line : lines()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                current = new Section(new ArrayList<>(), new LinkedHashMap<>());
                sections.put(line.substring(1, line.indexOf(']')), current);
            } else if (line.startsWith("- ")) {
                String[] words = line.substring(2).split("\\s+", 2);
                current.leftOut().put(words[0], words.length < 2 ? "" : words[1]);
            } else {
                current.present().add(line.trim());
            }
        }
        return sections;
    }

    private static List<String> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                requireNonNull(StatsMembersTest.class.getResourceAsStream("webrtc-stats.txt")),
                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException("The list cannot be read", e);
        }
    }

    static Stream<Class<?>> records() {
        return records(RTCStats.class);
    }

    /** The records behind a sealed interface, through the interfaces between. */
    private static Stream<Class<?>> records(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of(type) : Stream.of(permitted).flatMap(StatsMembersTest::records);
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordHasTheMembersOfItsDictionaryAndNoOthers(Class<?> type) {
        assertThat(SPECIFIED).containsKey(type.getSimpleName());
        Section section = requireNonNull(SPECIFIED.get(type.getSimpleName()));

        assertThat(type.isRecord()).isTrue();
        assertThat(Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        // Of every dictionary; a component where several types share a record.
                        .filter(name -> !List.of("id", "timestamp", "type").contains(name)))
                .containsExactlyInAnyOrderElementsOf(section.present());
    }

    @Test
    void whatIsLeftOutIsLeftOutForAReason() {
        assertThat(SPECIFIED).isNotEmpty().allSatisfy((dictionary, section) -> {
            assertThat(section.leftOut().values()).noneMatch(String::isBlank);
            assertThat(section.present()).doesNotHaveDuplicates().noneMatch(section.leftOut()::containsKey);
        });
    }
}
