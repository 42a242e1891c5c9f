/** What a label is made of: the parts of the input's path as it was given, of which the label shows the last `shown`. */
export interface LabelParts {
  /** Parts of the path; only one part for an input without a path, such as standard input. */
  readonly parts: readonly string[];
  shown: number;
}

/** Writes control characters (C0, DEL, C1) as \xHH, so that a file name cannot break a line or a terminal. */
export function escapeControls(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return name.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  });
}

/**
 * Keeps labels apart that are asked for more than once: the second `a` becomes `a#2`, and so on.
 *
 * @param labels in their order, which decides who keeps the plain label.
 * @returns as many labels, all different.
 */
export function numberRepeats(labels: readonly string[]): string[] {
  const taken = new Set(labels);
  const seen = new Set<string>();
  return labels.map((label) => {
    if (!seen.has(label)) {
      seen.add(label);
      return label;
    }
    let count = 2;
    while (taken.has(`${label}#${count}`)) count++;
    taken.add(`${label}#${count}`);
    return `${label}#${count}`;
  });
}

/**
 * Gives each input a label of its own: where two are equal, each shows one more of the folders that it was given with, until
 * they differ. What stays equal is numbered.
 *
 * @param inputs changed in place: `shown` grows.
 */
export function tellApart(inputs: readonly LabelParts[]): string[] {
  const labels = inputs.map(labelOf);
  for (;;) {
    const groups = new Map<string, number[]>();
    labels.forEach((label, at) => {
      const group = groups.get(label);
      if (group === undefined) groups.set(label, [at]);
      else group.push(at);
    });
    let grown = false;
    for (const group of groups.values()) {
      const paths = new Set(group.map((at) => inputs[at]?.parts.join("/")));
      if (paths.size < 2) continue;
      for (const at of group) {
        const input = inputs[at];
        if (input === undefined || input.shown >= input.parts.length) continue;
        input.shown++;
        labels[at] = labelOf(input);
        grown = true;
      }
    }
    if (!grown) return numberRepeats(labels);
  }
}

function labelOf(input: LabelParts): string {
  return input.parts.slice(-input.shown).join("/");
}
