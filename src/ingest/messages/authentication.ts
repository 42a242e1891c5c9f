import { escapeControls } from "../evidence/labels.ts";
import { type MethodResult, parseAuthenticationResults } from "./authentication-results.ts";
import { headerValue, type MessageHeader } from "./headers.ts";

/** What the server that received a message says of its origin. Result words are lower-case and empty where not said. */
export interface Authentication {
  readonly spf: string;
  /** Which header says so. */
  readonly spfFrom: "Authentication-Results" | "Received-SPF" | "";
  /** `pass` where any signature passes, else the first result. Whether it is the sender's domain is DMARC's question. */
  readonly dkim: string;
  /** Every signature in order, with the domain that signed (`header.d`, else the domain of `header.i`). */
  readonly dkimResults: readonly { readonly result: string; readonly domain: string }[];
  /** Exchange Online also says `bestguesspass`: would pass if the domain had a policy. */
  readonly dmarc: string;
  /** Exchange Online's composite authentication, and its code such as `001`. */
  readonly compauth: string;
  readonly compauthReason: string;
  /** Whether the receiver found a sound ARC chain: `pass` beside `dmarc` fail means that it may have overridden it. */
  readonly arc: string;
  /** Who says so; empty for Exchange Online, which does not name itself. */
  readonly authservId: string;
  /** What cannot be read or contradicts itself, in words. */
  readonly problems: readonly string[];
  /** The headers that all this is from, each with its name. */
  readonly evidence: readonly string[];
}

const RESULTS_HEADER = "authentication-results";
const PASSES = new Set(["pass", "bestguesspass"]);

/**
 * Chooses what the receiver itself says from all headers of a message. Every server puts its headers on top of those
 * it received, so the topmost Authentication-Results is the receiver's own; what stands below may have been written by
 * the sender. A further one is the receiver's too where it bears the same authserv-id and no Received header stands
 * between them (filters of one server write one each; RFC 8601, 5, has it remove those that came with the message);
 * it adds methods that the ones above do not mention and never replaces one. A header without authserv-id, as those of
 * Exchange Online, stands alone.
 *
 * Where one header gives SPF, DMARC or compauth several times, the result that is no pass counts. SPF alone is taken
 * from Received-SPF (RFC 7208, 9.1) where Authentication-Results does not mention it. ARC-Authentication-Results are
 * claims of earlier servers that only the seal could prove, and are not used.
 *
 * @param headers of one message, the topmost first.
 */
export function authenticationOf(headers: readonly MessageHeader[]): Authentication {
  const names = headers.map(({ name }) => name.trim().toLowerCase());
  const problems: string[] = [];
  const evidence: string[] = [];
  const take = ({ name, value }: MessageHeader) => evidence.push(`${name}: ${value}`);

  const results: MethodResult[] = [];
  let authservId = "";
  const top = names.indexOf(RESULTS_HEADER);
  for (const [at, header] of headers.entries()) {
    if (top < 0 || at < top) continue;
    if (names[at] === "received") break;
    if (names[at] !== RESULTS_HEADER) continue;
    const said = parseAuthenticationResults(header.value);
    if (at === top) authservId = said.authservId;
    else if (authservId === "" || said.authservId.toLowerCase() !== authservId.toLowerCase()) break;
    const known = new Set(results.map(({ method }) => method));
    const added = said.results.filter(({ method }) => !known.has(method));
    if (at !== top && added.length === 0) continue;
    for (const result of added) results.push(result);
    for (const problem of said.problems) problems.push(problem);
    take(header);
  }

  /** The one result of a method that may have only one. */
  function only(method: string, candidates: readonly MethodResult[]): MethodResult | undefined {
    const words = [...new Set(candidates.map(({ result }) => result))];
    if (words.length > 1) {
      const shown = words.slice(0, 5).join(", ");
      problems.push(`The receiver says ${method} more than once: ${shown}. What is no pass counts.`);
    }
    return candidates.find(({ result }) => !PASSES.has(result)) ?? candidates[0];
  }

  const of = (method: string) => results.filter((result) => result.method === method);
  const spfResults = of("spf");
  // The result for the HELO name says nothing of the sender's address.
  const ofSender = spfResults.filter(({ properties }) => properties.some(({ name }) => name === "mailfrom"));
  let spf = only("spf", ofSender.length > 0 ? ofSender : spfResults)?.result ?? "";
  let spfFrom: Authentication["spfFrom"] = spf === "" ? "" : "Authentication-Results";
  if (spf === "") {
    const received = receivedSpf(headers, names, top);
    if (received !== undefined) {
      spf = received.result;
      spfFrom = "Received-SPF";
      take(received.header);
    }
  }
  const dkim = of("dkim");
  const dmarc = only("dmarc", of("dmarc"));
  const compauth = only("compauth", of("compauth"));
  if (top < 0) problems.push(...onlyArc(headers));
  return {
    spf,
    spfFrom,
    dkim: dkim.some(({ result }) => result === "pass") ? "pass" : (dkim[0]?.result ?? ""),
    dkimResults: dkim.map((signature) => ({ result: signature.result, domain: signingDomain(signature) })),
    dmarc: dmarc?.result ?? "",
    compauth: compauth?.result ?? "",
    compauthReason: compauth?.reason ?? "",
    arc: arcOf(only("arc", of("arc")), dmarc, compauth),
    authservId,
    problems,
    evidence,
  };
}

