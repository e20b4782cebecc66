/*
 * One usrsctp socket and the association on it.
 *
 * The stack runs without threads of its own: packets are given to it, its timers are driven and its socket is read
 * by the one loop of the program, so nothing here needs a lock. The socket is non-blocking and of the one-to-many
 * kind, which connects and listens alike.
 */
#ifndef ENDPOINT_H
#define ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <usrsctp.h>

#include "config.h"
#include "udp.h"

/* A larger message is refused: the stack takes a message whole, into its send buffer. */
enum { SEND_BUFFER_BYTES = 4 << 20 };

struct operation;

/* Bytes that grow while parts of a message come in. */
struct parts {
  uint8_t *data;
  size_t length, capacity;
};

struct endpoint {
  struct udp *udp;
  struct socket *socket;
  const struct config *config;

  bool option_refused;

  sctp_assoc_t association; /* 0 while there is none */
  bool connected;
  bool shutting_down;    /* sends are refused from the shutdown command on */
  bool aborted_here;     /* why the association is lost, when it is */
  bool aborted_by_peer;

  bool echo; /* send every message back */
  bool sink; /* count messages without telling of them */

  struct operation *first, *last; /* what waits for room in the stack, in order */
  size_t waiting_bytes;
  struct parts message, notification;

  uint64_t sent_bytes, sent_messages, received_bytes, received_messages;
};

/* Sets up the stack and the socket; NULL, or what failed. */
const char *endpoint_open(struct endpoint *e, const struct config *config, struct udp *udp);

void endpoint_connect(struct endpoint *e);
void endpoint_abort(struct endpoint *e);
void endpoint_stats(struct endpoint *e);

/* Takes in one packet of the peer. */
void endpoint_packet(struct endpoint *e, const uint8_t *packet, size_t length);

/* Gives up the association without waiting and releases the stack. */
void endpoint_close(struct endpoint *e);

/* The association is over: says so and forgets what waited. */
void endpoint_ended(struct endpoint *e, const char *cause);

#endif
