package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/** Pictures of pages for people to look at, in target/screenshots, and what can be checked of a page's looks. */
final class Screenshots {

    private static final int TALLEST = 4_000;
    private static final int BROWSER_FRAME = 150;

    private Screenshots() {}

    static void assertNothingIsCutOff(ChromeDriver driver) {
        assertThat((Boolean) driver.executeScript(
                        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("nothing is cut off at the right")
                .isTrue();
    }

    /** As tall as the page, so that the picture shows all of it. */
    static void save(ChromeDriver driver, String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Dimension size = driver.manage().window().getSize();
        Long height = (Long) driver.executeScript("return document.documentElement.scrollHeight");
        driver.manage().window().setSize(new Dimension(size.width, (int) Math.min(TALLEST, height + BROWSER_FRAME)));
        Files.write(folder.resolve(name), driver.getScreenshotAs(OutputType.BYTES));
    }
}
