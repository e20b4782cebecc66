package org.webrtc4j.benchmarks.usrsctp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.webrtc4j.benchmarks.Machine;
import org.webrtc4j.benchmarks.Spread;

/** Figures as lines with ratios, and as JSON with the machine's facts. */
final class UsrsctpReport {

    private static final SctpPair THEIRS = new SctpPair(SctpStack.USRSCTP, SctpStack.USRSCTP);

    private final Duration round;
    private final int rounds;
    private final double loadBefore = Machine.load();
    private final Map<SctpPair, List<PairFigures>> figures = new LinkedHashMap<>();

    UsrsctpReport(Duration round, int rounds) {
        this.round = round;
        this.rounds = rounds;
    }

    void add(SctpPair pair, PairFigures each) {
        figures.computeIfAbsent(pair, absent -> new ArrayList<>()).add(each);
    }

    void print() {
        System.out.printf(
                "%nSCTP over UDP of loopback without DTLS, one stream, %,d-byte messages, %d rounds of %.1f s after as many that warm up,"
                        + " the second half of each (median; range); load %.2f before, %.2f after%n",
                SctpPair.MESSAGE_BYTES, rounds, seconds(), loadBefore, Machine.load());
        System.out.printf(
                "All: packets of %,d bytes, a receive window of %,d bytes, CRC32c, no delay. All else as each stack has it by itself.%n",
                SctpPair.PACKET_BYTES, SctpPair.WINDOW_BYTES);
        System.out.printf("%-22s %24s %24s %24s%n", "", "MB/s", "CPU s/GiB, sender", "CPU s/GiB, receiver");
        figures.forEach((pair, list) -> System.out.printf(
                "%-22s %24s %24s %24s%n",
                pair.name(),
                spread(list, PairFigures::megabytesPerSecond).text(1),
                spread(list, PairFigures::senderCpuPerGib).text(2),
                spread(list, PairFigures::receiverCpuPerGib).text(2)));
        figures.keySet().stream()
                .filter(pair -> figures.containsKey(THEIRS) && !pair.equals(THEIRS))
                .forEach(pair -> System.out.printf(
                        "%s beside %s: %.2fx the MB/s, %.2fx the CPU per GiB of both%n",
                        pair.name(),
                        THEIRS.name(),
                        overTheirs(pair, PairFigures::megabytesPerSecond),
                        overTheirs(pair, PairFigures::cpuPerGib)));
    }

    private double seconds() {
        return round.toMillis() / 1e3;
    }

    private double overTheirs(SctpPair pair, ToDoubleFunction<PairFigures> figure) {
        return spread(figures.getOrDefault(pair, List.of()), figure).median()
                / spread(figures.getOrDefault(THEIRS, List.of()), figure).median();
    }

    private static Spread spread(List<PairFigures> list, ToDoubleFunction<PairFigures> figure) {
        return Spread.of(list, figure);
    }

    Path write(Path folder) throws IOException {
        JsonObject report = new JsonObject();
        report.add("machine", Machine.facts());
        report.addProperty("loadBefore", loadBefore);
        report.addProperty("loadAfter", Machine.load());
        report.addProperty("roundSeconds", seconds());
        report.addProperty("messageBytes", SctpPair.MESSAGE_BYTES);
        report.addProperty("packetBytes", SctpPair.PACKET_BYTES);
        report.addProperty("receiveWindowBytes", SctpPair.WINDOW_BYTES);
        JsonArray pairs = new JsonArray();
        figures.forEach((pair, list) -> pairs.add(json(pair, list)));
        report.add("usrsctp", pairs);
        return Machine.write(report, folder.resolve("usrsctp.json"));
    }

    private JsonObject json(SctpPair pair, List<PairFigures> list) {
        JsonObject json = new JsonObject();
        json.addProperty("sender", pair.sender().name());
        json.addProperty("receiver", pair.receiver().name());
        json.add(
                "megabytesPerSecond",
                spread(list, PairFigures::megabytesPerSecond).json());
        json.add(
                "senderCpuSecondsPerGib",
                spread(list, PairFigures::senderCpuPerGib).json());
        json.add(
                "receiverCpuSecondsPerGib",
                spread(list, PairFigures::receiverCpuPerGib).json());
        if (figures.containsKey(THEIRS)) {
            json.addProperty("megabytesPerSecondOverUsrsctp", overTheirs(pair, PairFigures::megabytesPerSecond));
            json.addProperty("cpuOverUsrsctp", overTheirs(pair, PairFigures::cpuPerGib));
        }
        return json;
    }
}
