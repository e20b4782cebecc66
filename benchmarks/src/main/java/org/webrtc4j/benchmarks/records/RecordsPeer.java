package org.webrtc4j.benchmarks.records;

import com.google.gson.Gson;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** One implementation in a process of its own, so that what the compiler knows of one does not slow another down. */
public final class RecordsPeer {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private RecordsPeer() {}

    /**
     * Measures and prints one line.
     *
     * @param arguments implementation, bytes of a record's content, milliseconds of the first part, of warm-up, of each of
     *     the rounds, and how many rounds
     * @throws Exception when it cannot be measured
     */
    public static void main(String[] arguments) throws Exception {
        int[] numbers = new int[arguments.length - 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(arguments[i + 1]);
        }
        RecordRow row = row(arguments[0], numbers[0]);
        System.out.println(new Gson().toJson(measure(row, numbers[1], numbers[2], numbers[3], numbers[4])));
    }

    static RecordRow row(String name, int contentBytes) throws Exception {
        return switch (name) {
            case "webrtc4j" -> new OurRecords(contentBytes);
            case "bouncy-castle" -> new LibraryRecords(contentBytes, false);
            case "bouncy-castle+jdk" -> new LibraryRecords(contentBytes, true);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static RecordFigures measure(RecordRow row, int firstMillis, int warmUpMillis, int roundMillis, int rounds)
            throws Exception {
        RecordFigures first = round(row, firstMillis);
        round(row, warmUpMillis);
        RecordFigures least = round(row, roundMillis);
        for (int i = 1; i < rounds; i++) {
            least = least.least(round(row, roundMillis));
        }
        return new RecordFigures(
                first.sealNanos(),
                first.openNanos(),
                least.sealNanos(),
                least.openNanos(),
                least.sealBytes(),
                least.openBytes());
    }

    private static RecordFigures round(RecordRow row, int millis) throws Exception {
        long limit = TimeUnit.MILLISECONDS.toNanos(millis);
        long seal = 0;
        long open = 0;
        long sealBytes = 0;
        long openBytes = 0;
        long records = 0;
        while (seal + open < limit) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            row.seal();
            long middle = THREADS.getCurrentThreadCpuTime();
            long bytesBetween = THREADS.getCurrentThreadAllocatedBytes();
            row.open();
            open += THREADS.getCurrentThreadCpuTime() - middle;
            openBytes += THREADS.getCurrentThreadAllocatedBytes() - bytesBetween;
            seal += middle - start;
            sealBytes += bytesBetween - bytes;
            records += RecordRow.RECORDS;
        }
        return new RecordFigures(
                0, 0, (double) seal / records, (double) open / records, sealBytes / records, openBytes / records);
    }
}
