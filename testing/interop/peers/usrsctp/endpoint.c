#include "endpoint.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "event.h"
#include "outbox.h"

/* The default of 512 chunks would hold a sender back long before its buffer is full. */
enum { MAX_CHUNKS_QUEUED = 16384 };
enum { COMMON_HEADER_BYTES = 12, CHUNK_ABORT = 6 };

/* The stack's way out; the address is the one that was registered. */
static int send_packet(void *address, void *packet, size_t length, uint8_t tos, uint8_t set_df) {
  (void)tos;
  (void)set_df;
  udp_send(address, packet, length);
  return 0;
}

static struct sockaddr_conn address_of(struct endpoint *e) {
  return (struct sockaddr_conn){.sconn_family = AF_CONN, .sconn_port = htons(e->config->port), .sconn_addr = e->udp};
}

/* What a data channel stack switches off, and limits that would otherwise be reached before the configured ones. */
static void tune_stack(const struct config *c) {
  usrsctp_sysctl_set_sctp_ecn_enable(0);
  usrsctp_sysctl_set_sctp_asconf_enable(0);
  usrsctp_sysctl_set_sctp_auth_enable(0);
  usrsctp_sysctl_set_sctp_nrsack_enable(0);
  usrsctp_sysctl_set_sctp_pktdrop_enable(0);
  usrsctp_sysctl_set_sctp_pr_enable(c->partial_reliability);
  usrsctp_sysctl_set_sctp_max_chunks_on_queue(MAX_CHUNKS_QUEUED);
  if (c->initial_cwnd_packets != KEEP_DEFAULT) {
    usrsctp_sysctl_set_sctp_initial_cwnd((uint32_t)c->initial_cwnd_packets);
  }
}

/* Options are set one after the other; a refusal is remembered. */
static void set(struct endpoint *e, int level, int option, const void *value, size_t length) {
  if (usrsctp_setsockopt(e->socket, level, option, value, (socklen_t)length) != 0) {
    fprintf(stderr, "socket option 0x%x: %s\n", option, strerror(errno));
    e->option_refused = true;
  }
}

static void set_number(struct endpoint *e, int option, int64_t value) {
  if (value == KEEP_DEFAULT) return;
  struct sctp_assoc_value v = {.assoc_id = SCTP_FUTURE_ASSOC, .assoc_value = (uint32_t)value};
  set(e, IPPROTO_SCTP, option, &v, sizeof v);
}

static void set_flag(struct endpoint *e, int option, bool on) {
  int value = on;
  set(e, IPPROTO_SCTP, option, &value, sizeof value);
}

static void set_buffers(struct endpoint *e, const struct config *c) {
  int send = SEND_BUFFER_BYTES, receive = (int)c->receive_window;
  set(e, SOL_SOCKET, SO_SNDBUF, &send, sizeof send);
  set(e, SOL_SOCKET, SO_RCVBUF, &receive, sizeof receive);
}

static uint32_t or_zero(int64_t value) {
  return value == KEEP_DEFAULT ? 0 : (uint32_t)value; /* 0 keeps the stack's value in the structures below */
}

static void set_timing(struct endpoint *e, const struct config *c) {
  struct sctp_rtoinfo rto = {.srto_initial = or_zero(c->rto_initial),
                             .srto_min = or_zero(c->rto_min),
                             .srto_max = or_zero(c->rto_max)};
  set(e, IPPROTO_SCTP, SCTP_RTOINFO, &rto, sizeof rto);
  if (c->delayed_ack != KEEP_DEFAULT) {
    /* A delay of 0 would keep the default; every packet is acknowledged at once instead. */
    struct sctp_sack_info sack = {.sack_delay = (uint32_t)c->delayed_ack, .sack_freq = c->delayed_ack == 0 ? 1 : 2};
    set(e, IPPROTO_SCTP, SCTP_DELAYED_SACK, &sack, sizeof sack);
  }
}

