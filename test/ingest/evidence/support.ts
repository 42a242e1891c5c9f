import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { afterAll } from "vitest";
import type { Evidence, SeekableBytes } from "../../../src/ingest/evidence/evidence.ts";
import { type ListedInput, listInputs } from "../../../src/ingest/evidence/list-inputs.ts";
import { type OpenOptions, openEvidence } from "../../../src/ingest/evidence/open-evidence.ts";

/** A folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "alicorn-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function bytesOf(evidence: Evidence): Buffer {
  const bytes = Buffer.alloc(evidence.size - evidence.start);
  expectRead(evidence.read(bytes, 0, bytes.length, evidence.start), bytes.length);
  return bytes;
}

function expectRead(count: number, wanted: number): void {
  if (count !== wanted) throw new Error(`read ${count} of ${wanted} bytes`);
}

export function textOf(evidence: Evidence): string {
  return bytesOf(evidence).toString("utf8");
}

/** Writes a file and opens it. */
export async function openBytes(
  folder: string,
  name: string,
  bytes: Uint8Array | string,
  options?: OpenOptions,
): Promise<Evidence[]> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return openEvidence((await listInputs([path]))[0] as ListedInput, folder, options);
}

/** The same where one evidence comes out. */
export async function openOne(
  folder: string,
  name: string,
  bytes: Uint8Array | string,
  options?: OpenOptions,
): Promise<Evidence> {
  const opened = await openBytes(folder, name, bytes, options);
  if (opened.length !== 1) throw new Error(`${opened.length} evidences`);
  return opened[0] as Evidence;
}

/** Bytes in memory in place of a file. */
export function inMemory(bytes: Buffer | string): SeekableBytes & { readonly start: number } {
  const all = Buffer.from(bytes as string);
  return {
    size: all.length,
    start: 0,
    read: (target, targetOffset, length, position) => all.copy(target, targetOffset, position, position + length),
  };
}

export interface ZipMember {
  readonly name: string;
  readonly data: Uint8Array | string;
  readonly stored?: boolean;
  /** Overrides, to make damaged archives. */
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly damage?: (packed: Buffer) => void;
}

/** A zip archive as APPNOTE.TXT 4.3 lays it out: local headers with data, central directory, end record. */
export function zipOf(members: readonly ZipMember[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const data = Buffer.from(member.data as string);
    const packed = Buffer.from(member.stored === true ? data : deflateRawSync(data));
    member.damage?.(packed);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (member.flags ?? 0), 2);
    common.writeUInt16LE(member.method ?? (member.stored === true ? 0 : 8), 4);
    common.writeUInt32LE(member.crc ?? crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const localHeader = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from("PK\x01\x02\x14\x00"), common, tail, name);
    local.push(localHeader);
    offset += localHeader.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
