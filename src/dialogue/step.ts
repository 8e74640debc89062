/**
 * (scene, state, message) → new state, what to write, what to say. Pure: a list of handlers, one for each kind of thing a
 * person may say; the first that knows the message decides.
 */
import { say } from '../channels/content';
import { isRestorable } from '../filing/draft';
import { aliasesOf } from '../reading/field-names';
import { agree, amendTalk } from './amend-talk';
import { aside } from './asides';
import { conflictTalk } from './conflict';
import { entryTalk } from './entries/entry-talk';
import { listTalk, removalTalk } from './entries/list-talk';
import { askAgain, figuresTalk, takeReading } from './figures-talk';
import { importTalk } from './imports/import-talk';
import { bare, intentOf, startOf } from './intents';
import { leaveTalk } from './leave-talk';
import { canConfirm, type Next, nextStep, nothingToConfirm, resumeStep, review, stateOf } from './next';
import { returnedTalk } from './returned-talk';
import { digestOf, lastValues, missingIn, type Scene, valuesIn, withAnswers } from './scene';
import { type DialogueState, idle } from './state';
import { type Handler, type Turn, turn } from './turn';
import { asOfLine, preceded, reportName, showField } from './wording';

/** Null when no handler knows what to make of the message. */
export function step(scene: Scene, state: DialogueState, text: string): Turn | null {
  for (const handle of handlers) {
    const result = handle(scene, state, text);
    if (result) return dropCorrection(state, { ...result, state: keepWaiting(state, result.state) });
  }
  return null;
}

/** What waits to be imported outlives digressions. */
function keepWaiting(before: DialogueState, after: DialogueState): DialogueState {
  return after.waiting === undefined && before.waiting ? { ...after, waiting: before.waiting } : after;
}

/** A request to correct another month is not forgotten without a word. */
function dropCorrection({ correction }: DialogueState, next: Turn): Turn {
  if (!correction || next.state.correction) return next;
  const line = `刚才对${Number(correction.period.slice(5))}月的更正没有提交，要的话请重说。`;
  return { ...next, content: preceded([line], next.content) };
}

/** 上报: opens the report, with figures if they come along. */
const begin: Handler = (scene, state, text) => {
  const rest = startOf(text);
  if (rest === null) return null;
  const begun = beginReport(scene, state, rest);
  const isDropped = state.entry !== null && Object.keys(state.entry.values).length > 0;
  return isDropped
    ? { ...begun, content: preceded(['刚才没说完的项目没有登记，要登记请重新说。'], begun.content) }
    : begun;
};

function beginReport(scene: Scene, state: DialogueState, rest: string): Turn {
  const figures = rest === '' ? null : figuresTalk(scene, { ...state, asked: null, pending: null, entry: null }, rest);
  if (figures) return figures;
  if (scene.report.draft.size > 0) return simple(resumeStep(scene));
  if (scene.report.filed && !canConfirm(scene)) return turn(idle, nothingToConfirm(scene));
  return simple(nextStep(scene, [`${reportName(scene)}，${asOfLine(scene)}。可以逐项答，也可以一次说完。`]));
}

const simple = ({ state, content }: { state: DialogueState; content: Turn['content'] }): Turn => turn(state, content);

/** 确认 writes what the summary showed; a summary that is out of date is shown again instead. */
const confirm: Handler = (scene, state, text) => {
  if (intentOf(text) !== 'confirm') return null;
  const kind = state.pending?.kind;
  if (kind === 'mismatch' || kind === 'conflict') return null;
  if (state.pending?.kind !== 'review') return isPlainYes(text) ? agree(scene, state) : simple(notYetWhole(scene));
  // 对 after something else was said in between may be about that.
  if (state.misses && isPlainYes(text)) return simple(review(scene));
  if (state.pending.digest !== digestOf(scene)) {
    const { state: next, content } = nextStep(scene);
    return turn(next, preceded(['草稿刚才有改动，请再核对一遍。'], content));
  }
  return turn(idle, say([]), [{ kind: 'submit', reason: state.pending.reason ?? null }]);
};

function notYetWhole(scene: Scene): Next {
  const missing = missingIn(scene).length;
  const isBegun = scene.report.draft.size > 0 && missing > 0;
  return nextStep(scene, isBegun ? [`还差${missing}项，填完才能提交。`] : []);
}

/** 好的 and 可以 confirm a summary that is on the table, nothing else. */
const isPlainYes = (text: string): boolean => !/确认|确定|提交/.test(text);

