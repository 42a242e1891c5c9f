import { breathe, SLICE } from "./dom.js";

/**
 * A table of the page. Cells are numbers of texts.
 *
 * @typedef {object} Table
 * @property {string} table
 * @property {string} file
 * @property {string[]} columns
 * @property {number} rows
 * @property {number} total
 * @property {Uint32Array[]} cells by column
 */

/**
 * What stands beside the rows in the page.
 *
 * @typedef {[file: string, rows: number[]][]} Places
 * @typedef {object} PageData
 * @property {{ table: string, file: string, columns: string[], rows: number, total: number }[]} tables
 * @property {string[]} offered names of tables in the order in which they are offered
 * @property {{ title: string, evidence: Places, reasons: Places[], totals: number[] }[]} findings
 * @property {boolean} several whether there are several mailboxes
 * @property {Record<string, string[]>} suspicious addresses by mailbox, of those that have some
 * @property {{ name: string, label: string, files: string[] }[]} nameless mailboxes whose rows name none: what they go by,
 *   what they are called, and the inputs that tell their rows apart
 * @property {string[]} across rules that are about several mailboxes
 */

/**
 * @param {string} base64
 * @returns {Promise<Uint8Array>}
 */
async function inflated(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Unpacks the blocks of the page one after the other; src/render/html/packed-rows.ts says how they are made.
 *
 * @param {PageData["tables"]} heads
 * @param {(number: number) => string} block the text of a block
 * @returns {Promise<{ tables: Table[], texts: string[] }>}
 */
export async function unpack(heads, block) {
  /** @type {string[]} */
  const texts = [];
  /** @type {Table[]} */
  const tables = [];
  const decoder = new TextDecoder();
  for (const [number, head] of heads.entries()) {
    const bytes = await inflated(block(number));
    const size = new DataView(bytes.buffer).getUint32(0, true);
    if (size > 0) {
      for (const text of decoder.decode(bytes.subarray(4, 4 + size - 1)).split("\n")) texts.push(text);
    }
    let at = 4 + size;
    let started = performance.now();
    /** @type {Uint32Array[]} */
    const cells = [];
    for (let column = 0; column < head.columns.length; column++) {
      const own = new Uint32Array(head.rows);
      let value = 0;
      for (let row = 0; row < head.rows; row++) {
        let byte = bytes[at++] ?? 0;
        let step = byte & 127;
        for (let shift = 7; byte > 127; shift += 7) {
          byte = bytes[at++] ?? 0;
          step |= (byte & 127) << shift;
        }
        value += (step >>> 1) ^ -(step & 1);
        own[row] = value;
      }
      cells.push(own);
      if (performance.now() - started > SLICE) {
        await breathe();
        started = performance.now();
      }
    }
    tables.push({ ...head, cells });
  }
  return { tables, texts };
}
