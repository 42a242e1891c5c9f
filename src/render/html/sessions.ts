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

/** Stretches of an address, growing while rows come in order of time. */
export interface StretchBook {
  add(address: string, time: number, deed: Deed): void;
  /** By address, in order of time. */
  readonly stretches: ReadonlyMap<string, Stretch[]>;
}

/** More stretches than this are joined over longer pauses while they are gathered: a bound of memory. */
const MOST = 20_000;

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

/** An empty book; rows of one kind of table after the other may come, each kind in order of time. */
export function newStretchBook(): StretchBook {
  const stretches = new Map<string, Stretch[]>();
  let count = 0;
  let pause = PAUSE;
  return {
    stretches,
    add(address, time, deed) {
      if (address === "" || Number.isNaN(time)) return;
      let own = stretches.get(address);
      if (own === undefined) stretches.set(address, (own = []));
      let last = own.at(-1);
      if (last === undefined || time - last.to > pause || time < last.from) {
        last = newStretch(time);
        own.push(last);
        if (++count > MOST) {
          pause *= 2;
          count = 0;
          for (const [key, list] of stretches) {
            const fewer = joined(list, pause);
            stretches.set(key, fewer);
            count += fewer.length;
          }
          // Where addresses alone are too many, longer pauses help no more.
          if (pause > 1e12) count = -Infinity;
          last = stretches.get(address)?.find((stretch) => stretch.from <= time && stretch.to >= time) ?? last;
        }
      }
      last.to = Math.max(last.to, time);
      last[deed]++;
    },
  };
}
