package org.webrtc4j.benchmarks.forward;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.srtp.SrtpProfile;

/** {@code forward [SECONDS]}: sweeps stage, receivers, packet size and profile. */
public final class ForwardCommand {

    private static final int[] RECEIVERS = {1, 10, 50, 200};
    private static final int[] PACKET_BYTES = {120, 1_100};
    private static final List<SrtpProfile> PROFILES =
            List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80);

    private ForwardCommand() {}

    /**
     * Runs the sweep, prints a line for each point, and writes the results and a page with the plots.
     *
     * @param seconds for each point, and as long to warm up
     * @param folder where {@code forward.json} and {@code forward.html} go
     * @throws IOException when they cannot be written, or a server cannot be started
     * @throws InterruptedException when the thread is interrupted
     */
    public static void run(double seconds, Path folder) throws IOException, InterruptedException {
        List<ForwardScenario> sweep = new ArrayList<>();
        PROFILES.forEach(profile -> add(sweep, ForwardStage.MEMORY, profile));
        add(sweep, ForwardStage.NIO, SrtpProfile.AEAD_AES_128_GCM);
        if (NettyEventLoops.epollAvailable()) {
            add(sweep, ForwardStage.NATIVE, SrtpProfile.AEAD_AES_128_GCM);
        }
        run(sweep, seconds, folder);
    }

    private static void add(List<ForwardScenario> sweep, ForwardStage stage, SrtpProfile profile) {
        for (int bytes : PACKET_BYTES) {
            for (int receivers : RECEIVERS) {
                sweep.add(new ForwardScenario(stage, 1, receivers, bytes, profile));
            }
        }
    }

    static void run(List<ForwardScenario> sweep, double seconds, Path folder) throws IOException, InterruptedException {
        ForwardReport.header();
        List<ForwardResult> results = new ArrayList<>();
        for (ForwardScenario each : sweep) {
            ForwardResult result = each.stage() == ForwardStage.MEMORY
                    ? ForwardInMemory.run(each, seconds)
                    : ForwardOverLoopback.run(each, seconds);
            ForwardReport.line(result);
            results.add(result);
        }
        ForwardReport.write(results, folder);
        System.out.println(
                "Results and plots: " + folder.resolve("forward.json") + ", " + folder.resolve("forward.html"));
    }
}
