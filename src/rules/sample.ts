/**
 * So many of a list at most, spread evenly over all of it.
 *
 * @param most above 0.
 */
export function sampleOf<T>(all: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, all.length / most);
  return all.filter((_one, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

/** What a share is of, in words: `3 of 50 messages`, and where these are a sample, of how many: `, a sample of 200,`. */
export function shareOfSample(found: number, sample: number, all: number, what: string): string {
  return `${found} of ${sample} ${what}${sample < all ? `, a sample of ${all},` : ""}`;
}
