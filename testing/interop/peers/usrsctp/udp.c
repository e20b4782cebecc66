#include "udp.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

/* Asked for, not demanded: the kernel grants what its limit allows. */
enum { SOCKET_BUFFER_BYTES = 4 << 20 };

static const char *resolve(const char *text, struct sockaddr_storage *to, socklen_t *length) {
  char host[64];
  const char *colon = strrchr(text, ':');
  if (colon == NULL) return "an address needs a port";
  size_t n = (size_t)(colon - text);
  if (n >= 2 && text[0] == '[' && text[n - 1] == ']') {
    text++;
    n -= 2;
  }
  if (n == 0 || n >= sizeof host) return "an address needs a numeric host";
  memcpy(host, text, n);
  host[n] = '\0';

  struct addrinfo hints = {.ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
  struct addrinfo *found;
  int problem = getaddrinfo(host, colon + 1, &hints, &found);
  if (problem != 0) return gai_strerror(problem);
  memcpy(to, found->ai_addr, found->ai_addrlen);
  *length = found->ai_addrlen;
  freeaddrinfo(found);
  return NULL;
}

const char *udp_open(struct udp *udp, const char *local) {
  struct sockaddr_storage address;
  socklen_t length;
  const char *problem = resolve(local, &address, &length);
  if (problem != NULL) return problem;
  udp->fd = socket(address.ss_family, SOCK_DGRAM, 0);
  if (udp->fd < 0) return "no socket to be had";
  int size = SOCKET_BUFFER_BYTES;
  setsockopt(udp->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  setsockopt(udp->fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  return bind(udp->fd, (struct sockaddr *)&address, length) == 0 ? NULL : "the local address cannot be bound";
}

const char *udp_set_remote(struct udp *udp, const char *remote) {
  const char *problem = resolve(remote, &udp->remote, &udp->remote_length);
  udp->has_remote = udp->remote_fixed = problem == NULL;
  return problem;
}

void udp_forget_remote(struct udp *udp) {
  udp->has_remote = udp->remote_fixed;
}

static bool same_address(const struct sockaddr_storage *a, const struct sockaddr_storage *b) {
  if (a->ss_family != b->ss_family) return false;
  if (a->ss_family == AF_INET) {
    const struct sockaddr_in *x = (const void *)a, *y = (const void *)b;
    return x->sin_port == y->sin_port && x->sin_addr.s_addr == y->sin_addr.s_addr;
  }
  const struct sockaddr_in6 *x = (const void *)a, *y = (const void *)b;
  return x->sin6_port == y->sin6_port && memcmp(&x->sin6_addr, &y->sin6_addr, sizeof x->sin6_addr) == 0;
}

ssize_t udp_receive(struct udp *udp, void *buffer, size_t size) {
  for (;;) {
    struct sockaddr_storage source;
    socklen_t length = sizeof source;
    ssize_t n = recvfrom(udp->fd, buffer, size, MSG_DONTWAIT, (struct sockaddr *)&source, &length);
    if (n < 0) return -1;
    if (!udp->has_remote) {
      udp->remote = source;
      udp->remote_length = length;
      udp->has_remote = true;
    }
    if (same_address(&source, &udp->remote)) return n;
  }
}

void udp_send(struct udp *udp, const void *packet, size_t length) {
  if (!udp->has_remote) return;
  /* A datagram that cannot be sent is a lost one, which is SCTP's daily bread. */
  (void)!sendto(udp->fd, packet, length, 0, (const struct sockaddr *)&udp->remote, udp->remote_length);
}

void udp_name(const struct udp *udp, char *to, size_t size) {
  struct sockaddr_storage address;
  socklen_t length = sizeof address;
  char host[64], port[8];
  if (getsockname(udp->fd, (struct sockaddr *)&address, &length) != 0 ||
      getnameinfo((struct sockaddr *)&address, length, host, sizeof host, port, sizeof port,
                  NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
    snprintf(to, size, "?");
    return;
  }
  snprintf(to, size, address.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}
