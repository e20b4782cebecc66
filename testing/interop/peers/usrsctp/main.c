/*
 * usrsctp-peer: one SCTP association over UDP without DTLS, driven by JSON lines on standard input and output.
 * Each datagram is one SCTP packet. What it understands and says is described in the README of the folder above.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "config.h"
#include "endpoint.h"
#include "event.h"
#include "inbox.h"
#include "json.h"
#include "outbox.h"
#include "udp.h"

#ifndef VERSION
#define VERSION "unknown"
#endif

enum {
  TICK_MS = 10,            /* how often the stack's timers run */
  PACKETS_PER_TURN = 64,   /* so that commands are heard under load */
  MAX_LINE = 16 << 20,     /* a message of 4 MiB in hex and some more */
  MAX_STREAMS_PER_RESET = 1024
};

/* Standard input, cut into lines. */
struct input {
  char *data;
  size_t length, capacity;
  bool ended;
};

static int64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Reads how a message is to be sent; NULL, or why that cannot be. */
static const char *read_terms(const struct endpoint *e, const char *line, struct terms *t) {
  int64_t stream = json_int(line, "stream", 0), ppid = json_int(line, "ppid", 53);
  if (e->shutting_down) return "the association is shutting down";
  if (e->association == 0) return "there is no association";
  if (stream < 0 || stream > UINT16_MAX || ppid < 0 || ppid > UINT32_MAX) return "a number is out of range";
  *t = (struct terms){.stream = (uint16_t)stream,
                      .ppid = (uint32_t)ppid,
                      .unordered = json_bool(line, "unordered", false),
                      .max_retransmits = json_int(line, "maxRetransmits", -1),
                      .lifetime_ms = json_int(line, "lifetimeMs", -1)};
  return NULL;
}

static int hex_digit(char c) {
  const char *digits = "0123456789abcdef";
  const char *at = c == '\0' ? NULL : strchr(digits, c | 0x20);
  return at == NULL ? -1 : (int)(at - digits);
}

/* Turns hex digits into bytes, in place; how many, or -1. */
static int64_t from_hex(char *text) {
  size_t n = strlen(text) / 2;
  if (strlen(text) % 2 != 0) return -1;
  for (size_t i = 0; i < n; i++) {
    int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return -1;
    text[i] = (char)(high << 4 | low);
  }
  return (int64_t)n;
}

static void send_bytes(struct endpoint *e, const struct terms *terms, const uint8_t *data, int64_t length) {
  if (length < 1 || length > SEND_BUFFER_BYTES) {
    event_error("send: a message has 1 to %d bytes", SEND_BUFFER_BYTES);
    return;
  }
  outbox_message(e, terms, data, (size_t)length);
}

static void command_send(struct endpoint *e, const char *line) {
  struct terms terms;
  const char *problem = read_terms(e, line, &terms);
  if (problem != NULL) {
    event_error("send: %s", problem);
    return;
  }
  size_t room = strlen(line) + SEND_BUFFER_BYTES;
  char *data = malloc(room);
  if (data == NULL) abort();
  int64_t length;
  if (json_string(line, "hex", data, room)) {
    length = from_hex(data);
  } else {
    length = json_int(line, "size", 0);
    if (length > 0 && length <= SEND_BUFFER_BYTES) outbox_pattern((uint8_t *)data, (size_t)length);
  }
  send_bytes(e, &terms, (const uint8_t *)data, length);
  free(data);
}

static void command_bulk(struct endpoint *e, const char *line) {
  struct terms terms;
  const char *problem = read_terms(e, line, &terms);
  int64_t size = json_int(line, "size", 16384), total = json_int(line, "total", 100 << 20);
  if (problem == NULL && (size < 1 || size > SEND_BUFFER_BYTES || total < 1)) problem = "a number is out of range";
  if (problem != NULL) {
    event_error("bulk: %s", problem);
    return;
  }
  outbox_bulk(e, &terms, (size_t)size, (uint64_t)total);
}

static void command_reset(struct endpoint *e, const char *line) {
  int64_t numbers[MAX_STREAMS_PER_RESET];
  uint16_t streams[MAX_STREAMS_PER_RESET];
  int count = json_ints(line, "streams", numbers, MAX_STREAMS_PER_RESET);
  if (e->association == 0 || count < 1) {
    event_error("reset: %s", e->association == 0 ? "there is no association" : "streams are missing");
    return;
  }
  for (int i = 0; i < count; i++) streams[i] = (uint16_t)numbers[i];
  outbox_reset(e, streams, count);
}

