/** A page's words as a person reads them. */
export function words(markup: string): string {
  return markup
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/\s+/g, " ")
    .replace(/ ([.,;:)])/g, "$1")
    .replace(/\( /g, "(");
}

/** The words of one section. */
export function sectionOf(page: string, id: string): string {
  return words(new RegExp(`<section id="${id}".*?</section>`, "s").exec(page)?.[0] ?? "");
}

/** The words of the rows of the list of all mailboxes. */
export function listedMailboxes(page: string): string[] {
  const overview = /<section id="overview".*?<\/section>/s.exec(page)?.[0] ?? "";
  return [...overview.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([row]) => words(row).trim()).slice(1);
}