static void set_limits(struct endpoint *e, const struct config *c) {
  struct sctp_initmsg init = {.sinit_num_ostreams = (uint16_t)c->outbound_streams,
                              .sinit_max_instreams = (uint16_t)c->inbound_streams,
                              .sinit_max_attempts = (uint16_t)or_zero(c->max_init_retransmits)};
  set(e, IPPROTO_SCTP, SCTP_INITMSG, &init, sizeof init);
  if (c->max_assoc_retransmits != KEEP_DEFAULT) {
    struct sctp_assocparams assoc = {.sasoc_asocmaxrxt = (uint16_t)c->max_assoc_retransmits};
    set(e, IPPROTO_SCTP, SCTP_ASSOCINFO, &assoc, sizeof assoc);
  }
  set_number(e, SCTP_MAX_BURST, c->max_burst);
}

static void set_path(struct endpoint *e, const struct config *c) {
  struct sctp_paddrparams path = {
      .spp_pathmtu = (uint32_t)c->max_packet_size - COMMON_HEADER_BYTES,
      .spp_pathmaxrxt = (uint16_t)or_zero(c->max_assoc_retransmits),
      .spp_flags = SPP_PMTUD_DISABLE | (c->heartbeats ? SPP_HB_ENABLE : SPP_HB_DISABLE)};
  set(e, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, &path, sizeof path);
}

static void subscribe(struct endpoint *e) {
  static const uint16_t kinds[] = {SCTP_ASSOC_CHANGE,          SCTP_STREAM_RESET_EVENT, SCTP_SEND_FAILED_EVENT,
                                   SCTP_PARTIAL_DELIVERY_EVENT, SCTP_SENDER_DRY_EVENT};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    struct sctp_event wanted = {.se_assoc_id = SCTP_FUTURE_ASSOC, .se_type = kinds[i], .se_on = 1};
    set(e, IPPROTO_SCTP, SCTP_EVENT, &wanted, sizeof wanted);
  }
}

static void set_options(struct endpoint *e, const struct config *c) {
  set_buffers(e, c);
  set_timing(e, c);
  set_limits(e, c);
  set_path(e, c);
  set_flag(e, SCTP_NODELAY, c->no_delay);
  set_flag(e, SCTP_RECVRCVINFO, true);
  set_number(e, SCTP_ENABLE_STREAM_RESET, SCTP_ENABLE_RESET_STREAM_REQ | SCTP_ENABLE_CHANGE_ASSOC_REQ);
  subscribe(e);
}

static const char *open_socket(struct endpoint *e) {
  e->socket = usrsctp_socket(AF_CONN, SOCK_SEQPACKET, IPPROTO_SCTP, NULL, NULL, 0, NULL);
  if (e->socket == NULL) return "no SCTP socket to be had";
  set_options(e, e->config);
  if (e->option_refused || usrsctp_set_non_blocking(e->socket, 1) != 0) return "the stack refuses an option";
  struct sockaddr_conn own = address_of(e);
  if (usrsctp_bind(e->socket, (struct sockaddr *)&own, sizeof own) != 0) return "the SCTP port cannot be bound";
  if (e->config->listen && usrsctp_listen(e->socket, 1) != 0) return "the socket cannot listen";
  return NULL;
}

const char *endpoint_open(struct endpoint *e, const struct config *c, struct udp *udp) {
  memset(e, 0, sizeof *e);
  e->udp = udp;
  e->config = c;
  usrsctp_init_nothreads(0, send_packet, NULL);
  tune_stack(c);
  usrsctp_register_address(udp);
  return open_socket(e);
}

void endpoint_connect(struct endpoint *e) {
  struct sockaddr_conn peer = address_of(e);
  if (usrsctp_connect(e->socket, (struct sockaddr *)&peer, sizeof peer) != 0 && errno != EINPROGRESS) {
    event_error("connect: %s", strerror(errno));
    return;
  }
  e->association = usrsctp_getassocid(e->socket, (struct sockaddr *)&peer);
}

