/*
 * libsrtp-peer: what libsrtp needs to protect and unprotect an RTP packet, in CPU time of its one thread.
 *
 *   libsrtp-peer          answers lines "PROFILE OPERATION BYTES MILLIS" on standard input, a line of JSON each
 *   libsrtp-peer ROUNDS   measures everything so many times and prints one JSON object
 *
 * PROFILE is AES128_CM_HMAC_SHA1_80 or AEAD_AES_128_GCM, OPERATION protect or unprotect, BYTES the payload behind a header
 * of twelve. Packets are worked on in place, as libsrtp does it, without the copy that this costs whoever keeps the
 * original; a replay window of 1024 packets is kept.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <srtp2/srtp.h>

#ifndef CRYPTO
#define CRYPTO "unknown"
#endif

enum {
  HEADER_BYTES = 12,
  MAX_PAYLOAD = 1500,
  PACKETS = 512, /* received in one go: few enough to stay in the cache */
  WINDOW = 1024,
  ROUND_MILLIS = 50,
  MAX_ROUNDS = 10000,
  SSRC = 0x12345678
};

struct packet {
  int length;
  _Alignas(16) uint8_t bytes[HEADER_BYTES + MAX_PAYLOAD + SRTP_MAX_TRAILER_LEN];
};

static struct packet packets[PACKETS];

static const struct profile {
  const char *name;
  void (*set)(srtp_crypto_policy_t *);
} profiles[] = {
    {"AES128_CM_HMAC_SHA1_80", srtp_crypto_policy_set_rtp_default},
    {"AEAD_AES_128_GCM", srtp_crypto_policy_set_aes_gcm_128_16_auth},
};

static const char *const operations[] = {"protect", "unprotect"};
static const int sizes[] = {160, 1200};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void check(srtp_err_status_t status, const char *what) {
  if (status != srtp_err_status_ok) {
    fprintf(stderr, "libsrtp-peer: %s: error %d\n", what, (int)status);
    exit(1);
  }
}

static int64_t cpu_nanos(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static srtp_t open_session(const struct profile *profile) {
  static unsigned char key[SRTP_MAX_KEY_LEN];
  for (size_t i = 0; i < sizeof key; i++) key[i] = (unsigned char)i;
  srtp_policy_t policy;
  memset(&policy, 0, sizeof policy);
  profile->set(&policy.rtp);
  profile->set(&policy.rtcp);
  policy.ssrc.type = ssrc_specific;
  policy.ssrc.value = SSRC;
  policy.key = key;
  policy.window_size = WINDOW;
  srtp_t session;
  check(srtp_create(&session, &policy), "srtp_create");
  return session;
}

static void begin(struct packet *packet, int payload, unsigned sequence) {
  uint8_t *header = packet->bytes;
  memset(header, 0, HEADER_BYTES);
  header[0] = 0x80;
  header[1] = 96;
  header[2] = (uint8_t)(sequence >> 8);
  header[3] = (uint8_t)sequence;
  for (int i = 0; i < 4; i++) header[8 + i] = (uint8_t)((unsigned)SSRC >> (24 - 8 * i));
  packet->length = HEADER_BYTES + payload;
}

static int64_t protect_all(srtp_t sender, int payload, unsigned *sequence) {
  int64_t start = cpu_nanos();
  for (int i = 0; i < PACKETS; i++) {
    begin(&packets[0], payload, (*sequence)++);
    check(srtp_protect(sender, packets[0].bytes, &packets[0].length), "srtp_protect");
  }
  return cpu_nanos() - start;
}

static int64_t unprotect_all(srtp_t sender, srtp_t receiver, int payload, unsigned *sequence) {
  for (int i = 0; i < PACKETS; i++) {
    begin(&packets[i], payload, (*sequence)++);
    check(srtp_protect(sender, packets[i].bytes, &packets[i].length), "srtp_protect");
  }
  int64_t start = cpu_nanos();
  for (int i = 0; i < PACKETS; i++) {
    check(srtp_unprotect(receiver, packets[i].bytes, &packets[i].length), "srtp_unprotect");
  }
  return cpu_nanos() - start;
}

/* Nanoseconds a packet, over at least so many milliseconds. */
static double measure(const struct profile *profile, bool unprotect, int payload, int millis) {
  srtp_t sender = open_session(profile), receiver = open_session(profile);
  unsigned sequence = 0;
  int64_t nanos = 0;
  long count = 0;
  do {
    nanos += unprotect ? unprotect_all(sender, receiver, payload, &sequence) : protect_all(sender, payload, &sequence);
    count += PACKETS;
  } while (nanos < (int64_t)millis * 1000000);
  check(srtp_dealloc(sender), "srtp_dealloc");
  check(srtp_dealloc(receiver), "srtp_dealloc");
  return (double)nanos / (double)count;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void print_identity(void) {
  printf("\"implementation\":\"libsrtp\",\"version\":\"%s\",\"crypto\":\"%s\"", srtp_get_version_string(), CRYPTO);
}

static void measure_everything(int rounds) {
  double *nanos = malloc((size_t)rounds * sizeof *nanos);
  if (nanos == NULL) exit(1);
  printf("{");
  print_identity();
  printf(",\"rounds\":%d,\"cases\":[", rounds);
  const char *comma = "";
  for (size_t p = 0; p < COUNT(profiles); p++) {
    for (size_t o = 0; o < COUNT(operations); o++) {
      for (size_t s = 0; s < COUNT(sizes); s++) {
        for (int i = 0; i < rounds; i++) nanos[i] = measure(&profiles[p], o == 1, sizes[s], ROUND_MILLIS);
        qsort(nanos, (size_t)rounds, sizeof *nanos, compare);
        printf("%s{\"profile\":\"%s\",\"operation\":\"%s\",\"bytes\":%d,\"minNanos\":%.1f,\"medianNanos\":%.1f}", comma,
               profiles[p].name, operations[o], sizes[s], nanos[0], nanos[rounds / 2]);
        comma = ",";
      }
    }
  }
  printf("]}\n");
  free(nanos);
}

static bool answer(const char *line) {
  char profile[40], operation[20];
  int payload, millis;
  if (sscanf(line, "%39s %19s %d %d", profile, operation, &payload, &millis) != 4) return false;
  if (payload < 0 || payload > MAX_PAYLOAD || millis < 1) return false;
  bool unprotect = strcmp(operation, operations[1]) == 0;
  if (!unprotect && strcmp(operation, operations[0]) != 0) return false;
  for (size_t p = 0; p < COUNT(profiles); p++) {
    if (strcmp(profile, profiles[p].name) == 0) {
      printf("{\"nanos\":%.1f}\n", measure(&profiles[p], unprotect, payload, millis));
      fflush(stdout);
      return true;
    }
  }
  return false;
}

int main(int argc, char **argv) {
  check(srtp_init(), "srtp_init");
  if (argc > 1) {
    int rounds = atoi(argv[1]);
    if (rounds < 1 || rounds > MAX_ROUNDS) {
      fprintf(stderr, "usage: libsrtp-peer [ROUNDS]\n");
      return 2;
    }
    measure_everything(rounds);
    return 0;
  }
  printf("{");
  print_identity();
  printf("}\n");
  fflush(stdout);
  char line[128];
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (!answer(line)) {
      fprintf(stderr, "libsrtp-peer: not understood: %s", line);
      return 2;
    }
  }
  return 0;
}
