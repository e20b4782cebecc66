#include "event.h"

#include <stdarg.h>
#include <stdio.h>

void event(const char *name, const char *fields, ...) {
  printf("{\"event\":\"%s\",", name);
  va_list values;
  va_start(values, fields);
  vprintf(fields, values);
  va_end(values);
  puts("}");
  fflush(stdout);
}

void event_bare(const char *name) {
  printf("{\"event\":\"%s\"}\n", name);
  fflush(stdout);
}

void event_error(const char *message, ...) {
  printf("{\"event\":\"error\",\"message\":\"");
  va_list values;
  va_start(values, message);
  vprintf(message, values);
  va_end(values);
  puts("\"}");
  fflush(stdout);
}