static void command_shutdown(struct endpoint *e) {
  if (e->association == 0 || e->shutting_down) {
    event_error("shutdown: %s", e->association == 0 ? "there is no association" : "begun already");
    return;
  }
  e->shutting_down = true;
  outbox_shutdown(e);
}

/* Obeys a line; false for quit. */
static bool obey(struct endpoint *e, const char *line) {
  char name[16] = "";
  if (!json_is_object(line) || !json_string(line, "cmd", name, sizeof name)) {
    event_error("a line is no command");
    return true;
  }
  if (strcmp(name, "quit") == 0) return false;
  if (strcmp(name, "connect") == 0) endpoint_connect(e);
  else if (strcmp(name, "send") == 0) command_send(e, line);
  else if (strcmp(name, "bulk") == 0) command_bulk(e, line);
  else if (strcmp(name, "reset") == 0) command_reset(e, line);
  else if (strcmp(name, "shutdown") == 0) command_shutdown(e);
  else if (strcmp(name, "abort") == 0) endpoint_abort(e);
  else if (strcmp(name, "echo") == 0) e->echo = json_bool(line, "on", true);
  else if (strcmp(name, "sink") == 0) e->sink = json_bool(line, "on", true);
  else if (strcmp(name, "stats") == 0) endpoint_stats(e);
  else event_error("there is no such command");
  return true;
}

static void fill(struct input *in) {
  if (in->capacity - in->length < 65536) {
    in->capacity = 2 * in->capacity + 65536;
    in->data = realloc(in->data, in->capacity);
    if (in->data == NULL) abort();
  }
  ssize_t n = read(STDIN_FILENO, in->data + in->length, in->capacity - in->length);
  if (n > 0) in->length += (size_t)n;
  else if (n == 0 || errno != EINTR) in->ended = true;
}

/* Obeys the whole lines that have come, as far as the outbox has room; false when it is time to quit. */
static bool obey_lines(struct endpoint *e, struct input *in) {
  size_t start = 0;
  bool go_on = true;
  while (go_on && e->waiting_bytes < OUTBOX_BYTES) {
    char *line = in->data + start;
    char *end = in->length == start ? NULL : memchr(line, '\n', in->length - start);
    if (end == NULL) {
      go_on = !in->ended && in->length - start < MAX_LINE;
      break;
    }
    *end = '\0';
    start += (size_t)(end - line) + 1;
    if (line[strspn(line, " \t\r")] != '\0') go_on = obey(e, line);
  }
  if (start > 0) memmove(in->data, in->data + start, in->length - start);
  in->length -= start;
  return go_on;
}

static void take_packets(struct endpoint *e) {
  static uint8_t packet[65536];
  for (int i = 0; i < PACKETS_PER_TURN; i++) {
    ssize_t n = udp_receive(e->udp, packet, sizeof packet);
    if (n < 0) return;
    endpoint_packet(e, packet, (size_t)n);
  }
}

static void turn(struct endpoint *e, int64_t elapsed_ms) {
  take_packets(e);
  usrsctp_handle_timers((uint32_t)elapsed_ms);
  inbox_read(e);
  outbox_flush(e);
}

static void run(struct endpoint *e) {
  struct input in = {0};
  int64_t last = now_ms();
  while (obey_lines(e, &in)) {
    int64_t now = now_ms();
    turn(e, now - last);
    last = now;
    bool listen_to_input = !in.ended && e->waiting_bytes < OUTBOX_BYTES;
    struct pollfd fds[] = {{.fd = e->udp->fd, .events = POLLIN},
                           {.fd = listen_to_input ? STDIN_FILENO : -1, .events = POLLIN}};
    poll(fds, 2, TICK_MS);
    if (fds[1].revents != 0) fill(&in);
  }
  free(in.data);
}

int main(int argc, char **argv) {
  static struct config config;
  static struct udp udp;
  static struct endpoint endpoint;
  if (argc != 2) {
    fputs("usage: usrsctp-peer '<json configuration>'\n", stderr);
    return 2;
  }
  const char *problem = config_read(&config, argv[1]);
  if (problem == NULL) problem = udp_open(&udp, config.local);
  if (problem == NULL && config.has_remote) problem = udp_set_remote(&udp, config.remote);
  if (problem == NULL) problem = endpoint_open(&endpoint, &config, &udp);
  if (problem != NULL) {
    event_error("%s", problem);
    return 1;
  }
  char local[80];
  udp_name(&udp, local, sizeof local);
  event("ready", "\"impl\":\"usrsctp\",\"version\":\"%s\",\"local\":\"%s\"", VERSION, local);
  run(&endpoint);
  endpoint_close(&endpoint);
  return 0;
}
