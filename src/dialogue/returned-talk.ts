/** The talk about a report that was sent back: a bare answer goes to the field that was, and 无误 with a reason leaves it. */
import { say } from '../channels/content';
import { readFields } from '../reading/fields';
import { fieldOf } from '../table/definition';
import { nextStep, openOf, reviewReturned } from './next';
import { soundWords } from './returned';
import { openReturns, readingContext, type Scene, withAnswers } from './scene';
import type { DialogueState } from './state';
import { type Handler, turn } from './turn';
import { showValue } from './wording';

/** The state in which a message finds a report that waits for its correction: the bureau has asked for a figure. */
export function awaitingReturned(scene: Scene, state: DialogueState): DialogueState {
  const isBusy = state.asked !== null || state.pending !== null || state.entry !== null;
  const [field] = isBusy ? [] : openReturns(scene);
  return field && !field.derived ? { ...state, open: openOf(scene), asked: field.key } : state;
}

const longestReason = 400;

export const returnedTalk: Handler = (scene, state, text) => {
  const stand = scene.report.returned && !state.entry ? standIn(scene, state, text) : null;
  if (!stand) return null;
  const { fields, words } = stand;
  if (words === '')
    return turn(state, say([`${nowLines(scene, fields)}请写明依据，会转告市局，如“无误，后台统计滞后”。`]));
  const explanation = words.slice(0, longestReason);
  if (fields.length > 0) {
    const answers = fields.map((field) => ({ field, value: null, notApplicable: null, explanation }));
    const { state: next, content } = nextStep(withAnswers(scene, answers), [`已记说明：“${explanation}”。`]);
    return turn(next, content, [{ kind: 'answer', answers }]);
  }
  if (scene.report.returned?.fields.length !== 0) return null;
  const { state: next, content } = reviewReturned(scene, explanation);
  return turn(next, content);
};

/** That figures which were sent back are right as they are. */
interface Stand {
  /** Keys; none where the whole report was sent back. */
  readonly fields: readonly string[];
  /** Why; empty where nothing was said. */
  readonly words: string;
}

function standIn(scene: Scene, state: DialogueState, text: string): Stand | null {
  const words = soundWords(text);
  if (words === null) return repeatIn(scene, state, text);
  return {
    fields: openReturns(scene)
      .slice(0, 1)
      .map(({ key }) => key),
    words,
  };
}

/** 推送还是300，后台统计滞后: the very figures that were sent back, and perhaps why. */
function repeatIn(scene: Scene, state: DialogueState, text: string): Stand | null {
  // An answer to another question of the bot's.
  if (state.pending !== null && state.pending.kind !== 'review') return null;
  const [said = '', ...more] = text.normalize('NFKC').split(/[,，;；。\n]/);
  const words = more.join('，').trim();
  const { taken, asks } = readFields(text, readingContext(scene, state.asked));
  const figures = readFields(said, readingContext(scene, state.asked)).taken;
  const open = openReturns(scene).map(({ key }) => key);
  const filed = scene.report.filed?.values ?? {};
  const isRepeated = taken.every(
    (each) => each.kind === 'value' && open.includes(each.field) && each.value === filed[each.field],
  );
  return isRepeated && asks.length === 0 && figures.length > 0 && figures.length === taken.length
    ? { fields: figures.map(({ field }) => field), words: /\p{Script=Han}{2}/u.test(words) ? words : '' }
    : null;
}

/** 推送中小微仍是300家。 */
function nowLines(scene: Scene, fields: readonly string[]): string {
  const filed = scene.report.filed?.values ?? {};
  const lines = fields.map((key) => {
    const field = fieldOf(scene.definition, key);
    return `${field.short}仍是${filed[key] === undefined ? '未填' : showValue(field, filed[key])}`;
  });
  return lines.length > 0 ? `${lines.join('，')}。` : '';
}
