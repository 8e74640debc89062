/** What was found, as it is printed. */
import type { Finding, Mark } from '../channels/checkup/finding';

export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

const signs: Readonly<Record<Mark, string>> = { good: '✓', bad: '✗', note: '·' };

export function describeSection({ title, findings }: Section): string {
  const lines = findings.flatMap(({ mark, text, advice }) => [
    `  ${signs[mark]} ${text}`,
    ...(advice === null ? [] : [`    → ${advice}`]),
  ]);
  return [title, ...lines].join('\n');
}

export const isHealthy = (sections: readonly Section[]): boolean =>
  sections.every(({ findings }) => findings.every(({ mark }) => mark !== 'bad'));
