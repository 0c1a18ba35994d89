/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.HeapGauge;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The endpoint behind Spring Security, and on a management port of its own. */
class SecuredEndpointTest {
    @TempDir
    Path temporary;

    @Test
    void without_credentials_neither_report_nor_page_nor_capture_is_to_be_had() throws Exception {
        try (ConfigurableApplicationContext service = start(Secured.class)) {
            for (String path : List.of("", "/report", "/dashboard", "/state")) {
                assertThat(send(get(service, "local.server.port", path)).statusCode())
                        .as(path)
                        .isEqualTo(401);
            }
            assertThat(send(capture(service, "{}")).statusCode()).isEqualTo(401);
            assertThat(service.getBean(HeapGauge.class).lastReport()).isEmpty();
        }
    }

    @Test
    void with_credentials_a_capture_is_in_the_callers_name() throws Exception {
        try (ConfigurableApplicationContext service = start(Secured.class)) {
            HttpResponse<String> answer = send(asOperator(capture(service, "{}")));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(send(asOperator(get(service, "local.server.port", "/dashboard")))
                            .body())
                    .contains("<title>heapgauge");
        }
    }

    @Test
    void paths_and_attacks_in_the_label_are_refused() throws Exception {
        try (ConfigurableApplicationContext service = start(Secured.class)) {
            for (String label : List.of(
                    "../../etc/passwd",
                    "/etc/passwd",
                    "a/b",
                    "..",
                    "a b",
                    "%2e%2e%2f",
                    "x\\u0000y",
                    "a\\r\\nX-Injected: 1",
                    "${jndi:x}",
                    "<script>alert(1)</script>",
                    "x".repeat(65))) {
                HttpResponse<String> answer = send(asOperator(capture(service, "{\"label\":\"" + label + "\"}")));
                assertThat(answer.statusCode()).as(label).isEqualTo(400);
                assertThat(answer.body()).as(label).doesNotContain("<script>").contains("A-Z a-z 0-9 _ -");
                assertThat(answer.headers().firstValue("X-Injected")).isEmpty();
            }
            assertThat(service.getBean(HeapGauge.class).lastReport()).isEmpty();
            try (Stream<Path> files = Files.walk(temporary)) {
                assertThat(files.filter(file -> file.toString().endsWith(".hprof")))
                        .isEmpty();
            }
        }
    }

    @Test
    void a_management_port_has_the_endpoint_to_itself() throws Exception {
        try (ConfigurableApplicationContext service =
                start(OpenService.class, "management.server.port=0", "management.server.address=127.0.0.1")) {
            service.getBean(HeapGauge.class).capture();
            assertThat(send(get(service, "local.server.port", "")).statusCode()).isEqualTo(404);
            assertThat(send(get(service, "local.management.port", "")).statusCode())
                    .isEqualTo(200);
            assertThat(send(get(service, "local.management.port", "/dashboard")).statusCode())
                    .isEqualTo(200);
        }
    }

    private ConfigurableApplicationContext start(Class<?> application, String... settings) {
        return new SpringApplicationBuilder(application)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.application.name=secured-test",
                        "management.endpoints.web.exposure.include=heapgauge",
                        "management.endpoint.heapgauge.access=unrestricted",
                        "heapgauge.minimum-interval=0s",
                        "heapgauge.directory=" + temporary.resolve("dumps"))
                .properties(settings)
                .run();
    }

    private static HttpRequest.Builder get(ConfigurableApplicationContext service, String port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + service.getEnvironment().getRequiredProperty(port) + "/actuator/heapgauge" + path));
    }

    private static HttpRequest.Builder capture(ConfigurableApplicationContext service, String body) {
        return get(service, "local.server.port", "")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder asOperator(HttpRequest.Builder request) {
        String credentials = Base64.getEncoder().encodeToString("operator:secret".getBytes(StandardCharsets.US_ASCII));
        return request.header("Authorization", "Basic " + credentials);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Secured {
        @Bean
        SecurityFilterChain all(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(User.withUsername("operator")
                    .password("{noop}secret")
                    .roles("OPERATOR")
                    .build());
        }
    }
}
