import { deflateSync } from "node:zlib";

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

/** Texts that rows are made of, with a number each. */
export interface TextNumbers {
  numberOf(text: string): number;
  text(number: number): string;
}

export function newTextNumbers(): TextNumbers {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  return {
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      // A piece of a block that was read would keep the whole block in memory.
      const copy = Buffer.from(text).toString("utf8");
      numbers.set(copy, texts.length);
      texts.push(copy);
      return texts.length - 1;
    },
    text: (number) => texts[number] ?? "",
  };
}

/** A value as it is embedded. */
export function shortened(value: string): string {
  return value.length > LONGEST_VALUE
    ? `${value.slice(0, LONGEST_VALUE)}… [cut here: ${value.length} characters in the table]`
    : value;
}

/** A block that could be embedded. */
export interface Block {
  readonly bytes: Buffer;
  /** Makes it part of the page: its new texts get their numbers. */
  commit(): void;
}

export interface BlockMaker {
  /**
   * @param cells numbers of `TextNumbers`, row by row, `width` of them a row.
   * @param rows which rows to take, and `columns` which of their cells.
   */
  block(cells: Uint32Array, width: number, rows: readonly number[], columns: readonly number[]): Block;
}

/** Appends a number in base 128. */
function push(bytes: { buffer: Uint8Array; length: number }, value: number): void {
  if (bytes.length + 5 > bytes.buffer.length) {
    const larger = new Uint8Array(bytes.buffer.length * 2);
    larger.set(bytes.buffer);
    bytes.buffer = larger;
  }
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.buffer[bytes.length++] = (rest & 127) | 128;
  bytes.buffer[bytes.length++] = rest;
}

/** Makes the blocks of a page, one after the other. */
export function newBlockMaker(numbers: TextNumbers): BlockMaker {
  /** Number in the page of each text; what is in no committed block has none. */
  const pageNumbers = new Map<number, number>();
  return {
    block(all, width, rows, columns) {
      const fresh = new Map<number, number>();
      const texts: string[] = [];
      const cells = { buffer: new Uint8Array(1 << 12), length: 0 };
      for (const column of columns) {
        let above = 0;
        for (const row of rows) {
          const text = all[row * width + column] ?? 0;
          let number = pageNumbers.get(text) ?? fresh.get(text);
          if (number === undefined) {
            number = pageNumbers.size + fresh.size;
            fresh.set(text, number);
            texts.push(`${numbers.text(text)}\n`);
          }
          const step = number - above;
          above = number;
          push(cells, ((step << 1) ^ (step >> 31)) >>> 0);
        }
      }
      const words = Buffer.from(texts.join(""));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(words.length);
      const whole = Buffer.concat([length, words, cells.buffer.subarray(0, cells.length)]);
      return {
        bytes: deflateSync(whole, { level: 6, memLevel: 9 }),
        commit() {
          for (const [text, number] of fresh) pageNumbers.set(text, number);
        },
      };
    },
  };
}
