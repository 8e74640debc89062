/** The answers to what the bot would not decide: whose value counts, the list or the figure, and a single reading it offered. */
import type { Answer } from '../filing/draft';
import { fieldOf } from '../table/definition';
import { askMismatch, askWhose, lacksEntries } from './contested';
import { beginEntry } from './entries/entry-talk';
import { showList } from './entries/list-talk';
import { askAgain, takeOffer } from './figures-talk';
import { bare, intentOf } from './intents';
import { nextStep } from './next';
import { type Scene, valuesIn, withAnswers } from './scene';
import type { Pending } from './state';
import { type Handler, type Turn, turn } from './turn';
import { showField, showValue } from './wording';

type Open<Kind extends Pending['kind']> = Extract<Pending, { kind: Kind }>;

export const conflictTalk: Handler = (scene, state, text) => {
  const { pending } = state;
  if (pending?.kind === 'conflict') return answerWhose(scene, pending, text);
  if (pending?.kind === 'mismatch') return answerMismatch(scene, pending, text);
  if (pending?.kind !== 'offer') return null;
  const intent = intentOf(text);
  // 对 after something else was said in between may be about that.
  if (intent === 'confirm' && !state.misses) return takeOffer(scene, state, pending);
  if (intent !== 'deny') return null;
  const { state: next, content } = askAgain(scene, state, ['好的，没有记。']);
  return turn(next, content);
};

/** Neither A nor B, and no answer to anything else either. */
const undecided: ReadonlySet<string | null> = new Set(['confirm', 'deny', 'optionA', 'optionB', 'resume']);

function answerWhose(scene: Scene, { contested }: Open<'conflict'>, text: string): Turn | null {
  const [first, ...others] = contested;
  if (!first) return null;
  const said = bare(text);
  const mine = intentOf(text) === 'optionB' || /^以?我的?为准$/.test(said) || isValue(scene, said, first);
  const before = scene.report.draft.get(first.field)?.value ?? null;
  const theirs = intentOf(text) === 'optionA' || isValue(scene, said, { ...first, value: before });
  if (!mine && !theirs) return undecided.has(intentOf(text)) ? askWhose(scene, contested, ['请先回 A 或 B。']) : null;
  const after = mine ? withAnswers(scene, [first]) : scene;
  const effects = mine ? [{ kind: 'answer' as const, answers: [first] }] : [];
  const kept = after.report.draft.get(first.field)?.value;
  const line = `好的，${kept ? showField(after, first.field, kept) : '不适用'}。`;
  const again = askWhose(after, others, [line]);
  if (again) return { ...again, effects };
  const { state: next, content } = nextStep(after, [line]);
  return turn(next, content, effects);
}

/** 28, 28家, 企业28 or 企业28家 */
function isValue(scene: Scene, said: string, { field: key, value }: Answer): boolean {
  if (value === null) return false;
  const field = fieldOf(scene.definition, key);
  return [value, showValue(field, value)].some((each) => said === each || said === `${field.short}${each}`);
}

/** A or B: the list is wrong, or the list is right. */
function answerMismatch(scene: Scene, pending: Open<'mismatch'>, text: string): Turn | null {
  const intent = intentOf(text);
  if (intent === 'optionA') return mendList(scene, pending);
  if (intent === 'optionB' || /^以?清单(?:的)?(?:\d+项)?(?:为准|的对|是对的)$/.test(bare(text))) {
    const kept = valuesIn(scene)[pending.field] ?? '0';
    const { state, content } = nextStep(scene, [`好的，以清单为准：${showField(scene, pending.field, kept)}。`]);
    return turn(state, content);
  }
  return undecided.has(intent) ? askMismatch(scene, pending, ['请先回 A 或 B。']) : null;
}

function mendList(scene: Scene, pending: Open<'mismatch'>): Turn {
  const { derived } = fieldOf(scene.definition, pending.field);
  const list = scene.lists.find((each) => each.name === derived?.list);
  if (!list) return askMismatch(scene, pending, []);
  if (lacksEntries(scene, pending)) return beginEntry(scene, list, '');
  return showList(scene, list);
}
