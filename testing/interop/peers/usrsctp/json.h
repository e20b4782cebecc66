/* Reading of one JSON object per line, without building a tree: values are found in the text when they are asked for. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the text is exactly one well-formed JSON object. The functions below rely on it. */
bool json_is_object(const char *text);

/* The value of a key of the outermost object, or NULL when it is absent or null. */
const char *json_get(const char *object, const char *key);

/* Each gives the fallback when the key is absent or its value is of another kind. */
int64_t json_int(const char *object, const char *key, int64_t fallback);
bool json_bool(const char *object, const char *key, bool fallback);

/* Copies a string value without escapes other than \" \\ \/; false when absent, of another kind or too long. */
bool json_string(const char *object, const char *key, char *to, size_t size);

/* Copies the numbers of an array; how many there are, or -1 when it is no array of at most max numbers. */
int json_ints(const char *object, const char *key, int64_t *to, int max);

/* Whether the key is there with the value null, which differs from being absent. */
bool json_is_null(const char *object, const char *key);

#endif
