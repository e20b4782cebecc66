package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** The demo as a visitor uses it, on a desktop's and a phone's width. Screenshots lie in target/screenshots. */
@ExtendWith(WithChromium.class)
class DemoPageTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern ADDRESS = Pattern.compile("https?://localhost:\\d+/");

    private Process demo;

    /** Starts the demo and returns its address. */
    private String startDemo(String... options) throws Exception {
        List<String> command = new ArrayList<>(ProcessPeer.webrtc4jCommand());
        command.set(command.size() - 1, "demo");
        command.addAll(List.of("--port", "0"));
        command.addAll(List.of(options));
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        demo = started;
        BufferedReader output = started.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return address.group();
            }
        }
        throw new AssertionError("The demo ended without an address");
    }

    @AfterEach
    void endDemo() throws Exception {
        Process started = demo;
        if (started != null) {
            started.destroy();
            started.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280,900,offerer", "390,844,answerer"})
    void aVisitorChatsMeasuresTheRoundTripAndTheThroughput(int width, int height, String role, Chromium browser)
            throws Exception {
        String url = startDemo();
        ChromeDriver driver = browser.driver();
        driver.manage().window().setSize(new Dimension(width, height));
        driver.get(url + "?role=" + role);
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
        assertThat((Boolean) driver.executeScript(
                        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("nothing is cut off at the right")
                .isTrue();
        save(driver, "demo-" + width + ".png");

        driver.findElement(By.id("connect")).click();
        wait.until(page -> state.getText().equals("not connected"));
    }

    /** The certificate is made on the spot, so the browser of these tests takes any. */
    @Test
    void overTlsThePageAndItsSignallingAreSecureAndTheEchoWorks(Chromium browser) throws Exception {
        String url = startDemo("--tls");
        assertThat(url).startsWith("https://");
        ChromeDriver driver = browser.driver();
        driver.get(url);
        WebDriverWait wait = new WebDriverWait(driver, LIMIT);
        assertThat((Boolean) driver.executeScript("return window.isSecureContext && location.protocol === 'https:'"))
                .isTrue();

        driver.findElement(By.id("connect")).click();
        wait.until(page -> page.findElement(By.id("state")).getText().equals("connected"));
        WebElement once = driver.findElement(By.id("echo-once"));
        wait.until(page -> once.isEnabled());
        once.click();
        wait.until(page -> page.findElement(By.id("rtt-median")).getText().endsWith(" ms"));

        assertThat(driver.findElement(By.id("echo-bad")).getText()).isEqualTo("0");
    }

    private static double megabytes(ChromeDriver driver, String id) {
        return Double.parseDouble(driver.findElement(By.id(id)).getText().replace(" MB", ""));
    }

    private static void save(ChromeDriver driver, String name) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        // As tall as the page, so that the picture shows all of it.
        Dimension size = driver.manage().window().getSize();
        Long height = (Long) driver.executeScript("return document.documentElement.scrollHeight");
        driver.manage().window().setSize(new Dimension(size.width, (int) Math.min(4_000, height + 150)));
        Files.write(folder.resolve(name), driver.getScreenshotAs(OutputType.BYTES));
    }
}
