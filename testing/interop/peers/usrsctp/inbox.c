#include "inbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "event.h"
#include "outbox.h"
#include "sha256.h"

enum { READ_BYTES = 256 << 10, MAX_MESSAGE_BYTES = 256 << 20, SHOWN_BYTES = 64 };

static void grow(struct parts *p, size_t length) {
  if (p->length + length <= p->capacity) return;
  size_t capacity = 2 * (p->length + length);
  p->data = realloc(p->data, capacity);
  if (p->data == NULL) abort();
  p->capacity = capacity;
}

static void write_hex(char *to, const uint8_t *data, size_t length) {
  for (size_t i = 0; i < length; i++) sprintf(to + 2 * i, "%02x", data[i]);
  to[2 * length] = '\0';
}

static void tell(const struct parts *m, const struct sctp_rcvinfo *info) {
  uint8_t digest[SHA256_BYTES];
  char digest_hex[2 * SHA256_BYTES + 1], shown[2 * SHOWN_BYTES + 1];
  sha256(m->data, m->length, digest);
  write_hex(digest_hex, digest, sizeof digest);
  write_hex(shown, m->data, m->length < SHOWN_BYTES ? m->length : SHOWN_BYTES);
  event("message", "\"stream\":%u,\"ppid\":%u,\"size\":%zu,\"unordered\":%s,\"sha256\":\"%s\",\"hex\":\"%s\"",
        info->rcv_sid, ntohl(info->rcv_ppid), m->length, info->rcv_flags & SCTP_UNORDERED ? "true" : "false",
        digest_hex, shown);
}

static void take_message(struct endpoint *e, const struct sctp_rcvinfo *info) {
  const struct parts *m = &e->message;
  e->received_messages++;
  e->received_bytes += m->length;
  if (!e->sink) tell(m, info);
  if (e->echo && !e->shutting_down) {
    struct terms terms = {.stream = info->rcv_sid,
                          .ppid = ntohl(info->rcv_ppid),
                          .unordered = info->rcv_flags & SCTP_UNORDERED,
                          .max_retransmits = -1,
                          .lifetime_ms = -1};
    outbox_message(e, &terms, m->data, m->length);
  }
}

static const char *cause_of_loss(const struct endpoint *e) {
  if (e->aborted_here) return "abort";
  return e->aborted_by_peer ? "peer abort" : "timeout";
}

static void association_changed(struct endpoint *e, const struct sctp_assoc_change *c) {
  switch (c->sac_state) {
    case SCTP_COMM_UP:
      e->association = c->sac_assoc_id;
      e->connected = true;
      e->aborted_by_peer = false;
      event("connected", "\"inboundStreams\":%u,\"outboundStreams\":%u", c->sac_inbound_streams,
            c->sac_outbound_streams);
      break;
    case SCTP_RESTART:
      e->message.length = 0;
      event_bare("restarted");
      break;
    case SCTP_SHUTDOWN_COMP:
      endpoint_ended(e, "shutdown");
      break;
    case SCTP_COMM_LOST:
    case SCTP_CANT_STR_ASSOC:
      endpoint_ended(e, cause_of_loss(e));
      break;
  }
}

static void streams_reset(const struct sctp_stream_reset_event *r) {
  size_t count = (r->strreset_length - sizeof *r) / sizeof *r->strreset_stream_list;
  char list[7 * 1024] = "";
  size_t at = 0;
  for (size_t i = 0; i < count && at + 7 < sizeof list; i++) {
    at += (size_t)sprintf(list + at, i == 0 ? "%u" : ",%u", r->strreset_stream_list[i]);
  }
  if (r->strreset_flags & (SCTP_STREAM_RESET_DENIED | SCTP_STREAM_RESET_FAILED)) {
    event_error("reset: %s, streams %s", r->strreset_flags & SCTP_STREAM_RESET_DENIED ? "denied" : "failed", list);
    return;
  }
  event("reset", "\"streams\":[%s],\"incoming\":%s", list,
        r->strreset_flags & SCTP_STREAM_RESET_INCOMING_SSN ? "true" : "false");
}

static void send_failed(const struct endpoint *e, const struct sctp_send_failed_event *f) {
  if (!e->connected || e->aborted_here || e->aborted_by_peer) return; /* the end of the association says it all */
  event("abandoned", "\"stream\":%u,\"ppid\":%u,\"sent\":%s", f->ssfe_info.snd_sid, ntohl(f->ssfe_info.snd_ppid),
        f->ssfe_flags & SCTP_DATA_SENT ? "true" : "false");
}

static void take_notification(struct endpoint *e) {
  const union sctp_notification *n = (const void *)e->notification.data;
  if (e->notification.length < sizeof n->sn_header) return;
  switch (n->sn_header.sn_type) {
    case SCTP_ASSOC_CHANGE:
      association_changed(e, &n->sn_assoc_change);
      break;
    case SCTP_STREAM_RESET_EVENT:
      streams_reset(&n->sn_strreset_event);
      break;
    case SCTP_SEND_FAILED_EVENT:
      send_failed(e, &n->sn_send_failed_event);
      break;
    case SCTP_PARTIAL_DELIVERY_EVENT: /* the rest of the message being read will never come */
      e->message.length = 0;
      break;
    case SCTP_SENDER_DRY_EVENT:
      event_bare("lowBuffer");
      break;
  }
}

static void take_part(struct endpoint *e, struct parts *p, const struct sctp_rcvinfo *info, bool is_last) {
  if (p->length > MAX_MESSAGE_BYTES) {
    event_error("a message is larger than %d bytes", MAX_MESSAGE_BYTES);
    endpoint_abort(e);
    p->length = 0;
    return;
  }
  if (!is_last) return;
  if (p == &e->message) {
    take_message(e, info);
  } else {
    take_notification(e);
  }
  p->length = 0;
}

static bool may_read(const struct endpoint *e) {
  return !e->echo || e->waiting_bytes < OUTBOX_BYTES;
}

void inbox_read(struct endpoint *e) {
  static uint8_t buffer[READ_BYTES];
  while (may_read(e)) {
    struct sockaddr_conn from;
    struct sctp_rcvinfo info;
    socklen_t from_length = sizeof from, info_length = sizeof info;
    unsigned int info_type = SCTP_RECVV_NOINFO;
    int flags = 0;
    ssize_t n = usrsctp_recvv(e->socket, buffer, sizeof buffer, (struct sockaddr *)&from, &from_length, &info,
                              &info_length, &info_type, &flags);
    if (n <= 0) return;
    struct parts *p = flags & MSG_NOTIFICATION ? &e->notification : &e->message;
    grow(p, (size_t)n);
    memcpy(p->data + p->length, buffer, (size_t)n);
    p->length += (size_t)n;
    take_part(e, p, &info, flags & MSG_EOR);
  }
}
