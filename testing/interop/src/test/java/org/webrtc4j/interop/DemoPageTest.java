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
import org.openqa.selenium.support.ui.WebDriverWait;

/** The demo as a visitor uses it, on a desktop's and a phone's width. */
@ExtendWith(WithChromium.class)
class DemoPageTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"1280,900,offerer", "390,844,answerer"})
    void aVisitorChatsMeasuresTheRoundTripAndTheThroughput(int width, int height, String role, Chromium browser)
            throws Exception {
        try (Demo demo = Demo.start()) {
            ChromeDriver driver = browser.driver();
            driver.manage().window().setSize(new Dimension(width, height));
            driver.get(demo.url() + "?role=" + role);
            WebDriverWait wait = new WebDriverWait(driver, LIMIT);
            WebElement state = driver.findElement(By.id("state"));

            driver.findElement(By.id("connect")).click();
            wait.until(page -> state.getText().equals("connected"));

            WebElement text = driver.findElement(By.id("chat-text"));
            wait.until(page -> text.isEnabled());
            text.sendKeys("Hello from a test");
            driver.findElement(By.id("chat-send")).click();
            wait.until(page -> page.findElement(By.id("messages")).getText().contains("Hello from a test"));

            driver.findElement(By.id("echo-run")).click();
            WebElement both = driver.findElement(By.id("rate-both"));
            wait.until(page -> both.isEnabled());
            both.click();
            // Enabled again when both directions have ended.
            wait.until(page -> !both.isEnabled());
            wait.until(page -> both.isEnabled());

            assertThat(megabytes(driver, "down-total")).isPositive();
            assertThat(megabytes(driver, "up-total")).isPositive();
            assertThat(driver.findElement(By.id("echo-bad")).getText()).isEqualTo("0");
            assertThat(driver.findElement(By.id("rtt-median")).getText()).endsWith(" ms");
            wait.until(page -> page.findElement(By.id("facts")).getText().contains("host udp"));
            Screenshots.assertNothingIsCutOff(driver);
            Screenshots.save(driver, "demo-" + width + ".png");

            driver.findElement(By.id("connect")).click();
            wait.until(page -> state.getText().equals("not connected"));
        }
    }

    /** The certificate is made on the spot, so the browser of these tests takes any. */
    @Test
    void overTlsThePageAndItsSignallingAreSecureAndTheEchoWorks(Chromium browser) throws Exception {
        try (Demo secure = Demo.start("--tls")) {
            assertThat(secure.url()).startsWith("https://");
            ChromeDriver driver = browser.driver();
            driver.get(secure.url());
            WebDriverWait wait = new WebDriverWait(driver, LIMIT);
            assertThat((Boolean)
                            driver.executeScript("return window.isSecureContext && location.protocol === 'https:'"))
                    .isTrue();

            driver.findElement(By.id("connect")).click();
            wait.until(page -> page.findElement(By.id("state")).getText().equals("connected"));
            WebElement once = driver.findElement(By.id("echo-once"));
            wait.until(page -> once.isEnabled());
            once.click();
            wait.until(page -> page.findElement(By.id("rtt-median")).getText().endsWith(" ms"));

            assertThat(driver.findElement(By.id("echo-bad")).getText()).isEqualTo("0");
        }
    }

    private static double megabytes(ChromeDriver driver, String id) {
        return Double.parseDouble(driver.findElement(By.id(id)).getText().replace(" MB", ""));
    }
}
