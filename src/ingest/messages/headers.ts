import { addressParser, decodeWords } from "postal-mime";
import { escapeControls } from "../evidence/labels.ts";
import type { MailAddress } from "./message-record.ts";

/** A header of a message. A list of them is in the message's order, the topmost first. */
export interface MessageHeader {
  readonly name: string;
  /** Folded or not. */
  readonly value: string;
}

/** The values of the headers of a name, which is given in lower case. */
export function headerValues(headers: readonly MessageHeader[], name: string): string[] {
  return headers.filter((header) => header.name.trim().toLowerCase() === name).map(({ value }) => value);
}

/** The value of the topmost header of a name, which is given in lower case; empty where there is none. */
export function headerValue(headers: readonly MessageHeader[], name: string): string {
  return headers.find((header) => header.name.trim().toLowerCase() === name)?.value ?? "";
}

/** Encoded words in base64 of one charset behind each other. */
const BASE64_WORDS = /=\?([^?\s]+)\?b\?[^?]*\?=(?:\s*=\?\1\?b\?[^?]*\?=)+/gi;

/**
 * Some programs cut a text within a character and pad each part: such words are made one, though RFC 2047, 5 forbids
 * to write them. Words that can be read one by one stay.
 */
function wholeWords(words: string, charset: string): string {
  if (!decodeWords(words).includes("\ufffd")) return words;
  const parts = [...words.matchAll(/\?b\?([^?]*)\?=/gi)].map(([, text = ""]) => Buffer.from(text, "base64"));
  const whole = `=?${charset}?B?${Buffer.concat(parts).toString("base64")}?=`;
  return decodeWords(whole).includes("\ufffd") ? words : whole;
}

/** A value without its folds (RFC 5322, 2.2.3). A TAB, with which many fold, is a blank to mail programs. */
function unfolded(value: string): string {
  return value
    .replaceAll(/\r?\n(?=[ \t])/g, "")
    .replaceAll("\t", " ")
    .replaceAll(BASE64_WORDS, wholeWords);
}

/** The text of a header, unfolded, encoded words (RFC 2047) decoded. */
export function textIn(value: string): string {
  return decodeWords(unfolded(value));
}

/** The mailboxes in an address header (RFC 5322, 3.4), names decoded; those of a group without the group's name. */
export function addressesIn(value: string): MailAddress[] {
  return addressParser(unfolded(value)).flatMap((entry) =>
    entry.group === undefined ? [{ name: entry.name, address: entry.address }] : entry.group,
  );
}

/**
 * The ID in a Message-ID header: what stands in angle brackets, without the white space of folds, and they; else all of
 * it. Some programs write it as encoded words, as they do with any header that is too long for a line.
 */
export function messageIdIn(value: string): string {
  const text = textIn(value);
  const open = text.indexOf("<");
  const close = text.indexOf(">", open);
  return open >= 0 && close > open ? text.slice(open, close + 1).replaceAll(/\s+/g, "") : text.trim();
}

/** Headers that a message has once (RFC 5322, 3.6) and by which it is told from others. */
const SINGLE_HEADERS = ["From", "Subject", "Message-ID"];

/**
 * A sentence for each header that a message can have once only, but has with different values: programs differ in
 * which of them they show.
 *
 * @param id of the message.
 * @param place the file, with the entry in it where it has several.
 * @param used which of them is taken.
 */
export function doubledHeaders(headers: readonly MessageHeader[], id: string, place: string, used: string): string[] {
  return SINGLE_HEADERS.flatMap((name) => {
    const values = new Set(headerValues(headers, name.toLowerCase()).map((value) => textIn(value).trim()));
    return values.size < 2
      ? []
      : [`${escapeControls(id)}: ${place} has ${values.size} different ${name} headers; ${used} is used.`];
  });
}