const resume: Handler = (scene, _state, text) => {
  const intent = intentOf(text);
  if (intent === 'resume') {
    if (scene.report.draft.size > 0) return simple(resumeStep(scene));
    return scene.report.filed && !canConfirm(scene) ? turn(idle, nothingToConfirm(scene)) : simple(nextStep(scene));
  }
  if (intent === 'summary') return simple(scene.report.draft.size > 0 ? resumeStep(scene) : nextStep(scene));
  return null;
};

/** 恢复草稿, within a day and while no new draft was begun. What comes back is shown on the next turn. */
const restore: Handler = (scene, _state, text) => {
  if (intentOf(text) !== 'restore') return null;
  if (scene.report.draft.size > 0) return simple(resumeStep(scene));
  if (!isRestorable(scene.report, scene.now)) return turn(idle, say(['没有可以恢复的草稿（放弃后24小时内可恢复）。']));
  return turn(stateOf(scene), say(['草稿已恢复。'], ['继续']), [{ kind: 'restore' }]);
};

/** Free text after 请回复原因 is the reason, unless it brings figures. */
const explain: Handler = (scene, state, text) => {
  if (state.pending?.kind !== 'explain') return null;
  const { field } = state.pending;
  const isFigure = isBareNumber(text) || isSame(text);
  const corrected = figuresTalk(scene, { ...state, pending: null, asked: isFigure ? field : null }, text);
  if (corrected && (isFigure || corrected.effects.length > 0)) return corrected;
  const reason = text.trim().slice(0, 500);
  if (!isWords(withoutNames(scene, reason)) || intentOf(text) || isQuestion(text)) return simple(nextStep(scene));
  const current = scene.report.draft.get(field);
  const answer = { field, value: current?.value ?? null, notApplicable: null, explanation: reason };
  const after = withAnswers(scene, [answer]);
  const { state: next, content } = nextStep(after, [`已记说明：“${reason}”。`]);
  return turn(next, content, [{ kind: 'answer', answers: [answer] }]);
};

const isQuestion = (text: string): boolean =>
  /[?？]\s*$|^(怎么|什么|谁|哪)|为什么|为啥|(吗|呢)[。.]?$/.test(text.trim());

/** 企业2,7 is no reason: the name of a field is none by itself. */
const withoutNames = ({ definition }: Scene, text: string): string =>
  definition.fields
    .flatMap(aliasesOf)
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, name) => left.replace(name, ' '), text);

/** A reason has words; bare figures are an answer to something else. */
const isWords = (text: string): boolean =>
  /\p{Letter}{2,}/u.test(text.replace(/[零〇一二两三四五六七八九十百千万廿家件项个户]/gu, ' '));

const isSame = (text: string): boolean =>
  /^(不变|没变|没变化|无变化|同上月|照旧|一样|和上月一样|跟上月一样)$/.test(bare(text));

const isBareNumber = (text: string): boolean =>
  /^[\d,，.零〇一二两三四五六七八九十百千万廿]+[家件项个户]?$/.test(bare(text));

/** 本月没变化: last month's figures for everything that is open. */
const unchanged: Handler = (scene, state, text) => {
  // 息县没有变化, from who reports for it.
  const said = [scene.unit.name, scene.unit.short].reduce((left, name) => left.replace(name, ''), text);
  if (intentOf(said) !== 'unchanged') return null;
  if (!scene.report.last) return simple(askAgain(scene, state, ['还没有上月的数可以沿用。']));
  const taken = takeReading(scene, state, { taken: [], asks: [], statedDerived: {}, allSame: true, rest: '' });
  const [, month = ''] = scene.report.last.period.split('-');
  return {
    ...taken,
    content: preceded(
      [`将沿用${Number(month)}月定稿的数，截止时点${scene.terms.asOf}。${listNews(scene)}`],
      taken.content,
    ),
  };
};

/** A list that has grown since makes the month a changed one. */
function listNews(scene: Scene): string {
  const [values, last] = [valuesIn(scene), lastValues(scene)];
  const moved = scene.definition.fields.filter(({ key, derived }) => derived !== null && values[key] !== last[key]);
  if (moved.length === 0) return '';
  return `清单有变化，${moved.map(({ key }) => showField(scene, key, values[key] ?? '0')).join('、')}。`;
}

const handlers: readonly Handler[] = [
  importTalk,
  returnedTalk,
  begin,
  removalTalk,
  entryTalk,
  leaveTalk,
  conflictTalk,
  confirm,
  resume,
  restore,
  unchanged,
  amendTalk,
  aside,
  explain,
  listTalk,
  figuresTalk,
];
