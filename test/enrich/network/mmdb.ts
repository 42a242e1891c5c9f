import ipaddr from "ipaddr.js";

/** A whole number of a size that the format tells apart; plain numbers are doubles. */
export interface Uint {
  readonly uint: number;
}

export type Value = string | number | boolean | Uint | readonly Value[] | { readonly [key: string]: Value };

export interface MmdbOptions {
  readonly type: string;
  /** Seconds since 1970. */
  readonly built: number;
  readonly ipVersion: 4 | 6;
  /** Networks in CIDR notation, disjoint, each with its record. IPv4 goes where IPv6 files have it, in ::/96. */
  readonly networks: Readonly<Record<string, Value>>;
  /** Networks whose record is of no type that there is: the file opens, and the reader throws at them. */
  readonly damaged?: readonly string[];
}

const METADATA_MARKER = Buffer.from("abcdef4d61784d696e642e636f6d", "hex");
const SEPARATOR = Buffer.alloc(16);
/** An extended type of number 7 + 200. */
const NO_TYPE = Buffer.from([0x00, 200]);

function control(type: number, size: number): Buffer {
  if (size > 284) throw new Error("too large for a test database");
  const short = Math.min(size, 29);
  const rest = size >= 29 ? [size - 29] : [];
  return type <= 7 ? Buffer.from([(type << 5) | short, ...rest]) : Buffer.from([short, type - 7, ...rest]);
}

function isUint(value: object): value is Uint {
  return "uint" in value;
}

/** A value as the data section has it (MaxMind DB format 2.0, without pointers). */
function encode(value: Value): Buffer {
  if (typeof value === "string") {
    const text = Buffer.from(value);
    return Buffer.concat([control(2, text.length), text]);
  }
  if (typeof value === "number") {
    const double = Buffer.alloc(8);
    double.writeDoubleBE(value);
    return Buffer.concat([control(3, 8), double]);
  }
  if (typeof value === "boolean") return control(14, Number(value));
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map((item) => encode(item))]);
  if (isUint(value)) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value.uint);
    return Buffer.concat([control(6, 4), bytes]);
  }
  const fields = Object.entries(value);
  return Buffer.concat([control(7, fields.length), ...fields.flatMap(([key, item]) => [encode(key), encode(item)])]);
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return Buffer.concat([control(9, 8), bytes]);
}

type Node = [Node | number | undefined, Node | number | undefined];

/** The bits of a network, the first one first. */
function bitsOf(network: string, ipVersion: 4 | 6): number[] {
  const [address, length] = ipaddr.parseCIDR(network);
  const bits = address.toByteArray().flatMap((byte) => {
    return Array.from({ length: 8 }, (_, at) => (byte >> (7 - at)) & 1);
  });
  const own = bits.slice(0, length);
  return ipVersion === 6 && address.kind() === "ipv4" ? [...Array.from({ length: 96 }, () => 0), ...own] : own;
}

/** Writes a MaxMind DB file: the same options give the same bytes. */
export function mmdb({ type, built, ipVersion, networks, damaged = [] }: MmdbOptions): Buffer {
  const root: Node = [undefined, undefined];
  const data: Buffer[] = [];
  let used = 0;
  const records: [string, Buffer][] = Object.entries(networks).map(([network, value]) => [network, encode(value)]);
  for (const [network, bytes] of [...records, ...damaged.map((network) => [network, NO_TYPE] as const)]) {
    const bits = bitsOf(network, ipVersion);
    let node = root;
    for (const [at, bit] of bits.entries()) {
      const side = bit as 0 | 1;
      const next = node[side];
      if (at === bits.length - 1) {
        if (next !== undefined) throw new Error(`${network} overlaps another network`);
        node[side] = used;
      } else {
        if (typeof next === "number") throw new Error(`${network} overlaps another network`);
        node = next ?? (node[side] = [undefined, undefined]);
      }
    }
    data.push(bytes);
    used += bytes.length;
  }
  const nodes: Node[] = [root];
  for (const node of nodes) for (const side of node) if (typeof side === "object") nodes.push(side);
  const tree = Buffer.alloc(nodes.length * 8);
  const numbers = new Map(nodes.map((node, at) => [node, at]));
  for (const [at, node] of nodes.entries()) {
    for (const [side, child] of node.entries()) {
      const value =
        child === undefined
          ? nodes.length
          : typeof child === "number"
            ? nodes.length + SEPARATOR.length + child
            : numbers.get(child)!;
      tree.writeUInt32BE(value, at * 8 + side * 4);
    }
  }
  const metadata = Buffer.concat([
    control(7, 9),
    ...[
      [encode("binary_format_major_version"), encode({ uint: 2 })],
      [encode("binary_format_minor_version"), encode({ uint: 0 })],
      [encode("build_epoch"), uint64(built)],
      [encode("database_type"), encode(type)],
      [encode("description"), encode({ en: "a test" })],
      [encode("ip_version"), encode({ uint: ipVersion })],
      [encode("languages"), encode(["en"])],
      [encode("node_count"), encode({ uint: nodes.length })],
      [encode("record_size"), encode({ uint: 32 })],
    ].flat(),
  ]);
  return Buffer.concat([tree, SEPARATOR, ...data, METADATA_MARKER, metadata]);
}
