/* What is to be sent: a queue in front of the stack's own, so that no command has to wait for room. */
#ifndef OUTBOX_H
#define OUTBOX_H

#include "endpoint.h"

/* Above this many waiting bytes neither commands nor, with echo on, messages are read: the peer is held back. */
enum { OUTBOX_BYTES = 8 << 20 };

/* How a message is sent. A negative limit means reliable. */
struct terms {
  uint16_t stream;
  uint32_t ppid;
  bool unordered;
  int64_t max_retransmits, lifetime_ms;
};

/* Each queues one operation. The data is copied. */
void outbox_message(struct endpoint *e, const struct terms *terms, const uint8_t *data, size_t length);
void outbox_bulk(struct endpoint *e, const struct terms *terms, size_t size, uint64_t total);
void outbox_reset(struct endpoint *e, const uint16_t *streams, int count);
void outbox_shutdown(struct endpoint *e);

/* Hands over what the stack has room for. */
void outbox_flush(struct endpoint *e);

void outbox_clear(struct endpoint *e);

/* Fills memory with the bytes that a message sent by its size consists of. */
void outbox_pattern(uint8_t *data, size_t length);

#endif
