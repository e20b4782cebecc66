package org.webrtc4j.benchmarks.datagram;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.webrtc4j.benchmarks.Quantiles;

/**
 * What the rounds of one case have given.
 *
 * @param name of the case
 * @param nanos CPU time a packet, for each contestant the rounds
 * @param allocatedBytes for each packet of the last round
 */
record DatagramFigures(String name, Map<String, double[]> nanos, Map<String, Double> allocatedBytes) {

    private static final int BURSTS = 200;

    /** Measures a case: in each round all take turns. */
    static DatagramFigures measure(DatagramCase what, int warmUps, int rounds) throws Exception {
        DatagramFigures figures = new DatagramFigures(what.name(), new LinkedHashMap<>(), new LinkedHashMap<>());
        what.contestants().keySet().forEach(who -> figures.nanos.put(who, new double[rounds]));
        for (int round = -warmUps; round < rounds; round++) {
            for (Map.Entry<String, DatagramCase.Contestant> each :
                    what.contestants().entrySet()) {
                figures.round(each.getKey(), each.getValue(), round);
            }
        }
        return figures;
    }

    private void round(String who, DatagramCase.Contestant contestant, int round) throws Exception {
        long cpu = 0;
        long bytes = 0;
        for (int i = 0; i < BURSTS; i++) {
            Cost cost = contestant.burst();
            cpu += cost.nanos();
            bytes += cost.allocatedBytes();
        }
        double packets = BURSTS * Burst.PACKETS;
        double[] kept = nanos.get(who);
        if (round >= 0 && kept != null) {
            kept[round] = cpu / packets;
            allocatedBytes.put(who, bytes / packets);
        }
    }

    /** The round that was disturbed least. */
    double least(String who) {
        return Arrays.stream(nanos.getOrDefault(who, new double[0])).min().orElse(Double.NaN);
    }

    double median(String who) {
        return Quantiles.of(nanos.getOrDefault(who, new double[0]), 0.5);
    }
}
