import { addressParser } from "postal-mime";
import type { MailAddress } from "./message-record.ts";

/** A header of a message. A list of them is in the message's order, the topmost first. */
export interface MessageHeader {
  readonly name: string;
  /** Folded or not. */
  readonly value: string;
}

/** The value of the topmost header of a name, which is given in lower case; empty where there is none. */
export function headerValue(headers: readonly MessageHeader[], name: string): string {
  return headers.find((header) => header.name.trim().toLowerCase() === name)?.value ?? "";
}

/** The mailboxes in an address header (RFC 5322, 3.4), names decoded; those of a group without the group's name. */
export function addressesIn(value: string): MailAddress[] {
  return addressParser(value).flatMap((entry) =>
    entry.group === undefined ? [{ name: entry.name, address: entry.address }] : entry.group,
  );
}

/** The ID in a Message-ID header: what stands in angle brackets, and they; else all of it. */
export function messageIdIn(value: string): string {
  const open = value.indexOf("<");
  const close = value.indexOf(">", open);
  return open >= 0 && close > open ? value.slice(open, close + 1) : value.trim();
}
