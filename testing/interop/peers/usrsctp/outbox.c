#include "outbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "event.h"

enum kind { MESSAGE, BULK, RESET, SHUTDOWN };

/* Outcome of handing an operation to the stack. */
enum outcome { DONE, NO_ROOM };

struct operation {
  struct operation *next;
  enum kind kind;
  struct terms terms;
  size_t length;            /* of data: a message, or a number of streams */
  uint64_t total, handed;   /* BULK: bytes in all and so far */
  struct timespec begun;    /* BULK */
  uint8_t data[];           /* a message, or the streams of a RESET */
};

static struct operation *append(struct endpoint *e, enum kind kind, const void *data, size_t length) {
  struct operation *op = calloc(1, sizeof *op + length);
  if (op == NULL) abort();
  op->kind = kind;
  op->length = length;
  if (data != NULL) memcpy(op->data, data, length);
  *(e->first == NULL ? &e->first : &e->last->next) = op;
  e->last = op;
  e->waiting_bytes += length;
  return op;
}

static void remove_first(struct endpoint *e) {
  struct operation *op = e->first;
  e->first = op->next;
  if (e->first == NULL) e->last = NULL;
  e->waiting_bytes -= op->length;
  free(op);
}

void outbox_message(struct endpoint *e, const struct terms *terms, const uint8_t *data, size_t length) {
  append(e, MESSAGE, data, length)->terms = *terms;
}

void outbox_bulk(struct endpoint *e, const struct terms *terms, size_t size, uint64_t total) {
  struct operation *op = append(e, BULK, NULL, size);
  op->terms = *terms;
  op->total = total;
  outbox_pattern(op->data, size);
}

void outbox_reset(struct endpoint *e, const uint16_t *streams, int count) {
  append(e, RESET, streams, (size_t)count * sizeof *streams);
}

void outbox_shutdown(struct endpoint *e) {
  append(e, SHUTDOWN, NULL, 0);
}

void outbox_clear(struct endpoint *e) {
  while (e->first != NULL) remove_first(e);
}

void outbox_pattern(uint8_t *data, size_t length) {
  for (size_t i = 0; i < length; i++) data[i] = (uint8_t)(i + 7 * (i >> 8));
}

static struct sctp_sendv_spa describe(const struct endpoint *e, const struct terms *t) {
  struct sctp_sendv_spa spa = {.sendv_flags = SCTP_SEND_SNDINFO_VALID};
  spa.sendv_sndinfo.snd_sid = t->stream;
  spa.sendv_sndinfo.snd_ppid = htonl(t->ppid);
  spa.sendv_sndinfo.snd_flags = SCTP_EOR | (t->unordered ? SCTP_UNORDERED : 0);
  spa.sendv_sndinfo.snd_assoc_id = e->association;
  if (t->max_retransmits >= 0 || t->lifetime_ms >= 0) {
    bool counted = t->max_retransmits >= 0;
    spa.sendv_flags |= SCTP_SEND_PRINFO_VALID;
    spa.sendv_prinfo.pr_policy = counted ? SCTP_PR_SCTP_RTX : SCTP_PR_SCTP_TTL;
    spa.sendv_prinfo.pr_value = (uint32_t)(counted ? t->max_retransmits : t->lifetime_ms);
  }
  return spa;
}

static bool is_full(int error) {
  return error == EWOULDBLOCK || error == EAGAIN || error == ENOBUFS;
}

static enum outcome send_message(struct endpoint *e, const struct terms *terms, const uint8_t *data, size_t length) {
  struct sctp_sendv_spa spa = describe(e, terms);
  if (usrsctp_sendv(e->socket, data, length, NULL, 0, &spa, sizeof spa, SCTP_SENDV_SPA, 0) < 0) {
    if (is_full(errno)) return NO_ROOM;
    event_error("send: %s", strerror(errno));
    return DONE;
  }
  e->sent_bytes += length;
  e->sent_messages++;
  return DONE;
}

static double ms_since(const struct timespec *then) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - then->tv_sec) * 1e3 + (double)(now.tv_nsec - then->tv_nsec) / 1e6;
}

static enum outcome send_bulk(struct endpoint *e, struct operation *op) {
  if (op->handed == 0) clock_gettime(CLOCK_MONOTONIC, &op->begun);
  while (op->handed < op->total) {
    uint64_t left = op->total - op->handed;
    size_t length = left < op->length ? (size_t)left : op->length;
    if (send_message(e, &op->terms, op->data, length) == NO_ROOM) return NO_ROOM;
    op->handed += length;
  }
  event("bulkdone", "\"stream\":%u,\"bytes\":%llu,\"ms\":%.3f", op->terms.stream, (unsigned long long)op->handed,
        ms_since(&op->begun));
  return DONE;
}

static enum outcome reset_streams(struct endpoint *e, const struct operation *op) {
  size_t size = sizeof(struct sctp_reset_streams) + op->length;
  struct sctp_reset_streams *request = calloc(1, size);
  if (request == NULL) abort();
  request->srs_assoc_id = e->association;
  request->srs_flags = SCTP_STREAM_RESET_OUTGOING;
  request->srs_number_streams = (uint16_t)(op->length / sizeof *request->srs_stream_list);
  memcpy(request->srs_stream_list, op->data, op->length);
  bool refused = usrsctp_setsockopt(e->socket, IPPROTO_SCTP, SCTP_RESET_STREAMS, request, (socklen_t)size) != 0;
  int error = errno;
  free(request);
  if (!refused) return DONE;
  /* One request at a time may be outstanding (RFC 6525, section 5.1.1). */
  if (error == EALREADY || error == EINPROGRESS || is_full(error)) return NO_ROOM;
  event_error("reset: %s", strerror(error));
  return DONE;
}

static enum outcome shut_down(struct endpoint *e) {
  struct sctp_sndinfo info = {.snd_flags = SCTP_EOF, .snd_assoc_id = e->association};
  if (usrsctp_sendv(e->socket, "", 0, NULL, 0, &info, sizeof info, SCTP_SENDV_SNDINFO, 0) < 0) {
    if (is_full(errno)) return NO_ROOM;
    event_error("shutdown: %s", strerror(errno));
  }
  return DONE;
}

static enum outcome perform(struct endpoint *e, struct operation *op) {
  switch (op->kind) {
    case MESSAGE: return send_message(e, &op->terms, op->data, op->length);
    case BULK: return send_bulk(e, op);
    case RESET: return reset_streams(e, op);
    case SHUTDOWN: return shut_down(e);
  }
  abort();
}

void outbox_flush(struct endpoint *e) {
  while (e->connected && e->first != NULL && perform(e, e->first) == DONE) remove_first(e);
}
