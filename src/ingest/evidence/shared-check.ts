import type { RunningCheck } from "./check-input.ts";
import type { InputCheck } from "./evidence.ts";

/** The check of one input, which all evidence in it shares: starts when first asked for, ends when nobody holds it. */
export interface SharedCheck {
  /** What was found. */
  readonly found: Promise<InputCheck>;
  /** The same for what is UTF-8 by the time it is handed out, being rewritten, unpacked or no text. */
  readonly asText: Promise<InputCheck>;
  hold(): void;
  release(): void;
}

/** Shares a check; whoever creates it holds it already. */
export function sharedCheck(start: () => RunningCheck): SharedCheck {
  let running: RunningCheck | undefined;
  let asText: Promise<InputCheck> | undefined;
  let holders = 1;
  function run(): Promise<InputCheck> {
    running ??= start();
    return running.result;
  }
  return {
    get found() {
      return run();
    },
    get asText() {
      if (asText === undefined) {
        asText = run().then((check) => ({ ...check, utf8: true }));
        // Whoever asks for the result gets the failure; until then it must not end the process.
        asText.catch(() => {});
      }
      return asText;
    },
    hold() {
      holders++;
    },
    release() {
      if (--holders === 0) running?.stop();
    },
  };
}

/** A check that is done. */
export function doneCheck(check: InputCheck): SharedCheck {
  return sharedCheck(() => ({ result: Promise.resolve(check), stop: () => {} }));
}
