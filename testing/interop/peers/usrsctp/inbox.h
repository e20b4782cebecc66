/* What comes in: messages and the stack's notifications, made into events. */
#ifndef INBOX_H
#define INBOX_H

#include "endpoint.h"

/* Reads until nothing is left, or until what is to be echoed has to wait. */
void inbox_read(struct endpoint *e);

#endif
