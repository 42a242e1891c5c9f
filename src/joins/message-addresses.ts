import type { Access, Confidence } from "../model/event.ts";
import { CONFIDENCES } from "../model/event.ts";
import type { NumberList } from "../model/number-list.ts";
import { addNumber, newNumberList } from "../model/number-list.ts";
import { compareRows } from "./order.ts";
import type { Rows } from "./rows.ts";

/** The ways in which content is exposed, the strongest evidence first: the order in which the table lists them. */
export const ACCESSES: readonly Access[] = [
  "opened",
  "attachment-opened",
  "marked-read",
  "bound",
  "folder-synced",
  "mailbox-synced",
];

/** A way in which an address came to a message, and how sure its surest access of that kind is attributed. */
export interface WayOfAddress {
  readonly access: Access;
  readonly confidence: Confidence;
}

/** Accesses of one kind from one address: how sure the surest is attributed, and the row of the first. */
export interface AddressAccess extends WayOfAddress {
  readonly address: string;
  readonly row: number;
}

/** An address that came to a message. */
export interface MessageAddress {
  readonly address: string;
  readonly ways: readonly WayOfAddress[];
  /** How sure the surest access from it is. */
  readonly confidence: Confidence;
}

/** From which addresses the messages of a mailbox were come to; outside of V8's heap. */
export interface MessageAddresses {
  readonly rows: Rows;
  /** By message the head of its list in `links`; 0 where it is empty. */
  readonly head: Uint32Array;
  readonly names: string[];
  readonly numbers: Map<string, number>;
  /**
   * Quadruples from index 4 on: number of an address, position of the next quadruple or 0, how sure each of its ways is,
   * the row of its first access.
   */
  readonly links: NumberList;
  /** Where the links of the message are that was asked for last, by the numbers of addresses, if it has very many. */
  readonly crowd: { message: number; readonly links: Map<number, number> };
}

/** @param messages how many messages there can be. */
export function newMessageAddresses(rows: Rows, messages: number): MessageAddresses {
  const links = newNumberList();
  // One that nothing leads to: 0 is no link.
  addLink(links, 0, 0, 0, 0);
  return {
    rows,
    head: new Uint32Array(messages),
    names: [],
    numbers: new Map(),
    links,
    crowd: { message: -1, links: new Map() },
  };
}

/** Bits for how sure a way is: one more than the number of its confidence, 0 where an address did not come so. */
const SURE_BITS = 3;
const SURE_MASK = (1 << SURE_BITS) - 1;

const sureOf = (sureness: number, way: number) => (sureness >> (way * SURE_BITS)) & SURE_MASK;

function addLink(links: NumberList, address: number, next: number, sureness: number, row: number): number {
  const at = addNumber(links, address);
  addNumber(links, next);
  addNumber(links, sureness);
  addNumber(links, row);
  return at;
}

/** Longer lists are not searched from the head on at every access. */
const LONGEST_SEARCHED = 16;

/** The link of an address that came to a message before; 0 where it did not. */
function findLink({ head, links, crowd }: MessageAddresses, message: number, number: number): number {
  if (crowd.message === message) return crowd.links.get(number) ?? 0;
  let steps = 0;
  for (let at = head[message] as number; at > 0; at = links.values[at + 1] as number) {
    if (links.values[at] === number) return at;
    steps++;
  }
  if (steps < LONGEST_SEARCHED) return 0;
  crowd.message = message;
  crowd.links.clear();
  for (let at = head[message] as number; at > 0; at = links.values[at + 1] as number) {
    crowd.links.set(links.values[at] as number, at);
  }
  return 0;
}

/** Takes accesses to a message; those without an address are passed over. */
export function noteAddress(known: MessageAddresses, message: number, accesses: AddressAccess): void {
  const { access, address, confidence, row } = accesses;
  if (address === "") return;
  const { rows, head, names, numbers, links, crowd } = known;
  let number = numbers.get(address);
  if (number === undefined) {
    number = names.push(address) - 1;
    numbers.set(address, number);
  }
  const way = ACCESSES.indexOf(access);
  const sure = CONFIDENCES.indexOf(confidence) + 1;
  const at = findLink(known, message, number);
  if (at > 0) {
    const before = links.values[at + 2] as number;
    if (sureOf(before, way) < sure) {
      links.values[at + 2] = (before & ~(SURE_MASK << (way * SURE_BITS))) | (sure << (way * SURE_BITS));
    }
    if (compareRows(rows, row, links.values[at + 3] as number) < 0) links.values[at + 3] = row;
    return;
  }
  const added = addLink(links, number, head[message] as number, sure << (way * SURE_BITS), row);
  head[message] = added;
  if (crowd.message === message) crowd.links.set(number, added);
}

/** The ways in which an address came to a message, the strongest evidence first. */
function waysOf(sureness: number): readonly WayOfAddress[] {
  return ACCESSES.flatMap((access, way) => {
    const sure = sureOf(sureness, way);
    return sure === 0 ? [] : [{ access, confidence: CONFIDENCES[sure - 1] as Confidence }];
  });
}

/** The surest of some ways' confidences. */
function surest(ways: readonly WayOfAddress[]): Confidence {
  return CONFIDENCES[Math.max(...ways.map(({ confidence }) => CONFIDENCES.indexOf(confidence)))] as Confidence;
}

/** The addresses that came to a message, in order of the first access from each. */
export function addressesOf({ rows, head, names, links }: MessageAddresses, message: number): MessageAddress[] {
  const met: number[] = [];
  for (let at = head[message] as number; at > 0; at = links.values[at + 1] as number) met.push(at);
  if (met.length > 1) {
    const rowOf = (at: number) => links.values[at + 3] as number;
    met.sort((a, b) => compareRows(rows, rowOf(a), rowOf(b)));
  }
  return met.map((at) => {
    const ways = waysOf(links.values[at + 2] as number);
    return { address: names[links.values[at] as number] as string, ways, confidence: surest(ways) };
  });
}
