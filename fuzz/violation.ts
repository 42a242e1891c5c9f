/** Something that must never be, with what was found. */
export class Violation extends Error {
  override readonly name = "Violation";
}

/** @throws Violation with the words, where the condition does not hold. */
export function hold(condition: boolean, words: () => string): asserts condition {
  if (!condition) throw new Violation(words());
}

/**
 * What a run may end with is one sentence for the examiner.
 *
 * @throws Violation where the message is something else.
 */
export function holdSentence(message: string): void {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  const isPlain = !/[\x00-\x1f\x7f-\x9f]/.test(message) && message.length <= 1000;
  hold(
    isPlain && /^[A-Z\d].*[.]$/su.test(message),
    () => `not one sentence: ${JSON.stringify(message.slice(0, 2000))}`,
  );
}
