/**
 * Two values that stand against each other, put to the person as A and B: another contact's and one's own (scenario 15), what
 * is said of the licences and what their list makes of them (scenario 9). Nothing is overwritten without an answer.
 */
import { type Block, say } from '../channels/content';
import type { Answer } from '../filing/draft';
import type { Reading } from '../reading/reading';
import { fieldOf, type Values } from '../table/definition';
import { stateOf } from './next';
import { type Scene, valuesIn } from './scene';
import type { DialogueState } from './state';
import { type Turn, turn } from './turn';
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

/** The open question of whose value counts is not gone because another field was answered first. */
export function stillContested(scene: Scene, { pending }: DialogueState, { taken }: Reading): readonly Answer[] {
  if (pending?.kind !== 'conflict') return [];
  return pending.contested.filter(
    (answer) => isContested(scene, answer) && !taken.some(({ field }) => field === answer.field),
  );
}

export interface Mismatch {
  readonly field: string;
  readonly stated: string;
}

/** A stated figure that the list does not bear out, from this message or from before. */
export function findMismatch(scene: Scene, { pending }: DialogueState, { statedDerived }: Reading): Mismatch | null {
  const before: Values = pending?.kind === 'mismatch' ? { [pending.field]: pending.stated } : {};
  const values = valuesIn(scene);
  const wrong = Object.entries({ ...before, ...statedDerived }).find(([key, stated]) => values[key] !== stated);
  return wrong ? { field: wrong[0], stated: wrong[1] } : null;
}

/** 项目清单是15项，您说16项 (the list is what counts; both ways out are offered). */
export function askMismatch(scene: Scene, { field: key, stated }: Mismatch, before: readonly (Block | string)[]): Turn {
  const field = fieldOf(scene.definition, key);
  const list = scene.lists.find((each) => each.name === field.derived?.list);
  const kept = valuesIn(scene)[key] ?? '0';
  const [a, b] = [
    lacksEntries(scene, { field: key, stated }) ? '补登项目' : '改清单',
    `以清单${showValue(field, kept)}为准`,
  ];
  const content = say(
    [
      ...before,
      `${list?.short ?? '清单'}的${showField(scene, key, kept)}，您说${showValue(field, stated)}。`,
      `A ${a}${a === '改清单' ? '（删除或改多出来的项目）' : ''}；B ${b}。`,
    ],
    [
      { label: `A ${a}`, text: 'A' },
      { label: `B 以${showValue(field, kept)}为准`, text: 'B' },
    ],
  );
  return turn(stateOf(scene, { pending: { kind: 'mismatch', field: key, stated } }), content);
}

/** More is said than the list has; otherwise something in the list is too much. */
export const lacksEntries = (scene: Scene, { field, stated }: Mismatch): boolean =>
  Number(stated) > Number(valuesIn(scene)[field] ?? '0');
