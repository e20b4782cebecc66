/* The program's argument. */
#ifndef CONFIG_H
#define CONFIG_H

#include <stdbool.h>
#include <stdint.h>

enum { KEEP_DEFAULT = -1 };

/* A number that is KEEP_DEFAULT leaves the stack as it is; times are milliseconds. */
struct config {
  bool listen;
  char local[64], remote[64];
  bool has_remote;
  uint16_t port;
  int64_t rto_initial, rto_min, rto_max;
  int64_t delayed_ack;
  int64_t max_packet_size; /* SCTP packet with its common header */
  int64_t receive_window;
  int64_t initial_cwnd_packets, max_burst;
  int64_t outbound_streams, inbound_streams;
  int64_t max_init_retransmits, max_assoc_retransmits;
  bool heartbeats, partial_reliability, no_delay;
};

/* NULL, or what is wrong with the text. */
const char *config_read(struct config *config, const char *text);

#endif
