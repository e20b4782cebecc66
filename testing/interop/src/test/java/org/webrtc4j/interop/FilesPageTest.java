package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The demo's page for files: one is dropped, the connection is cut on the way there and on the way back. */
@ExtendWith(WithChromium.class)
class FilesPageTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int FILE_BYTES = 16 * 1024 * 1024;

    /** A file whose bytes the test knows too, dragged onto the page. */
    private static final String DROP = """
            const bytes = new Uint8Array(arguments[0]);
            for (let i = 0; i < bytes.length; i++) {
              bytes[i] = (i * 31 + (i >> 11)) & 255;
            }
            const data = new DataTransfer();
            data.items.add(new File([bytes], "dropped.bin"));
            document.getElementById("drop").dispatchEvent(
                new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            """;

    /** Cuts the connection once, as soon as a bar has moved. */
    private static final String CUT_ON_PROGRESS = """
            const bar = document.getElementById(arguments[0]);
            const observer = new MutationObserver(() => {
              if (bar.value > 0.1 && bar.value < 0.9 && !document.getElementById("cut").disabled) {
                observer.disconnect();
                document.getElementById("cut").click();
              }
            });
            observer.observe(bar, { attributes: true });
            """;

    @ParameterizedTest
    @CsvSource({"1280,900", "390,844"})
    void aFileArrivesAndComesBackThoughTheConnectionIsCutEachTime(int width, int height, Chromium browser)
            throws Exception {
        try (Demo demo = Demo.start()) {
            ChromeDriver driver = browser.driver();
            driver.manage().window().setSize(new Dimension(width, height));
            driver.get(demo.url() + "files.html");
            WebDriverWait wait = new WebDriverWait(driver, LIMIT);
            wait.until(page -> text(driver, "state").equals("connected"));

            driver.executeScript(CUT_ON_PROGRESS, "up-progress");
            driver.executeScript(DROP, FILE_BYTES);
            wait.until(page -> text(driver, "up-state").equals("the server has it"));
            assertThat(text(driver, "file-hash")).isEqualTo(sha256());
            assertThat(text(driver, "up-hash")).isEqualTo("equal");
            assertThat(text(driver, "up-resumed")).startsWith("at ").isNotEqualTo("at 0.0 MB");
            assertThat(text(driver, "up-bytes")).isEqualTo("16.8 MB");

            driver.executeScript(CUT_ON_PROGRESS, "down-progress");
            driver.findElement(By.id("fetch")).click();
            wait.until(page -> text(driver, "down-state").equals("it is back, byte for byte"));
            assertThat(text(driver, "down-hash")).isEqualTo("equal");
            assertThat(text(driver, "down-resumed")).startsWith("at ").isNotEqualTo("at 0.0 MB");
            assertThat(driver.findElement(By.id("save")).getDomAttribute("download"))
                    .isEqualTo("dropped.bin");

            wait.until(page -> text(driver, "facts").contains("host udp"));
            Screenshots.assertNothingIsCutOff(driver);
            Screenshots.save(driver, "files-" + width + ".png");

            // What the server has it does not take again.
            driver.executeScript(DROP, FILE_BYTES);
            wait.until(page -> text(driver, "up-state").equals("the server has it"));
        }
    }

    private static String text(ChromeDriver driver, String id) {
        return driver.findElement(By.id(id)).getText();
    }

    private static String sha256() throws Exception {
        byte[] bytes = new byte[FILE_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 11));
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