function signingDomain({ properties }: MethodResult): string {
  const header = (wanted: string) => properties.find(({ type, name }) => type === "header" && name === wanted)?.value;
  const identity = header("i") ?? "";
  return header("d") ?? identity.slice(identity.lastIndexOf("@") + 1);
}

/**
 * Google says so in a comment: `dmarc=fail (p=REJECT dis=NONE arc=pass)`. Exchange Online gives compauth the reason 130
 * where ARC overrode a failure of DMARC (Microsoft Learn, "Configure trusted ARC sealers").
 */
function arcOf(
  arc: MethodResult | undefined,
  dmarc: MethodResult | undefined,
  compauth: MethodResult | undefined,
): string {
  if (arc !== undefined) return arc.result;
  const inComment = /(?:^|\s)arc=([a-z]+)/i.exec(dmarc?.comments.join(" ") ?? "")?.[1];
  if (inComment !== undefined) return inComment.toLowerCase();
  return compauth?.result === "pass" && compauth.reason === "130" ? "pass" : "";
}

/**
 * The topmost Received-SPF; of several that stand together, the first that is not of the HELO name alone. One below a
 * Received header that is below the receiver's Authentication-Results is of an earlier server.
 */
function receivedSpf(
  headers: readonly MessageHeader[],
  names: readonly string[],
  top: number,
): { readonly result: string; readonly header: MessageHeader } | undefined {
  let ofHelo: { readonly result: string; readonly header: MessageHeader } | undefined;
  for (const [at, header] of headers.entries()) {
    if (names[at] === "received" && (ofHelo !== undefined || (top >= 0 && at > top))) break;
    if (names[at] !== "received-spf") continue;
    // Its grammar is near enough: a result, comments, then pairs behind blanks or semicolons.
    const { results } = parseAuthenticationResults(`spf=${header.value.trimStart()}`);
    const [first] = results;
    if (first === undefined || first.method !== "spf") return ofHelo;
    const found = { result: first.result, header };
    if (!isOfHelo(results)) return found;
    ofHelo ??= found;
  }
  return ofHelo;
}

function isOfHelo(results: readonly MethodResult[]): boolean {
  return results.some(
    ({ method, result, properties }) =>
      (method === "identity" && result === "helo") ||
      properties.some(({ name, value }) => name === "identity" && value.toLowerCase() === "helo"),
  );
}

function onlyArc(headers: readonly MessageHeader[]): string[] {
  const value = headerValue(headers, "arc-authentication-results");
  if (value === "") return [];
  const { authservId, instance } = parseAuthenticationResults(value);
  const who = authservId === "" ? "nobody named" : escapeControls(authservId.slice(0, 100));
  return [
    `Only ARC-Authentication-Results are there (i=${instance ?? "?"}, by ${who}): the claim of a server on the way, ` +
      `which was not used.`,
  ];
}
