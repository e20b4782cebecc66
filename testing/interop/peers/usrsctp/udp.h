/* One UDP socket with one remote address: each datagram is one SCTP packet. */
#ifndef UDP_H
#define UDP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

struct udp {
  int fd;
  bool has_remote;
  bool remote_fixed; /* given by the configuration rather than learned */
  struct sockaddr_storage remote;
  socklen_t remote_length;
};

/* Binds to "host:port" with a numeric host; NULL, or why not. */
const char *udp_open(struct udp *udp, const char *local);

/* Sets the one address to send to and to hear. */
const char *udp_set_remote(struct udp *udp, const char *remote);

/* Lets the next packet's source become the remote, unless that was configured. */
void udp_forget_remote(struct udp *udp);

/* The next datagram of the remote, without waiting: its length, or -1 when there is none. */
ssize_t udp_receive(struct udp *udp, void *buffer, size_t size);

void udp_send(struct udp *udp, const void *packet, size_t length);

/* Writes the bound address as "host:port". */
void udp_name(const struct udp *udp, char *to, size_t size);

#endif
