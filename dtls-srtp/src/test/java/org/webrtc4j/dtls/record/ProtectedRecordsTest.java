package org.webrtc4j.dtls.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.webrtc4j.crypto.JdkCrypto;
import org.webrtc4j.crypto.Words;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.guard.DropReason;
import org.webrtc4j.dtls.guard.RecordWalker;

/** Records of the protected epoch, and what becomes of those that are none. */
class ProtectedRecordsTest {

    private static final int DATA = RecordWalker.APPLICATION_DATA;
    private static final int HEADER = RecordWalker.HEADER_BYTES;

    /** Less than any object, and more than what measuring itself leaves. */
    private static final long NOISE_BYTES = 8;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void whatOneSideSealsTheOtherOpens(RecordSuite suite) {
        for (DtlsRole role : DtlsRole.values()) {
            Pair pair = new Pair(suite, role, 0);
            for (int size : new int[] {1, 2, 15, 16, 17, 1_191, 1_500, 16_384, 3}) {
                byte[] content = bytes(size);
                byte[] record = pair.seal(DATA, content);
                assertThat(record).hasSize(HEADER + size + suite.overheadBytes());
                assertThat(pair.open(record)).isNull();
                assertThat(pair.opened()).isEqualTo(content).isEqualTo(bytes(size));
            }
        }
    }

