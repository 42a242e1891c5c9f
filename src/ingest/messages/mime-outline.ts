const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const DASH = 0x2d;

/**
 * Leaves out of a message what is in its parts: the headers of the message and of each part stay, and every line that
 * may be a boundary (RFC 2046, 5.1.1), with what follows it up to an empty line. To a MIME parser the outline has the
 * same headers and the same parts; it is only the text and the attachments, nearly all of a message, that it need not
 * decode.
 */
export function mimeOutline(message: Uint8Array): Uint8Array {
  const outline = new Uint8Array(message.length);
  let length = 0;
  let isHeader = true;
  for (let start = 0; start < message.length;) {
    const lineFeed = message.indexOf(LINE_FEED, start);
    const end = lineFeed < 0 ? message.length : lineFeed + 1;
    if (message[start] === DASH && message[start + 1] === DASH) isHeader = true;
    if (isHeader) {
      outline.set(message.subarray(start, end), length);
      length += end - start;
      if (isEmptyLine(message, start, end)) isHeader = false;
    }
    start = end;
  }
  return outline.subarray(0, length);
}

function isEmptyLine(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== RETURN && bytes[at] !== LINE_FEED) return false;
  return true;
}
