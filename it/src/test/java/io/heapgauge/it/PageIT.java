/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser: of a dump, by the command line, and of the running demo, by the endpoint. */
@Tag("once")
class PageIT {
    private static final Path SAMPLE = Path.of(System.getProperty("heapgauge.docs"), "samples", "shop.hprof.gz")
            .toAbsolutePath();

    @TempDir
    static Path directory;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void makeThePage() throws Exception {
        browser = Browser.start(directory);
        page = directory.resolve("shop.html");
        Programs.run(
                directory,
                Jdk.all().get(0).home().resolve("bin/java").toString(),
                "-jar",
                System.getProperty("heapgauge.cli.jar"),
                "report",
                SAMPLE.toString(),
                page.toString());
    }

    @AfterAll
    static void endTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private static void openPage() {
        browser.resize(1200, 1000);
        browser.requests();
        browser.open(page.toUri().toString());
    }

    @Test
    void it_asks_for_nothing_and_complains_of_nothing() throws Exception {
        openPage();
        browser.until("document.querySelectorAll('#map canvas').length === 1");
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        assertThat(browser.complaints()).isEmpty();
        assertThat(Files.size(page)).isLessThan(3_000_000);
        assertThat(Files.readString(page)).contains("com.acme.shop.Shop$Order");
    }

    @Test
    void types_are_filtered_and_sorted_with_the_keyboard_alone() {
        openPage();
        WebElement filter = browser.find("#filter");
        filter.sendKeys("com.acme");
        assertThat(names()).isNotEmpty().allMatch(name -> name.startsWith("com.acme."));
        assertThat(browser.find("#shown").getText()).contains(names().size() + " of " + names().size() + " types");
        filter.sendKeys(Keys.TAB, Keys.TAB, Keys.ENTER);
        assertThat(browser.find("#types th.name").getAttribute("aria-sort")).isEqualTo("ascending");
        assertThat(names()).isSorted();
    }

    private static List<String> names() {
        return browser.all("#types tbody th").stream().map(WebElement::getText).toList();
    }

    @Test
    void parts_of_the_map_open_from_the_list_and_by_a_click() {
        openPage();
        assertThat(browser.find("#where").getText()).startsWith("everything reachable");
        browser.find("#parts button").sendKeys(Keys.ENTER);
        assertThat(browser.find("#where").getText()).contains("everything reachable › ");
        assertThat(browser.all("#parts li")).isNotEmpty();
        browser.find("#up").click();
        assertThat(browser.find("#up").isEnabled()).isFalse();
        browser.script("document.getElementById('map').scrollIntoView()");
        browser.find("#map").click();
        assertThat(browser.find("#up").isEnabled()).isTrue();
    }

    @Test
    void it_is_accessible_in_light_and_dark_and_fits_a_phone() throws Exception {
        openPage();
        for (String theme : List.of("light", "dark")) {
            browser.find("#theme").sendKeys(theme);
            browser.until("document.documentElement.dataset.theme === '" + theme + "'");
            assertThat(browser.accessibilityFaults()).as(theme).isEmpty();
            Files.write(Path.of("target", "page-" + theme + ".png"), browser.screenshot());
        }
        browser.resize(500, 900);
        browser.until("document.documentElement.scrollWidth <= window.innerWidth");
        assertThat(browser.accessibilityFaults()).as("phone").isEmpty();
        Files.write(Path.of("target", "page-phone.png"), browser.screenshot());
    }

    @Test
    void the_dashboard_of_a_service_follows_its_captures() throws Exception {
        try (ForkedJvm demo = ForkedJvm.start(
                Jdk.all().get(0),
                directory,
                List.of(
                        "-jar",
                        System.getProperty("heapgauge.demo.jar"),
                        "--server.port=0",
                        "--heapgauge.every=1h",
                        "--heapgauge.minimum-interval=0s",
                        "--demo.first-capture-after=1s"))) {
            String address = demo.awaitLine("  curl -s http://127.0.0.1:");
            String endpoint = "http://127.0.0.1:" + address.substring(0, address.indexOf('/')) + "/actuator/heapgauge";
            browser.resize(1200, 1000);
            browser.requests();
            browser.open(endpoint + "/dashboard");
            assertThat(browser.find("#roots").getText()).contains("sessions", "products", "prices");
            browser.until("document.querySelectorAll('#root-charts canvas').length === 3");
            browser.until("document.getElementById('live').textContent.includes('idle')");
            String first = browser.find("#subtitle").getText();

            HttpRequest capture = HttpRequest.newBuilder(URI.create(endpoint))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(capture, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            browser.until("document.querySelectorAll('#captures tbody tr').length === 2");
            browser.awaitPage();
            assertThat(browser.find("#subtitle").getText()).isNotEqualTo(first);
            assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith(endpoint + "/"));
            assertThat(browser.accessibilityFaults()).isEmpty();
            assertThat(browser.source()).doesNotContain("Made by hand");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
