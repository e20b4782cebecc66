#include "config.h"

#include <string.h>

#include "json.h"

/* The stack counts retransmissions in 16 bits; this many is as good as no limit. */
enum { NO_LIMIT = 65535, MOST = 65535 };

static int64_t limit(const char *text, const char *key) {
  return json_is_null(text, key) ? NO_LIMIT : json_int(text, key, KEEP_DEFAULT);
}

static void read_numbers(struct config *c, const char *text) {
  c->rto_initial = json_int(text, "rtoInitial", KEEP_DEFAULT);
  c->rto_min = json_int(text, "rtoMin", KEEP_DEFAULT);
  c->rto_max = json_int(text, "rtoMax", KEEP_DEFAULT);
  c->delayed_ack = json_int(text, "delayedAckMs", KEEP_DEFAULT);
  c->max_packet_size = json_int(text, "maxPacketSize", 1191);
  c->receive_window = json_int(text, "receiveWindow", 1 << 20);
  c->initial_cwnd_packets = json_int(text, "initialCwndPackets", KEEP_DEFAULT);
  c->max_burst = json_int(text, "maxBurst", KEEP_DEFAULT);
  c->outbound_streams = json_int(text, "outboundStreams", MOST);
  c->inbound_streams = json_int(text, "inboundStreams", MOST);
  c->max_init_retransmits = limit(text, "maxInitRetransmits");
  c->max_assoc_retransmits = limit(text, "maxAssocRetransmits");
  c->heartbeats = json_bool(text, "heartbeats", true);
  c->partial_reliability = json_bool(text, "partialReliability", true);
  c->no_delay = json_bool(text, "noDelay", true);
}

static const char *check_numbers(const struct config *c) {
  if (c->max_packet_size < 512 || c->max_packet_size > MOST) return "maxPacketSize is out of range";
  if (c->receive_window < 1500 || c->receive_window > 1 << 30) return "receiveWindow is out of range";
  if (c->outbound_streams < 1 || c->outbound_streams > MOST) return "outboundStreams is out of range";
  if (c->inbound_streams < 1 || c->inbound_streams > MOST) return "inboundStreams is out of range";
  return NULL;
}

const char *config_read(struct config *c, const char *text) {
  if (!json_is_object(text)) return "the configuration is not a JSON object";
  char mode[16];
  if (!json_string(text, "mode", mode, sizeof mode)) return "mode is missing";
  c->listen = strcmp(mode, "listen") == 0;
  if (!c->listen && strcmp(mode, "connect") != 0) return "mode is neither connect nor listen";
  if (!json_string(text, "local", c->local, sizeof c->local)) strcpy(c->local, "127.0.0.1:0");
  c->has_remote = json_string(text, "remote", c->remote, sizeof c->remote);
  if (!c->listen && !c->has_remote) return "connect needs a remote";
  int64_t port = json_int(text, "port", 5000);
  if (port < 1 || port > MOST) return "port is out of range";
  c->port = (uint16_t)port;
  read_numbers(c, text);
  return check_numbers(c);
}
