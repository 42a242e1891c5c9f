/**
 * What mailboxes are called that no record names: where there are several, with what they were read from.
 *
 * @param unnamed the inputs of each of them, as Source File prints them.
 * @returns one label each, in their order, all different: an input has rows of one of them at most.
 */
export function unnamedLabels(unnamed: readonly (readonly string[])[]): string[] {
  return unnamed.map(([first = "", ...more]) => {
    const which = more.length > 0 ? `${first} and ${more.length} more` : first;
    return unnamed.length === 1 ? "unnamed mailbox" : `unnamed mailbox (${which})`;
  });
}
