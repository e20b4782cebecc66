package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The demo's pages whose sound and pictures the server makes: colour bars with a tone, and the voice bot. */
@ExtendWith(WithChromium.class)
class ServerMediaPagesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A microphone that the test speaks through: {@code speak(true)} is a tone, {@code speak(false)} silence. */
    private static final String MICROPHONE = """
            navigator.mediaDevices.getUserMedia = async () => {
              const context = new AudioContext();
              const tone = new OscillatorNode(context, { frequency: 300 });
              const voice = new GainNode(context, { gain: 0 });
              const microphone = context.createMediaStreamDestination();
              tone.connect(voice).connect(microphone);
              tone.start();
              globalThis.speak = (on) => (voice.gain.value = on ? 0.5 : 0);
              return microphone.stream;
            };
            """;

    private ChromeDriver driver;
    private WebDriverWait wait;

    private void open(Chromium browser, Demo demo, String link, int width, int height) {
        driver = browser.driver();
        wait = new WebDriverWait(driver, LIMIT);
        driver.manage().window().setSize(new Dimension(width, height));
        driver.get(demo.url());
        driver.findElement(By.linkText(link)).click();
        wait.until(page -> !page.findElement(By.id("facts")).getText().isEmpty());
    }

    private WebElement byId(String id) {
        return driver.findElement(By.id(id));
    }

    private int number(String id) {
        String text = byId(id).getText();
        return text.equals("–") ? -1 : Integer.parseInt(text);
    }

    private void connect() {
        byId("connect").click();
        wait.until(page -> byId("state").getText().equals("connected"));
        assertThat(byId("problem").getText()).isEmpty();
    }

    private void disconnect() {
        byId("connect").click();
        wait.until(page -> byId("state").getText().equals("not connected"));
    }

    @ParameterizedTest
    @CsvSource({"1280,900", "390,844"})
    void theNumbersOfTheServersPicturesRiseAndItsToneIsFound(int width, int height, Chromium browser) throws Exception {
        try (Demo demo = Demo.start()) {
            open(browser, demo, "Colour bars", width, height);
            connect();
            wait.until(page -> number("seen") > 20);
            assertThat(number("wrong")).isZero();
            int first = number("number");
            wait.until(page -> number("number") > first);

            byId("hear").click();
            // The bins of the spectrum are 6 Hz wide.
            wait.until(page -> byId("tone").getText().matches("4[34]\\d Hz"));
            wait.until(page -> byId("down").getText().contains("640 × 360"));
            Screenshots.assertNothingIsCutOff(driver);
            Screenshots.save(driver, "bars-" + width + ".png");
            disconnect();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280,900", "390,844"})
    void theBotGreetsAnswersAndStopsWhenItIsInterrupted(int width, int height, Chromium browser) throws Exception {
        try (Demo demo = Demo.start()) {
            open(browser, demo, "Voice bot", width, height);
            driver.executeScript(MICROPHONE);
            connect();
            awaitBot("waiting");
            assertThat(byId("turns").getText()).contains("The bot has spoken.");

            speak(true);
            awaitBot("listening");
            // The longer this is, the longer the answer can be interrupted.
            wait.withTimeout(LIMIT).until(page -> secondsSpoken() > 4);
            speak(false);
            awaitBot("speaking");
            wait.until(page -> level("down") > 0.1);
            Screenshots.assertNothingIsCutOff(driver);
            Screenshots.save(driver, "bot-" + width + ".png");
            speak(true);
            awaitBot("listening");
            assertThat(byId("turns").getText()).contains("You interrupted the bot.");
            wait.until(page -> level("down") < 0.02);
            disconnect();
        }
    }

    private void speak(boolean on) {
        driver.executeScript("speak(arguments[0]); globalThis.spokenFrom = performance.now()", on);
    }

    private double secondsSpoken() {
        return script("return (performance.now() - spokenFrom) / 1000");
    }

    private double level(String direction) {
        return script("return document.querySelector('#" + direction + " meter').value");
    }

    private double script(String body) {
        Object value = driver.executeScript(body);
        return value instanceof Number number ? number.doubleValue() : -1;
    }

    private void awaitBot(String state) {
        wait.until(page -> state.equals(byId("bot").getDomAttribute("data-bot")));
    }
}
