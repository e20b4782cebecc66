package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The camera echo of the demo as a visitor uses it, with the browser's fake camera and microphone. */
@ExtendWith(WithChromium.class)
class CameraPageTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How far two pictures lie apart: the mean difference of the colours of 8 x 8 fields, 0 to 255. */
    private static final String DIFFERENCE = """
            const fields = (id) => {
              const canvas = document.createElement("canvas");
              canvas.width = canvas.height = 8;
              const g = canvas.getContext("2d");
              g.drawImage(document.getElementById(id), 0, 0, 8, 8);
              return g.getImageData(0, 0, 8, 8).data;
            };
            const back = fields("back");
            return fields("own").reduce((sum, value, i) => sum + Math.abs(value - back[i]), 0) / back.length;
            """;

    private ChromeDriver driver;
    private WebDriverWait wait;

    private void open(Chromium browser, Demo demo, int width, int height) {
        driver = browser.driver();
        wait = new WebDriverWait(driver, LIMIT);
        driver.manage().window().setSize(new Dimension(width, height));
        driver.get(demo.url());
        driver.findElement(By.linkText("Camera echo")).click();
        wait.until(page ->
                !new Select(page.findElement(By.id("codec"))).getOptions().isEmpty());
    }

    private WebElement byId(String id) {
        return driver.findElement(By.id(id));
    }

    private String figure(String direction, String name) {
        return driver.findElement(By.cssSelector("#" + direction + " [data-figure=" + name + "]"))
                .getText();
    }

    private double script(String body) {
        Object value = driver.executeScript(body);
        return value instanceof Number number ? number.doubleValue() : -1;
    }

    @ParameterizedTest
    @CsvSource({"1280,900,VP8", "390,844,H264"})
    void aVisitorSeesAndHearsWhatComesBack(int width, int height, String codec, Chromium browser) throws Exception {
        try (Demo demo = Demo.start()) {
            open(browser, demo, width, height);
            new Select(byId("codec")).selectByVisibleText(codec);
            byId("connect").click();
            wait.until(page -> byId("state").getText().equals("connected"));
            assertThat(byId("problem").getText()).isEmpty();

            wait.until(page -> script("return document.getElementById('back').videoWidth") > 0);
            wait.until(page -> figure("down", "codec").equals(codec)
                    && figure("up", "codec").equals(codec));
            wait.until(page -> figure("down", "size").endsWith("360")
                    && !figure("down", "rate").equals("0"));
            wait.until(page -> figure("up", "delay").endsWith(" ms")
                    && !figure("up", "lost").equals("–"));
            assertThat(figure("down", "sound")).isEqualTo("opus");
            assertThat(script(DIFFERENCE))
                    .as("the picture that comes back is the camera's")
                    .isLessThan(40);
            byId("hear").click();
            assertThat(byId("hear").getAttribute("aria-pressed")).isEqualTo("true");
            // The fake microphone beeps now and then.
            wait.until(page -> script("return document.querySelector('#down meter').value") > 0.01);
            byId("hear").click();
            assertThat(byId("hear").getAttribute("aria-pressed")).isEqualTo("false");
            wait.until(page -> byId("facts").getText().contains("host udp"));
            Screenshots.assertNothingIsCutOff(driver);
            Screenshots.save(driver, "camera-" + width + ".png");

            byId("camera").click();
            assertThat(byId("camera").getAttribute("aria-pressed")).isEqualTo("false");
            // A camera that is switched off gives black pictures, and black ones come back.
            wait.until(page -> script(DIFFERENCE) < 10);

            byId("connect").click();
            wait.until(page -> byId("state").getText().equals("not connected"));
            assertThat(byId("connect").getText()).isEqualTo("Start");
        }
    }

    @Test
    void whatKeepsThePageFromTheCameraIsSaidInWords(Chromium browser) throws Exception {
        try (Demo demo = Demo.start()) {
            open(browser, demo, 390, 844);
            driver.executeScript("navigator.mediaDevices.getUserMedia = async () => {"
                    + " throw new DOMException('refused', 'NotAllowedError'); }");
            byId("connect").click();
            wait.until(page -> byId("problem").getText().contains("Allow camera and microphone"));
            assertThat(byId("connect").getText()).isEqualTo("Start");
            Screenshots.save(driver, "camera-refused.png");
        }
    }

    @Test
    void withoutACameraTheSoundAloneComesBack(Chromium browser) throws Exception {
        try (Demo demo = Demo.start()) {
            open(browser, demo, 1280, 900);
            driver.executeScript("const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
                    + "navigator.mediaDevices.getUserMedia = async (wanted) => {"
                    + " if (wanted.video) throw new DOMException('none', 'NotFoundError');"
                    + " return ask(wanted); }");
            byId("connect").click();
            wait.until(page -> byId("state").getText().equals("connected"));
            assertThat(byId("problem").getText()).contains("No camera was found");
            wait.until(page -> figure("down", "sound").equals("opus"));
            assertThat(byId("camera").isEnabled()).isFalse();
            assertThat(byId("microphone").isEnabled()).isTrue();
        }
    }
}
