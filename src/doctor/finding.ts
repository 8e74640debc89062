/** What a check found, in the words of whoever runs the service: what is so, and what to do about it. */

/** `note` is worth knowing and breaks nothing. */
export type Mark = 'good' | 'bad' | 'note';

export interface Finding {
  readonly mark: Mark;
  readonly text: string;
  /** What to mend and on which page. */
  readonly advice: string | null;
}

export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

export const good = (text: string): Finding => ({ mark: 'good', text, advice: null });
export const bad = (text: string, advice: string): Finding => ({ mark: 'bad', text, advice });
export const note = (text: string, advice: string | null = null): Finding => ({ mark: 'note', text, advice });

const signs: Readonly<Record<Mark, string>> = { good: '✓', bad: '✗', note: '·' };

/** The section as it is printed. */
export function describeSection({ title, findings }: Section): string {
  const lines = findings.flatMap(({ mark, text, advice }) => [
    `  ${signs[mark]} ${text}`,
    ...(advice === null ? [] : [`    → ${advice}`]),
  ]);
  return [title, ...lines].join('\n');
}

export const isHealthy = (sections: readonly Section[]): boolean =>
  sections.every(({ findings }) => findings.every(({ mark }) => mark !== 'bad'));
