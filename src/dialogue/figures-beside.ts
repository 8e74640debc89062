/** Figures of the report that come with something else: they are taken or asked in passing, and the open talk goes on. */
import { readFields } from '../reading/fields';
import { fieldOf } from '../table/definition';
import { askLine } from './asks';
import { splitContested } from './contested';
import { answersOf, understoodLines } from './figures-talk';
import { readingContext, type Scene, withAnswers } from './scene';
import { idle } from './state';
import type { Effect } from './turn';
import { showField } from './wording';

export interface Beside {
  /** The scene with what was taken. */
  readonly scene: Scene;
  readonly effects: readonly Effect[];
  readonly lines: readonly string[];
}

/** Null when the text tells no figure of the report. */
export function takeBeside(scene: Scene, text: string): Beside | null {
  if (text.trim() === '') return null;
  const reading = readFields(text, readingContext(scene, null));
  if (reading.taken.length === 0 && reading.asks.length === 0) return null;
  const { clear, contested } = splitContested(scene, answersOf(scene, idle, { ...reading, allSame: false }));
  const asked = reading.asks.map((ask) => askLine(scene, ask, (key) => fieldOf(scene.definition, key)));
  const kept = contested.map(({ field }) => keptLine(scene, field));
  return {
    scene: withAnswers(scene, clear),
    effects: clear.length > 0 ? [{ kind: 'answer', answers: clear }] : [],
    lines: [...understoodLines(scene, idle, clear, reading), ...kept, ...asked],
  };
}

function keptLine(scene: Scene, field: string): string {
  const theirs = scene.report.draft.get(field);
  return `${theirs?.authorName ?? ''}已填${showField(scene, field, theirs?.value ?? '')}，没有改；要改请单独说一遍。`;
}
