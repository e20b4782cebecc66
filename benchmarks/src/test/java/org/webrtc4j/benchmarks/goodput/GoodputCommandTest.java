package org.webrtc4j.benchmarks.goodput;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.sctp.SctpCongestionControl;

/** A small table. Virtual time makes its figures the same on every machine, so that they may be asserted. */
class GoodputCommandTest {

    private static final int CONTROLLERS = SctpCongestionControl.values().length;
    private static final NetworkPath SHARED = new NetworkPath(20, 0, 10_000_000, 1);

    private static GoodputSweep sweep(List<Double> losses) {
        return new GoodputSweep(
                50_000_000,
                1,
                List.of(20, 100),
                losses,
                List.of(65_536),
                SHARED,
                6,
                List.of(SctpCongestionControl.values()));
    }

    @Test
    void noCellOfASmallTableCollapses(@TempDir Path folder) throws Exception {
        assertThat(GoodputCommand.run(sweep(List.of(0.0, 0.01)), folder)).isTrue();

        JsonObject report = JsonParser.parseString(Files.readString(folder.resolve("goodput.json")))
                .getAsJsonObject();
        assertThat(report.getAsJsonArray("goodput")).hasSize(4 * CONTROLLERS);
        assertThat(report.getAsJsonArray("longQueue")).hasSize(CONTROLLERS);
        assertThat(report.getAsJsonArray("smallBesideBulk")).isNotEmpty();
        assertThat(report.getAsJsonArray("competition")).isNotEmpty();
        assertThat(Files.readString(folder.resolve("goodput.html")))
                .contains("Messages of 64 KiB", "standard", "expected");
    }

    @Test
    void aCellThatStallsIsACollapse() {
        Cell cell = new Cell(new NetworkPath(20, 1, 50_000_000, 1), 65_536, SctpCongestionControl.STANDARD);
        Measurement nothing = new Measurement(cell.expected(), Duration.ofSeconds(30), 0, 0, 0, 0, 0, true);

        assertThat(new CellResult(cell, nothing, new double[0]).isCollapsed()).isTrue();
    }

    @Test
    void aCellBelowHalfOfTheFormulaIsACollapse() {
        Cell cell = new Cell(new NetworkPath(100, 0.01, 1_000_000_000, 1), 65_536, SctpCongestionControl.STANDARD);

        assertThat(cell.expected()).isBetween(141_000.0, 143_000.0);
        assertThat(result(cell, 0.49).isCollapsed()).isTrue();
        assertThat(result(cell, 0.51).isCollapsed()).isFalse();
    }

    @Test
    void aLinkWithoutLossThatIsNotFilledIsACollapse() {
        Cell link = new Cell(new NetworkPath(20, 0, 1_000_000_000, 1), 65_536, SctpCongestionControl.STANDARD);
        Cell shortQueue = new Cell(new NetworkPath(20, 0, 1_000_000_000, 0.25), 65_536, SctpCongestionControl.STANDARD);
        Cell smallWindow = new Cell(new NetworkPath(100, 0, 1_000_000_000, 1), 65_536, SctpCongestionControl.STANDARD);

        assertThat(result(link, 0.89).isCollapsed()).isTrue();
        assertThat(result(link, 0.91).isCollapsed()).isFalse();
        assertThat(result(shortQueue, 0.75).isCollapsed()).isFalse();
        assertThat(result(smallWindow, 0.75).isCollapsed()).isFalse();
    }

    private static CellResult result(Cell cell, double share) {
        return new CellResult(
                cell,
                new Measurement(share * cell.expected(), Duration.ofSeconds(1), 0, 1, 0, 0, 0, false),
                new double[0]);
    }

    @Test
    void whatIsExpectedIsCappedByTheLinkAndTheWindow() {
        Cell link = new Cell(new NetworkPath(1, 0, 8_000_000, 1), 65_536, SctpCongestionControl.STANDARD);
        Cell window = new Cell(new NetworkPath(1_000, 0, 1_000_000_000, 1), 65_536, SctpCongestionControl.STANDARD);

        assertThat(link.expected()).isBetween(970_000.0, 1_000_000.0);
        assertThat(window.expected()).isEqualTo(8 * 1024 * 1024);
    }

    @Test
    void theSameSeedGivesTheSameFigures() {
        Cell cell = new Cell(new NetworkPath(20, 0.01, 20_000_000, 1), 65_536, SctpCongestionControl.STANDARD);

        Measurement first = CellRun.run(cell, 7).measurement();
        assertThat(CellRun.run(cell, 7).measurement()).isEqualTo(first);
        assertThat(CellRun.run(cell, 8).measurement()).isNotEqualTo(first);
    }
}
