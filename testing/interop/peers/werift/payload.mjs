// What messages consist of.

/** Bytes in which every value occurs and neighbouring blocks of 256 differ. */
export function binaryOf(size) {
  return Buffer.from(Uint8Array.from({ length: size }, (_, i) => i + 7 * (i >> 8)));
}

/** A text of size bytes of UTF-8, with characters of one to four bytes. */
export function textOf(size) {
  const whole = Buffer.alloc(size + 1, "echo é € 𝄞 "); // the byte behind the end tells whether a character is cut
  let end = size;
  while ((whole[end] & 0xc0) === 0x80) end--;
  return whole.toString("utf8", 0, end) + ".".repeat(size - end);
}