/* The stack refuses to abort an association that is being set up; closing its socket is the way. */
static void give_up_connecting(struct endpoint *e) {
  usrsctp_close(e->socket);
  const char *problem = open_socket(e);
  if (problem != NULL) event_error("abort: %s", problem);
  endpoint_ended(e, "abort");
}

void endpoint_abort(struct endpoint *e) {
  if (e->association == 0) {
    event_error("abort: there is no association");
    return;
  }
  if (!e->connected) {
    give_up_connecting(e);
    return;
  }
  e->aborted_here = true;
  struct sctp_sndinfo info = {.snd_flags = SCTP_ABORT, .snd_assoc_id = e->association};
  if (usrsctp_sendv(e->socket, "", 0, NULL, 0, &info, sizeof info, SCTP_SENDV_SNDINFO, 0) < 0) {
    e->aborted_here = false;
    event_error("abort: %s", strerror(errno));
  }
}

/* Whether a packet holds an ABORT. The stack's notification does not tell a peer's ABORT from a time-out. */
static bool has_abort(const uint8_t *packet, size_t length) {
  size_t at = COMMON_HEADER_BYTES;
  while (at + 4 <= length) {
    size_t chunk = (size_t)packet[at + 2] << 8 | packet[at + 3];
    if (packet[at] == CHUNK_ABORT) return true;
    if (chunk < 4) return false;
    at += (chunk + 3) & ~(size_t)3;
  }
  return false;
}

void endpoint_packet(struct endpoint *e, const uint8_t *packet, size_t length) {
  if (has_abort(packet, length)) e->aborted_by_peer = true;
  usrsctp_conninput(e->udp, packet, length, 0);
}

void endpoint_ended(struct endpoint *e, const char *cause) {
  event("closed", "\"cause\":\"%s\"", cause);
  outbox_clear(e);
  e->message.length = 0;
  e->association = 0;
  e->connected = e->shutting_down = e->aborted_here = e->aborted_by_peer = false;
  udp_forget_remote(e->udp);
}

void endpoint_stats(struct endpoint *e) {
  struct sctp_status status = {.sstat_assoc_id = e->association};
  socklen_t length = sizeof status;
  if (e->association != 0) usrsctp_getsockopt(e->socket, IPPROTO_SCTP, SCTP_STATUS, &status, &length);
  struct sctpstat all;
  usrsctp_get_stat(&all);
  event("stats",
        "\"sentBytes\":%llu,\"sentMessages\":%llu,\"receivedBytes\":%llu,\"receivedMessages\":%llu,"
        "\"bufferedBytes\":%zu,\"packetsSent\":%u,\"packetsReceived\":%u,\"retransmitted\":%u,"
        "\"fastRetransmitted\":%u,\"timeouts\":%u,\"cwnd\":%u,\"srttMs\":%u,\"rtoMs\":%u,\"mtu\":%u,\"peerWindow\":%u",
        (unsigned long long)e->sent_bytes, (unsigned long long)e->sent_messages,
        (unsigned long long)e->received_bytes, (unsigned long long)e->received_messages, e->waiting_bytes,
        all.sctps_sendpackets, all.sctps_recvpackets, all.sctps_sendretransdata, all.sctps_sendfastretrans,
        all.sctps_timodata, status.sstat_primary.spinfo_cwnd, status.sstat_primary.spinfo_srtt,
        status.sstat_primary.spinfo_rto, status.sstat_primary.spinfo_mtu, status.sstat_rwnd);
}

void endpoint_close(struct endpoint *e) {
  if (e->connected) endpoint_abort(e);
  outbox_clear(e);
  usrsctp_close(e->socket);
  usrsctp_deregister_address(e->udp);
  free(e->message.data);
  free(e->notification.data);
}
