package org.webrtc4j.interop;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium with the page of {@link PageServer}, on loopback. */
final class Chromium implements AutoCloseable {

    /** Without these a headless browser on a closed network keeps calling home. */
    static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** A camera and a microphone that need neither devices nor permission, and sound without a click. */
    private static final List<String> MEDIA_FLAGS = List.of(
            "--use-fake-device-for-media-stream=fps=30",
            "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required");

    private final PageServer page = new PageServer(InetAddress.getLoopbackAddress());
    private final ChromeDriver driver;

    /** Starts a browser, or returns empty when there is none on this machine. */
    static Optional<Chromium> start(String... moreFlags) throws IOException {
        Optional<String> driver = find("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");
        if (browser().isEmpty() || driver.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Chromium(browser().get(), driver.get(), moreFlags));
    }

    static Optional<String> browser() {
        return find("/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser");
    }

    private static Optional<String> find(String... paths) {
        return Stream.of(paths).filter(path -> new File(path).canExecute()).findFirst();
    }

    private Chromium(String browser, String driverPath, String... moreFlags) throws IOException {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser);
        options.addArguments(FLAGS);
        // The demo makes its certificate on the spot.
        options.addArguments("--ignore-certificate-errors");
        // Host candidates with addresses, loopback among them: nothing of a test leaves the machine.
        options.addArguments("--allow-loopback-in-peer-connection", "--disable-features=WebRtcHideLocalIpsWithMdns");
        options.addArguments(MEDIA_FLAGS);
        options.addArguments(moreFlags);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File(driverPath))
                        .build(),
                options);
        driver.get(page.url());
    }

    PageServer page() {
        return page;
    }

    void listen(Consumer<JsonObject> events) {
        page.listen(events);
    }

    JsonElement call(String script, Object... args) throws Exception {
        return page.call(script, args);
    }

    void tell(String script, Object... args) {
        page.tell(script, args);
    }

    /** For tests of other pages; the next test begins with ours again. */
    ChromeDriver driver() {
        return driver;
    }

    /** Loads the page anew: a fresh JavaScript world without connections. */
    void reload() throws Exception {
        page.turnPage();
        driver.get(page.url());
        call("return 1");
    }

    @Override
    public void close() {
        driver.quit();
        page.close();
    }
}