    /** RFC 5288 section 3: the explicit nonce may be the number, which no record takes twice. */
    @Test
    void theExplicitNonceIsEpochAndNumber() {
        Pair pair = new Pair(RecordSuite.AES_128_GCM, DtlsRole.CLIENT, 77);
        for (int i = 77; i < 80; i++) {
            byte[] record = pair.seal(DATA, bytes(10));
            assertThat(Words.get(record, HEADER)).isEqualTo(1L << 48 | i).isEqualTo(Words.get(record, 3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRecordIsOpenedOnce(RecordSuite suite) {
        Pair pair = new Pair(suite, DtlsRole.SERVER, 0);
        byte[] record = pair.seal(DATA, bytes(100));
        assertThat(pair.open(record)).isNull();
        assertThat(pair.open(record)).isEqualTo(DropReason.REPLAYED);
    }

    @Test
    void recordsMayOvertakeEachOtherAsFarAsTheWindowReaches() {
        Pair pair = new Pair(RecordSuite.AES_128_GCM, DtlsRole.CLIENT, 0);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i <= ProtectedRecords.REPLAY_WINDOW; i++) {
            records.add(pair.seal(DATA, bytes(20)));
        }
        assertThat(pair.open(records.get(ProtectedRecords.REPLAY_WINDOW))).isNull();
        for (int i = ProtectedRecords.REPLAY_WINDOW - 1; i > 0; i--) {
            assertThat(pair.open(records.get(i))).isNull();
            assertThat(pair.open(records.get(i))).isEqualTo(DropReason.REPLAYED);
        }
        assertThat(pair.open(records.get(0))).as("too old to be told").isEqualTo(DropReason.REPLAYED);
    }

    @ParameterizedTest
    @EnumSource
    void aForgedRecordIsDroppedAndTheGenuineOneStillOpened(RecordSuite suite) {
        Pair pair = new Pair(suite, DtlsRole.CLIENT, 0);
        byte[] record = pair.seal(DATA, bytes(40));
        for (int i = HEADER; i < record.length; i++) {
            byte[] forged = record.clone();
            forged[i] ^= 0x40;
            assertThat(pair.open(forged)).isEqualTo(DropReason.NOT_AUTHENTIC);
        }
        assertThat(pair.open(record)).isNull();
        assertThat(pair.opened()).isEqualTo(bytes(40));
    }

    @ParameterizedTest
    @EnumSource
    void typeAndNumberAreAuthenticatedToo(RecordSuite suite) {
        Pair pair = new Pair(suite, DtlsRole.CLIENT, 0);
        byte[] record = pair.seal(DATA, bytes(40));
        byte[] otherType = record.clone();
        otherType[0] = RecordWalker.ALERT;
        assertThat(pair.open(otherType)).isEqualTo(DropReason.NOT_AUTHENTIC);
        byte[] otherNumber = record.clone();
        otherNumber[10]++;
        assertThat(pair.open(otherNumber)).isEqualTo(DropReason.NOT_AUTHENTIC);
        assertThat(pair.open(record)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aRecordCutShortIsDropped(RecordSuite suite) {
        Pair pair = new Pair(suite, DtlsRole.CLIENT, 0);
        byte[] record = pair.seal(DATA, bytes(40));
        for (int length = HEADER; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            cut[12] = (byte) (length - HEADER);
            assertThat(pair.open(cut)).isEqualTo(DropReason.NOT_AUTHENTIC);
        }
        assertThat(pair.open(record)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aRecordOfNothingIsDroppedAndItsNumberUsed(RecordSuite suite) {
        Pair pair = new Pair(suite, DtlsRole.CLIENT, 0);
        for (int type : new int[] {DATA, RecordWalker.ALERT, RecordWalker.HANDSHAKE}) {
            byte[] record = pair.seal(type, new byte[0]);
            assertThat(pair.open(record)).isEqualTo(DropReason.EMPTY_RECORD);
            assertThat(pair.open(record)).isEqualTo(DropReason.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRecordLongerThanMayBeIsDroppedBeforeItIsDecrypted(RecordSuite suite) {
        Pair pair = new Pair(suite, DtlsRole.CLIENT, 0);
        byte[] record = pair.seal(DATA, new byte[ProtectedRecords.MAX_CONTENT_BYTES + 1]);
        assertThat(pair.open(record)).isEqualTo(DropReason.OVERSIZED_RECORD);
    }

    @Test
    void aRecordThatNamesAnOlderVersionIsDropped() {
        Pair pair = new Pair(RecordSuite.AES_128_GCM, DtlsRole.CLIENT, 0);
        byte[] record = pair.seal(DATA, bytes(10));
        byte[] older = record.clone();
        older[2] = (byte) 0xFF;
        assertThat(pair.open(older)).isEqualTo(DropReason.MALFORMED_RECORD);
        byte[] between = record.clone();
        between[2] = (byte) 0xFE;
        RecordWalker walker = new RecordWalker();
        walker.begin(between, 0, between.length);
        assertThat(walker.next()).isFalse();
        assertThat(walker.failure()).isEqualTo(DropReason.MALFORMED_RECORD);
        assertThat(pair.open(record)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void ourOwnRecordsReflectedAreNotAuthentic(RecordSuite suite) {
        Pair pair = new Pair(suite, DtlsRole.CLIENT, 0);
        byte[] record = pair.seal(DATA, bytes(10));
        assertThat(open(pair.from, record)).isEqualTo(DropReason.NOT_AUTHENTIC);
    }

    @ParameterizedTest
    @EnumSource
    void theLastNumbersAreUsedAndNoneTwice(RecordSuite suite) {
        long first = ProtectedRecords.MAX_NUMBER - 2;
        Pair pair = new Pair(suite, DtlsRole.SERVER, first);
        List<byte[]> records = new ArrayList<>();
        for (long number = first; number <= ProtectedRecords.MAX_NUMBER; number++) {
            assertThat(pair.from.nextNumber()).isEqualTo(number);
            assertThat(pair.from.hasNumberForData()).isEqualTo(number < ProtectedRecords.MAX_NUMBER);
            records.add(pair.seal(DATA, bytes(30)));
        }
        assertThat(pair.from.seal(DATA, bytes(30), 0, 30)).isNull();
        for (int i = 2; i >= 0; i--) {
            assertThat(pair.open(records.get(i))).isNull();
            assertThat(pair.open(records.get(i))).isEqualTo(DropReason.REPLAYED);
        }
        byte[] early = new Pair(suite, DtlsRole.SERVER, 0).seal(DATA, bytes(30));
        assertThat(pair.open(early)).isEqualTo(DropReason.REPLAYED);
    }

    /** What a stranger sends far ahead must not push the window on. */
    @Test
    void aForgedNumberFarAheadChangesNothing() {
        Pair pair = new Pair(RecordSuite.AES_128_GCM, DtlsRole.CLIENT, 0);
        byte[] record = pair.seal(DATA, bytes(30));
        byte[] ahead = record.clone();
        Arrays.fill(ahead, 5, 11, (byte) 0xFF);
        assertThat(pair.open(ahead)).isEqualTo(DropReason.NOT_AUTHENTIC);
        assertThat(pair.open(record)).isNull();
    }

    @Test
    void aSequenceWithLossesAndReorderingIsOpenedAsASetWould() {
        Random random = new Random(4);
        Pair pair = new Pair(RecordSuite.AES_256_GCM, DtlsRole.CLIENT, (1L << 32) - 500);
        List<byte[]> waiting = new ArrayList<>();
        int opened = 0;
        int sent = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] record = pair.seal(DATA, bytes(16));
            if (random.nextInt(10) > 0) {
                waiting.add(record);
                sent++;
            }
            if (waiting.size() > 60 || i == 3_999) {
                while (!waiting.isEmpty()) {
                    byte[] next = waiting.remove(random.nextInt(waiting.size()));
                    assertThat(pair.open(next)).isNull();
                    opened++;
                    assertThat(pair.open(next)).isEqualTo(DropReason.REPLAYED);
                }
            }
        }
        assertThat(opened).isEqualTo(sent);
    }

    private interface Work {
        void run(int i) throws Exception;
    }

    /** The JDK's ciphers make garbage; the same calls without a record show how much. */
    @ParameterizedTest
    @EnumSource
    void aRecordMakesNoGarbageButTheJdks(RecordSuite suite) throws Exception {
        Pair pair = new Pair(suite, DtlsRole.CLIENT, 0);
        byte[] content = bytes(1_191);
        RecordWalker walker = new RecordWalker();
        Work ours = i -> {
            ByteBuffer record = pair.from.seal(DATA, content, 0, content.length);
            walker.begin(Objects.requireNonNull(record));
            walker.next();
            assertThat(pair.to.open(walker) == null).isTrue();
        };
        Work jdks = bare(suite, content);
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        long least = Long.MAX_VALUE;
        long leastOfJdks = Long.MAX_VALUE;
        for (int round = 0;
                round == 0 || (least > leastOfJdks + NOISE_BYTES && System.nanoTime() - deadline < 0);
                round++) {
            least = Math.min(least, bytesPerRun(ours, round));
            leastOfJdks = Math.min(leastOfJdks, bytesPerRun(jdks, round));
        }
        assertThat(least).as("bytes a record").isLessThanOrEqualTo(leastOfJdks + NOISE_BYTES);
    }

    /** What a record made and opened asks of the JDK. */
    private static Work bare(RecordSuite suite, byte[] content) {
        boolean gcm = suite != RecordSuite.CHACHA20_POLY1305;
        String name = gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305";
        Cipher encrypting = JdkCrypto.cipher(name);
        Cipher decrypting = JdkCrypto.cipher(name);
        SecretKeySpec key = new SecretKeySpec(new byte[suite.keyBytes()], gcm ? "AES" : "ChaCha20");
        byte[] nonce = new byte[12];
        byte[] associated = new byte[13];
        byte[] sealed = new byte[content.length + 16];
        byte[] opened = new byte[content.length + 16];
        return i -> {
            Words.setInt(nonce, 4, i);
            encrypting.init(Cipher.ENCRYPT_MODE, key, parameter(gcm, nonce));
            encrypting.updateAAD(associated);
            encrypting.doFinal(content, 0, content.length, sealed, 0);
            decrypting.init(Cipher.DECRYPT_MODE, key, parameter(gcm, nonce));
            decrypting.updateAAD(associated);
            decrypting.doFinal(sealed, 0, sealed.length, opened, 0);
        };
    }

    private static AlgorithmParameterSpec parameter(boolean gcm, byte[] nonce) {
        return gcm ? new GCMParameterSpec(128, nonce) : new IvParameterSpec(nonce);
    }

    private static long bytesPerRun(Work work, int round) throws Exception {
        int runs = 500;
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = 1; i <= runs; i++) {
            work.run(round * runs + i);
        }
        return (THREADS.getThreadAllocatedBytes(thread) - before) / runs;
    }

    /** Two sides of one key block. */
    private static final class Pair {
        final ProtectedRecords from;
        final ProtectedRecords to;

        Pair(RecordSuite suite, DtlsRole sender, long firstNumber) {
            byte[] keyBlock = bytes(suite.keyBlockBytes());
            DtlsRole receiver = sender == DtlsRole.CLIENT ? DtlsRole.SERVER : DtlsRole.CLIENT;
            from = new ProtectedRecords(suite, sender, keyBlock, firstNumber);
            to = new ProtectedRecords(suite, receiver, keyBlock);
        }

        byte[] seal(int type, byte[] content) {
            ByteBuffer lent = Objects.requireNonNull(from.seal(type, content, 0, content.length));
            byte[] record = new byte[lent.remaining()];
            lent.get(record);
            return record;
        }

        @Nullable
        DropReason open(byte[] record) {
            return ProtectedRecordsTest.open(to, record);
        }

        byte[] opened() {
            byte[] content = new byte[to.content().remaining()];
            to.content().get(content);
            return content;
        }
    }

    /** At an offset, and with the source unchanged whatever becomes of it. */
    private static @Nullable DropReason open(ProtectedRecords side, byte[] record) {
        byte[] datagram = new byte[record.length + 8];
        System.arraycopy(record, 0, datagram, 5, record.length);
        byte[] before = datagram.clone();
        RecordWalker walker = new RecordWalker();
        walker.begin(datagram, 5, record.length);
        assertThat(walker.next()).isTrue();
        DropReason reason = side.open(walker);
        assertThat(datagram).isEqualTo(before);
        return reason;
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + size);
        }
        return bytes;
    }
}
