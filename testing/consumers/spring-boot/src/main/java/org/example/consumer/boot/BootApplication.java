package org.example.consumer.boot;

import org.example.consumer.Connects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;

/** Connections are made on request, by a web application whose server is Netty, too. */
@SpringBootApplication
@RestController
public class BootApplication {

    /** Asks the application once, by HTTP. */
    public static void main(String[] arguments) {
        try (var context = SpringApplication.run(BootApplication.class, "--server.port=0", "--server.address=127.0.0.1")) {
            String port = context.getEnvironment().getProperty("local.server.port");
            String answer = WebClient.create("http://127.0.0.1:" + port)
                    .get()
                    .uri("/connect")
                    .retrieve()
                    .bodyToMono(String.class)
                    .block();
            System.out.println(answer);
        }
    }

    @GetMapping("/connect")
    String connect() throws Exception {
        Connects.connect();
        return "CONSUMER: connected with Netty " + Connects.nettyVersion() + " of Spring Boot";
    }
}
