package org.webrtc4j.interop;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Serves the page to a browser, runs scripts in it and hears its events, over HTTP: calls go to the page as server-sent
 * events, results and events come back as posts.
 *
 * <p>Scripts are bodies of async functions with {@code args} and {@code emit}; {@link #call} returns what they return.
 */
final class PageServer implements AutoCloseable {

    private static final int SECONDS = 60;
    /** Has no id: ends the stream of calls. */
    private static final JsonObject END_OF_PAGE = new JsonObject();

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "page-server");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;
    private final Map<Integer, CompletableFuture<JsonElement>> results = new ConcurrentHashMap<>();
    private final AtomicInteger callIds = new AtomicInteger();
    private volatile Consumer<JsonObject> listener = event -> {};
    private LinkedBlockingQueue<JsonObject> calls = new LinkedBlockingQueue<>();

    PageServer(InetAddress address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.setExecutor(threads);
        server.createContext("/", PageServer::serveFile);
        server.createContext("/calls", this::serveCalls);
        server.createContext("/event", exchange -> take(exchange, event -> listener.accept(event)));
        server.createContext("/result", exchange -> take(exchange, this::result));
        server.start();
    }

    String url() {
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/page.html";
    }

    /** Sets who hears what scripts emit; the page's order is kept. */
    void listen(Consumer<JsonObject> events) {
        listener = events;
    }

    /** Runs a script and waits for what it returns. */
    JsonElement call(String script, Object... args) throws Exception {
        return enqueue(script, args).get(SECONDS, TimeUnit.SECONDS);
    }

    /** Runs a script without waiting for it. */
    @SuppressWarnings("FutureReturnValueIgnored") // a page that goes away takes its calls with it
    void tell(String script, Object... args) {
        enqueue(script, args);
    }

    private CompletableFuture<JsonElement> enqueue(String script, Object... args) {
        int id = callIds.incrementAndGet();
        CompletableFuture<JsonElement> result = new CompletableFuture<>();
        results.put(id, result);
        JsonObject call = new JsonObject();
        call.addProperty("id", id);
        call.addProperty("script", script);
        JsonArray values = new JsonArray();
        for (Object arg : args) {
            values.add(new Gson().toJsonTree(arg));
        }
        call.add("args", values);
        enqueue(call);
        return result;
    }

    /** Ends the calls of the page before; those made from now on are for the page that connects next. */
    synchronized void turnPage() {
        calls.add(END_OF_PAGE);
        calls = new LinkedBlockingQueue<>();
        results.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized void enqueue(JsonObject call) {
        calls.add(call);
    }

    private synchronized LinkedBlockingQueue<JsonObject> currentCalls() {
        return calls;
    }

    private void result(JsonObject json) {
        CompletableFuture<JsonElement> result = results.remove(json.get("id").getAsInt());
        if (result == null) {
            return;
        }
        if (json.has("error")) {
            result.completeExceptionally(
                    new AssertionError("In the page: " + json.get("error").getAsString()));
        } else {
            result.complete(json.get("value"));
        }
    }

    private static void take(HttpExchange exchange, Consumer<JsonObject> taker) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            taker.accept(JsonParser.parseString(body).getAsJsonObject());
            exchange.sendResponseHeaders(204, -1);
        }
    }

    /** Server-sent events: one per call, for as long as the page lives. */
    private void serveCalls(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            LinkedBlockingQueue<JsonObject> queue = currentCalls();
            for (JsonObject call = queue.take(); call.has("id"); call = queue.take()) {
                out.write(("data: " + call + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void serveFile(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        try (exchange;
                InputStream file = PageServer.class.getResourceAsStream(name.isEmpty() ? "page.html" : name)) {
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] bytes = file.readAllBytes();
            String type = name.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
