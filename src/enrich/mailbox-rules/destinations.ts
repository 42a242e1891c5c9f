/** Where a recipient is: in one of the organisation's domains, elsewhere, or not to be told from its name. */
export type Side = "inside" | "outside" | "unknown";

/** The domain of a mail address, in lower case; empty where the text is none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf("@");
  return at <= 0
    ? ""
    : address
        .slice(at + 1)
        .toLowerCase()
        .replace(/\.$/, "");
}

/**
 * Whether a recipient is of the organisation.
 *
 * @param recipient a mail address; a name or a directory path gives `unknown`.
 * @param domains the organisation's, in lower case; a domain below one of them is its own as well.
 */
export function sideOf(recipient: string, domains: readonly string[]): Side {
  const domain = domainOf(recipient);
  if (domain === "" || domains.length === 0) return "unknown";
  return domains.some((own) => domain === own || domain.endsWith(`.${own}`)) ? "inside" : "outside";
}
