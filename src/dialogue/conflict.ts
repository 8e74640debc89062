/** Two contacts, one draft: a value that somebody else gave is never overwritten without asking (scenario 15). */
import { type Block, say } from '../channels/content';
import type { Answer } from '../filing/draft';
import { fieldOf } from '../table/definition';
import { bare, intentOf } from './intents';
import { nextStep, stateOf } from './next';
import { type Scene, withAnswers } from './scene';
import { type Handler, type Turn, turn } from './turn';
import { showField, showValue } from './wording';

/** The answers that may be written, and those that another contact answered otherwise. */
export function splitContested(
  scene: Scene,
  answers: readonly Answer[],
): { readonly clear: readonly Answer[]; readonly contested: readonly Answer[] } {
  const contested = answers.filter((answer) => isContested(scene, answer));
  return { clear: answers.filter((answer) => !contested.includes(answer)), contested };
}

function isContested(scene: Scene, answer: Answer): boolean {
  const theirs = scene.report.draft.get(answer.field);
  if (!theirs || theirs.authorId === scene.person.id || theirs.value === null) return false;
  return theirs.value !== answer.value;
}

/** 张三已填企业27家，以谁为准？ A 27家 B 28家 */
export function askWhose(scene: Scene, contested: readonly Answer[], before: readonly (Block | string)[]): Turn | null {
  const [first] = contested;
  const theirs = first && scene.report.draft.get(first.field);
  if (!first || !theirs) return null;
  const field = fieldOf(scene.definition, first.field);
  const [a, b] = [
    showValue(field, theirs.value ?? ''),
    first.value === null ? '不适用' : showValue(field, first.value),
  ];
  const question = `${theirs.authorName}已填${showField(scene, field.key, theirs.value ?? '')}，以谁为准？`;
  const content = say(
    [...before, question, `A ${a}　B ${b}`],
    [
      { label: `A ${a}`, text: 'A' },
      { label: `B ${b}`, text: 'B' },
    ],
  );
  return turn(stateOf(scene, { pending: { kind: 'conflict', contested } }), content);
}

export const conflictTalk: Handler = (scene, state, text) => {
  if (state.pending?.kind !== 'conflict') return null;
  const [first, ...others] = state.pending.contested;
  if (!first) return null;
  const mine = intentOf(text) === 'optionB' || isValue(text, first.value);
  const theirs = intentOf(text) === 'optionA' || isValue(text, scene.report.draft.get(first.field)?.value ?? null);
  if (!mine && !theirs) return null;
  const after = mine ? withAnswers(scene, [first]) : scene;
  const effects = mine ? [{ kind: 'answer' as const, answers: [first] }] : [];
  const kept = after.report.draft.get(first.field)?.value;
  const line = `好的，${kept ? showField(after, first.field, kept) : '不适用'}。`;
  const again = askWhose(after, others, [line]);
  if (again) return { ...again, effects };
  const { state: next, content } = nextStep(after, [line]);
  return turn(next, content, effects);
};

const isValue = (text: string, value: string | null): boolean => value !== null && bare(text) === value;
