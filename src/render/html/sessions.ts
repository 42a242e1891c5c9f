import { grown, growColumns } from "../../model/columns.ts";

/** What was done in a stretch of time from one address. Times are milliseconds UTC. */
export interface Stretch {
  from: number;
  to: number;
  logons: number;
  failed: number;
  reads: number;
  searches: number;
  attachments: number;
  /** Messages written, answered, forwarded, sent. */
  messages: number;
  others: number;
}

export type Deed = "logons" | "failed" | "reads" | "searches" | "attachments" | "messages" | "others";

/** A pause that ends a stretch, in milliseconds. */
export const PAUSE = 30 * 60_000;

/** Stretches by address, growing while rows come in order of time. They lie outside of V8's heap. */
export interface StretchBook {
  /** Notes a row; `deed` is one of those that the book is for. */
  add(address: string, time: number, deed: Deed): void;
  /** In the order in which they first came. */
  addresses(): Iterable<string>;
  /** How many rows an address has. */
  rowsOf(address: string): number;
  /** Those of an address in the order in which they came, made anew each time. */
  stretchesOf(address: string): Stretch[];
}

/** More stretches than this are joined over longer pauses while they are gathered: a bound of memory. */
const MOST = 20_000;
/** A pause of 32 years: where addresses alone are too many, longer pauses help no more. */
const LONGEST_PAUSE = 1e12;
const FIRST_CAPACITY = 64;

function newStretch(time: number): Stretch {
  return {
    from: time,
    to: time,
    logons: 0,
    failed: 0,
    reads: 0,
    searches: 0,
    attachments: 0,
    messages: 0,
    others: 0,
  };
}

function swallow(into: Stretch, other: Stretch): void {
  into.from = Math.min(into.from, other.from);
  into.to = Math.max(into.to, other.to);
  into.logons += other.logons;
  into.failed += other.failed;
  into.reads += other.reads;
  into.searches += other.searches;
  into.attachments += other.attachments;
  into.messages += other.messages;
  into.others += other.others;
}

/** The same stretches with those joined that are no further apart than `pause`. */
export function joined(stretches: readonly Stretch[], pause: number): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1);
    if (last !== undefined && stretch.from - last.to <= pause) swallow(last, stretch);
    else result.push({ ...stretch });
  }
  return result;
}

/** An empty book for rows of these deeds, which come in order of time. */
export function newStretchBook(deeds: readonly Deed[]): StretchBook {
  const columns = {
    from: new Float64Array(FIRST_CAPACITY),
    to: new Float64Array(FIRST_CAPACITY),
    /** The number of the address's next stretch, where it has one. */
    next: new Uint32Array(FIRST_CAPACITY),
  };
  /** Rows by stretch and deed. */
  let rows = new Uint32Array(FIRST_CAPACITY * deeds.length);
  const chains = new Map<string, { readonly first: number; last: number }>();
  let count = 0;
  let most = MOST;
  let pause = PAUSE;

  const rowsAt = (stretch: number, deed: number) => rows[stretch * deeds.length + deed] as number;
  function* stretchNumbers(address: string): Generator<number> {
    const chain = chains.get(address);
    if (chain === undefined) return;
    for (let at = chain.first; ; at = columns.next[at] as number) {
      yield at;
      if (at === chain.last) return;
    }
  }
  const stretchesOf = (address: string): Stretch[] =>
    [...stretchNumbers(address)].map((at) => {
      const stretch = newStretch(columns.from[at] as number);
      stretch.to = columns.to[at] as number;
      for (const [place, deed] of deeds.entries()) stretch[deed] = rowsAt(at, place);
      return stretch;
    });
  /** Puts an empty stretch behind those of its address; returns its number. */
  const put = (address: string, from: number, to: number): number => {
    const at = count++;
    if (at === columns.from.length) {
      const capacity = Math.ceil(at * 1.5);
      growColumns(columns, ["from", "to", "next"], capacity);
      rows = grown(rows, capacity * deeds.length);
    }
    columns.from[at] = from;
    columns.to[at] = to;
    const chain = chains.get(address);
    if (chain === undefined) chains.set(address, { first: at, last: at });
    else chain.last = columns.next[chain.last] = at;
    return at;
  };
  /** Joins all stretches over a pause twice as long. */
  const joinAll = () => {
    pause *= 2;
    const fewer = [...chains.keys()].map((address) => [address, joined(stretchesOf(address), pause)] as const);
    chains.clear();
    rows.fill(0);
    count = 0;
    for (const [address, stretches] of fewer) {
      for (const stretch of stretches) {
        const at = put(address, stretch.from, stretch.to);
        for (const [place, deed] of deeds.entries()) rows[at * deeds.length + place] = stretch[deed];
      }
    }
    if (pause > LONGEST_PAUSE) most = Infinity;
  };
  const covering = (address: string, time: number): number | undefined => {
    for (const at of stretchNumbers(address)) {
      if ((columns.from[at] as number) <= time && (columns.to[at] as number) >= time) return at;
    }
    return undefined;
  };
  return {
    addresses: () => chains.keys(),
    rowsOf(address) {
      let sum = 0;
      for (const at of stretchNumbers(address)) {
        for (let place = 0; place < deeds.length; place++) sum += rowsAt(at, place);
      }
      return sum;
    },
    stretchesOf,
    add(address, time, deed) {
      if (address === "" || Number.isNaN(time)) return;
      let at = chains.get(address)?.last;
      if (at === undefined || time - (columns.to[at] as number) > pause || time < (columns.from[at] as number)) {
        at = put(address, time, time);
        if (count > most) {
          joinAll();
          at = covering(address, time) ?? at;
        }
      }
      if (time > (columns.to[at] as number)) columns.to[at] = time;
      const place = at * deeds.length + deeds.indexOf(deed);
      rows[place] = (rows[place] as number) + 1;
    },
  };
}
