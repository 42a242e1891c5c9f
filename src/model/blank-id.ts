/** Whether an id is blacked out, as `00000000-0000-0000-0000-000000000000` is, or empty: it says nothing of which one it is. */
export function isBlankId(id: string): boolean {
  // Most ids are told by their first character.
  return id === "" || (/^[0-]/.test(id) && /^[0-]*$/.test(id));
}
