package org.webrtc4j.benchmarks.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.webrtc4j.benchmarks.Quantiles;

/**
 * How a figure has changed from the first samples to the last.
 *
 * @param name what it is
 * @param first the median of the first minute
 * @param last the median of the last
 * @param grows whether it holds so much more that something is kept that should not be
 */
record Drift(String name, double first, double last, boolean grows) {

    /** Six samples of ten seconds. */
    static final int SAMPLES = 6;

    private static final double SHARE = 1.1;
    private static final double MEBI = 1 << 20;
    private static final double NOISE_MEBIBYTES = 4;

    /**
     * Compares the first minute with the last; in a run of less than two the first half with the second. Memory grows when it
     * is more than a tenth and 4 MiB above the first; threads grow by one; the rate is not judged.
     */
    static List<Drift> of(List<SoakSample> samples) {
        return List.of(
                memory("heap, MiB", samples, SoakSample::heapBytes),
                memory("direct buffers, MiB", samples, SoakSample::directBytes),
                memory("Netty's pool, MiB", samples, SoakSample::nettyBytes),
                plain("threads", samples, SoakSample::threads, true),
                plain("MB/s", samples, SoakSample::megabytesPerSecond, false));
    }

    private static Drift memory(String name, List<SoakSample> samples, ToDoubleFunction<SoakSample> bytes) {
        double first = median(first(samples), bytes) / MEBI;
        double last = median(last(samples), bytes) / MEBI;
        return new Drift(name, first, last, last > first * SHARE + NOISE_MEBIBYTES);
    }

    private static Drift plain(
            String name, List<SoakSample> samples, ToDoubleFunction<SoakSample> figure, boolean judged) {
        double first = median(first(samples), figure);
        double last = median(last(samples), figure);
        return new Drift(name, first, last, judged && last > first);
    }

    private static List<SoakSample> first(List<SoakSample> samples) {
        return samples.subList(0, window(samples));
    }

    private static List<SoakSample> last(List<SoakSample> samples) {
        return samples.subList(samples.size() - window(samples), samples.size());
    }

    private static int window(List<SoakSample> samples) {
        return Math.max(1, Math.min(SAMPLES, samples.size() / 2));
    }

    private static double median(List<SoakSample> samples, ToDoubleFunction<SoakSample> figure) {
        return Quantiles.of(samples.stream().mapToDouble(figure).toArray(), 0.5);
    }
}
