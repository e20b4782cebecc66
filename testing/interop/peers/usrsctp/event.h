/* The lines this program says. */
#ifndef EVENT_H
#define EVENT_H

/* Writes {"event":NAME,FIELDS}; the format gives the fields as JSON. */
void event(const char *name, const char *fields, ...) __attribute__((format(printf, 2, 3)));

/* An event without fields. */
void event_bare(const char *name);

/* An error event; the message must need no escapes. */
void event_error(const char *message, ...) __attribute__((format(printf, 1, 2)));

#endif
