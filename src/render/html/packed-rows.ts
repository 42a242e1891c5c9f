import { deflateSync } from "node:zlib";
import { allocate } from "../../model/fast-buffer.ts";
import type { TextNumbers } from "./text-numbers.ts";

/**
 * Rows of tables as a page can hold them: each text once, cells as numbers, deflated.
 *
 * A table's block is zlib data of: the length of its new texts in bytes (4 bytes, little endian), these texts in UTF-8,
 * each with LF behind it, and then the cells, column by column. A cell is the number of its text, as the difference from
 * the cell above, zigzag and base 128, the lowest seven bits first. Texts are numbered from 0 through all blocks of the
 * page, in the order of the blocks. No cell of a table holds a LF, so nothing needs to be escaped.
 *
 * The bytes follow from the rows and from the zlib of the Node that runs this.
 */

/** A longer value is cut, and says so. */
export const LONGEST_VALUE = 8_000;

/** A value as it is embedded. */
export function shortened(value: string): string {
  return value.length > LONGEST_VALUE
    ? `${value.slice(0, LONGEST_VALUE)}… [cut here: ${value.length} characters in the table]`
    : value;
}

/** A block that could be embedded. */
export interface Block {
  readonly bytes: Buffer;
  /** Makes it part of the page: its new texts get their numbers, all others that are in no block are forgotten. */
  commit(): void;
}

/** Numbers by row and column. */
export interface CellNumbers {
  at(row: number, column: number): number;
}

export interface BlockMaker {
  /**
   * @param cells numbers of `TextNumbers`, all of them of what was numbered since the last block became part of the page,
   *   or of what is in the page.
   * @param rows which rows to take, and `columns` which of their cells.
   */
  block(cells: CellNumbers, rows: Uint32Array, columns: readonly number[]): Block;
}

/** A number of 32 bits takes at most so many bytes in base 128. */
const LONGEST_NUMBER = 5;
const LF = 10;

/** Makes the blocks of a page, one after the other. */
export function newBlockMaker(texts: TextNumbers): BlockMaker {
  /** So many texts are in committed blocks; their numbers in the page are those that `TextNumbers` has for them. */
  let committed = 0;
  return {
    block(cells, rows, columns) {
      /** Numbers in the page of texts that are in no committed block, plus 1, and these texts in order. */
      const numbers = new Uint32Array(texts.count - committed);
      const fresh = new Uint32Array(texts.count - committed);
      let count = 0;
      let size = 0;
      for (const column of columns) {
        for (const row of rows) {
          const text = cells.at(row, column);
          if (text < committed || numbers[text - committed] !== 0) continue;
          fresh[count++] = text;
          numbers[text - committed] = committed + count;
          size += texts.sizeOf(text) + 1;
        }
      }
      const head = 4;
      // Only what is written to of it takes memory.
      const whole = allocate(head + size + rows.length * columns.length * LONGEST_NUMBER);
      whole.writeUInt32LE(size);
      let at = head;
      for (const text of fresh.subarray(0, count)) {
        texts.copy(text, whole, at);
        at += texts.sizeOf(text);
        whole[at++] = LF;
      }
      for (const column of columns) {
        let above = 0;
        for (const row of rows) {
          const text = cells.at(row, column);
          const number = text < committed ? text : (numbers[text - committed] as number) - 1;
          const step = number - above;
          above = number;
          let rest = ((step << 1) ^ (step >> 31)) >>> 0;
          for (; rest > 127; rest >>>= 7) whole[at++] = (rest & 127) | 128;
          whole[at++] = rest;
        }
      }
      return {
        bytes: deflateSync(whole.subarray(0, at), { level: 6, memLevel: 9 }),
        commit() {
          texts.keep(committed, fresh.subarray(0, count));
          committed += count;
        },
      };
    },
  };
}
