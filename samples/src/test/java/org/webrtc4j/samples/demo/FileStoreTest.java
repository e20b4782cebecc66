package org.webrtc4j.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the test's thread, which stands for the store's. */
class FileStoreTest {

    private final FileStore store = new FileStore();
    private final byte[] bytes = new byte[1_000];

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aFileOfferedAgainGoesOnFromTheBytesThatAreThere() throws Exception {
        Arrays.fill(bytes, (byte) 7);
        String sha256 = sha256(bytes);
        StoredFile first = store.offered(sha256, bytes.length, "one connection");
        assertThat(first.append(Arrays.copyOf(bytes, 400))).isTrue();

        StoredFile again = store.offered(sha256, bytes.length, "the next");
        assertThat(again).isSameAs(first);
        assertThat(again.received()).isEqualTo(400);
        assertThat(again.isWrittenBy("one connection")).isFalse();
        assertThat(store.complete(sha256)).isNull();
        assertThat(again.append(Arrays.copyOf(bytes, 600))).isTrue();
        assertThat(again.isComplete()).isTrue();
        assertThat(again.verify()).isTrue();
        assertThat(again.verify()).as("asked twice").isTrue();

        byte[] back = new byte[500];
        assertThat(again.read(back, 700)).isEqualTo(300);
        assertThat(Arrays.copyOf(back, 300)).containsOnly(7);
        assertThat(store.complete(sha256)).isSameAs(again);
    }

    @Test
    void aFileWithAnotherHashThanAnnouncedIsFoundOut() throws Exception {
        StoredFile file = store.offered("00".repeat(32), bytes.length, this);
        assertThat(file.append(bytes)).isTrue();
        assertThat(file.verify()).isFalse();
        store.discard(file.sha256);
        assertThat(store.offered(file.sha256, bytes.length, this).received()).isZero();
    }

    @Test
    void moreBytesThanAnnouncedAreRefused() throws Exception {
        StoredFile file = store.offered(sha256(bytes), bytes.length - 1, this);
        assertThat(file.append(bytes)).isFalse();
        assertThat(file.received()).isZero();
    }

    @Test
    void theFileAskedForLeastRecentlyMakesRoom() throws Exception {
        StoredFile oldest = store.offered("11".repeat(32), FileStore.LARGEST_FILE, this);
        store.offered("22".repeat(32), FileStore.LARGEST_FILE, this);
        assertThat(store.offered(oldest.sha256, oldest.size, this)).isSameAs(oldest);
        store.offered("33".repeat(32), FileStore.LARGEST_FILE, this);
        assertThat(oldest.isWrittenBy(this)).as("still there").isTrue();
        assertThat(store.offered(oldest.sha256, oldest.size, this)).isSameAs(oldest);
    }

    @Test
    void anEmptyFileIsCompleteAtOnce() throws Exception {
        StoredFile file = store.offered(sha256(new byte[0]), 0, this);
        assertThat(file.isComplete()).isTrue();
        assertThat(file.verify()).isTrue();
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
