package org.webrtc4j.interop;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A headless Firefox with the page of {@link PageServer}, on loopback; it needs no driver, as the page takes its orders. */
final class Firefox implements AutoCloseable {

    /** Fake devices without questions, addresses as they are, and no calls home. */
    private static final Map<String, Object> PREFERENCES = Map.ofEntries(
            Map.entry("media.navigator.streams.fake", true),
            Map.entry("media.navigator.permission.disabled", true),
            Map.entry("media.peerconnection.ice.obfuscate_host_addresses", false),
            Map.entry("media.autoplay.default", 0),
            Map.entry("media.autoplay.blocking_policy", 0),
            Map.entry("media.gmp-manager.updateEnabled", false),
            Map.entry("app.normandy.enabled", false),
            Map.entry("app.update.enabled", false),
            Map.entry("browser.aboutwelcome.enabled", false),
            Map.entry("browser.safebrowsing.update.enabled", false),
            Map.entry("browser.shell.checkDefaultBrowser", false),
            Map.entry("browser.startup.homepage_override.mstone", "ignore"),
            Map.entry("datareporting.policy.dataSubmissionEnabled", false),
            Map.entry("datareporting.policy.firstRunURL", ""),
            Map.entry("extensions.update.enabled", false),
            Map.entry("network.captive-portal-service.enabled", false),
            Map.entry("network.connectivity-service.enabled", false),
            Map.entry("services.settings.server", "data:,#none/v1"),
            Map.entry("toolkit.telemetry.enabled", false));

    private final PageServer page = new PageServer(InetAddress.getLoopbackAddress());
    private final Process process;

    /** Starts a browser, or returns empty when there is none on this machine. */
    static Optional<Firefox> start(Path profile) throws Exception {
        Optional<String> binary = Stream.of("/usr/bin/firefox-esr", "/usr/bin/firefox")
                .filter(path -> new File(path).canExecute())
                .findFirst();
        return binary.isEmpty() ? Optional.empty() : Optional.of(new Firefox(binary.get(), profile));
    }

    private Firefox(String binary, Path profile) throws Exception {
        Files.writeString(
                profile.resolve("user.js"),
                PREFERENCES.entrySet().stream().map(Firefox::preference).collect(Collectors.joining()));
        process = new ProcessBuilder(binary, "--headless", "--no-remote", "--profile", profile.toString(), page.url())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            page.call("return 1");
        } catch (Exception failed) {
            close();
            throw failed;
        }
    }

    private static String preference(Map.Entry<String, Object> each) {
        Object value = each.getValue() instanceof String text ? "\"" + text + "\"" : each.getValue();
        return "user_pref(\"" + each.getKey() + "\", " + value + ");\n";
    }

    PageServer page() {
        return page;
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        page.close();
    }
}
