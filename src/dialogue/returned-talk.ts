/** The talk about a report that was sent back: a bare answer goes to the field that was, and 无误 with a reason leaves it. */
import { say } from '../channels/content';
import { nextStep, openOf, reviewReturned } from './next';
import { soundWords } from './returned';
import { openReturns, type Scene, withAnswers } from './scene';
import type { DialogueState } from './state';
import { type Handler, turn } from './turn';

/** The state in which a message finds a report that waits for its correction: the bureau has asked for a figure. */
export function awaitingReturned(scene: Scene, state: DialogueState): DialogueState {
  const isBusy = state.asked !== null || state.pending !== null || state.entry !== null;
  const [field] = isBusy ? [] : openReturns(scene);
  return field && !field.derived ? { ...state, open: openOf(scene), asked: field.key } : state;
}

const longestReason = 400;

export const returnedTalk: Handler = (scene, state, text) => {
  const { returned } = scene.report;
  const words = returned && !state.entry ? soundWords(text) : null;
  if (words === null) return null;
  if (words === '') return turn(state, say(['请写明依据，会转告市局，如“无误，后台统计滞后”。']));
  const explanation = words.slice(0, longestReason);
  const [field] = openReturns(scene);
  if (field) {
    const answer = { field: field.key, value: null, notApplicable: null, explanation };
    const { state: next, content } = nextStep(withAnswers(scene, [answer]), [`已记说明：“${explanation}”。`]);
    return turn(next, content, [{ kind: 'answer', answers: [answer] }]);
  }
  if (returned?.fields.length !== 0) return null;
  const { state: next, content } = reviewReturned(scene, explanation);
  return turn(next, content);
};
