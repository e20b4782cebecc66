#include "json.h"

#include <stdlib.h>
#include <string.h>

/* Depth of nesting that is read; nothing this program obeys is deeper than two. */
enum { MAX_DEPTH = 16 };

static const char *skip_value(const char *p, int depth);

static const char *skip_space(const char *p) {
  return p + strspn(p, " \t\r\n");
}

/* Each skip_ function takes the start of its kind and returns the end, or NULL for malformed text. */
static const char *skip_string(const char *p) {
  if (*p++ != '"') return NULL;
  for (; *p != '"'; p++) {
    if ((unsigned char)*p < 0x20) return NULL; /* also the end of the text */
    if (*p == '\\' && *++p == '\0') return NULL;
  }
  return p + 1;
}

static const char *skip_number(const char *p) {
  char *end;
  if (strchr("-0123456789", *p) == NULL || *p == '\0') return NULL;
  strtod(p, &end);
  return end == p ? NULL : end;
}

static const char *skip_word(const char *p) {
  static const char *const words[] = {"true", "false", "null"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t length = strlen(words[i]);
    if (strncmp(p, words[i], length) == 0) return p + length;
  }
  return NULL;
}

/* The elements of an array or the members of an object, from behind the opening bracket. */
static const char *skip_members(const char *p, char close, int depth) {
  p = skip_space(p);
  if (*p == close) return p + 1;
  for (;;) {
    if (close == '}') {
      p = skip_string(skip_space(p));
      if (p == NULL) return NULL;
      p = skip_space(p);
      if (*p++ != ':') return NULL;
    }
    p = skip_value(skip_space(p), depth + 1);
    if (p == NULL) return NULL;
    p = skip_space(p);
    if (*p == close) return p + 1;
    if (*p++ != ',') return NULL;
  }
}

static const char *skip_value(const char *p, int depth) {
  if (depth > MAX_DEPTH) return NULL;
  switch (*p) {
    case '"': return skip_string(p);
    case '{': return skip_members(p + 1, '}', depth);
    case '[': return skip_members(p + 1, ']', depth);
    case 't': case 'f': case 'n': return skip_word(p);
    default: return skip_number(p);
  }
}

bool json_is_object(const char *text) {
  const char *p = skip_space(text);
  if (*p != '{') return false;
  p = skip_value(p, 0);
  return p != NULL && *skip_space(p) == '\0';
}

static const char *find(const char *object, const char *key) {
  size_t length = strlen(key);
  const char *p = skip_space(skip_space(object) + 1);
  while (*p == '"') {
    const char *name = p + 1;
    p = skip_string(p);
    bool here = (size_t)(p - 1 - name) == length && memcmp(name, key, length) == 0;
    p = skip_space(skip_space(p) + 1); /* behind the colon */
    if (here) return p;
    p = skip_space(skip_value(p, 0));
    if (*p == ',') p = skip_space(p + 1);
  }
  return NULL;
}

const char *json_get(const char *object, const char *key) {
  const char *value = find(object, key);
  return value == NULL || *value == 'n' ? NULL : value;
}

bool json_is_null(const char *object, const char *key) {
  const char *value = find(object, key);
  return value != NULL && *value == 'n';
}

int64_t json_int(const char *object, const char *key, int64_t fallback) {
  const char *value = json_get(object, key);
  return value == NULL || skip_number(value) == NULL ? fallback : strtoll(value, NULL, 10);
}

bool json_bool(const char *object, const char *key, bool fallback) {
  const char *value = json_get(object, key);
  if (value == NULL || (*value != 't' && *value != 'f')) return fallback;
  return *value == 't';
}

bool json_string(const char *object, const char *key, char *to, size_t size) {
  const char *p = json_get(object, key);
  if (p == NULL || *p != '"') return false;
  size_t n = 0;
  for (p++; *p != '"'; p++) {
    if (*p == '\\') {
      p++;
      if (strchr("\"\\/", *p) == NULL) return false;
    }
    if (n + 1 >= size) return false;
    to[n++] = *p;
  }
  to[n] = '\0';
  return true;
}

int json_ints(const char *object, const char *key, int64_t *to, int max) {
  const char *p = json_get(object, key);
  if (p == NULL || *p != '[') return -1;
  int n = 0;
  p = skip_space(p + 1);
  while (*p != ']') {
    const char *end = skip_number(p);
    if (end == NULL || n == max) return -1;
    to[n++] = strtoll(p, NULL, 10);
    p = skip_space(end);
    if (*p == ',') p = skip_space(p + 1);
  }
  return n;
}
