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

function isOwn(domain: string, domains: readonly string[]): boolean {
  return domains.some((own) => domain === own || domain.endsWith(`.${own}`));
}

/** An account name of a guest in somebody else's directory: `name_home.example#EXT#@tenant.example` (Microsoft Entra). */
const GUEST = /^(.+)#EXT#@/i;

/** The domain that a guest is of: what stands behind the last `_`, as that is no part of a domain; empty if nothing does. */
function homeOfGuest(name: string): string {
  const at = name.lastIndexOf("_");
  return at < 0 ? "" : name.slice(at + 1).toLowerCase();
}

/**
 * Whether a recipient is of the organisation.
 *
 * @param recipient a mail address; a name or a directory path gives `unknown`. A guest of the organisation's directory
 *   is of the domain that the account name tells.
 * @param domains the organisation's, in lower case; a domain below one of them is its own as well.
 */
export function sideOf(recipient: string, domains: readonly string[]): Side {
  const guest = GUEST.exec(recipient)?.[1];
  if (guest !== undefined && domains.length > 0) return isOwn(homeOfGuest(guest), domains) ? "inside" : "outside";
  const domain = domainOf(recipient);
  if (domain === "" || domains.length === 0) return "unknown";
  return isOwn(domain, domains) ? "inside" : "outside";
}
