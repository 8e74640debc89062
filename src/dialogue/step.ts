/**
 * (scene, state, message) → new state, what to write, what to say. Pure: a list of handlers, one for each kind of thing a
 * person may say; the first that knows the message decides.
 */
import { formatDue } from '../calendar/periods';
import { say } from '../channels/content';
import { isRestorable } from '../filing/draft';
import { aside } from './asides';
import { conflictTalk } from './conflict';
import { entryTalk } from './entry-talk';
import { askAgain, figuresTalk, takeReading } from './figures-talk';
import { importTalk } from './import-talk';
import { bare, intentOf, startOf } from './intents';
import { listTalk, removalTalk } from './list-talk';
import { canConfirm, nextStep, nothingToConfirm, resumeStep, review, stateOf } from './next';
import { returnedTalk } from './returned-talk';
import { countGiven, digestOf, lastValues, type Scene, valuesIn, withAnswers } from './scene';
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
  if (state.pending?.kind !== 'review') return isPlainYes(text) ? null : simple(nextStep(scene));
  // 对 after something else was said in between may be about that.
  if (state.misses && isPlainYes(text)) return simple(review(scene));
  if (state.pending.digest !== digestOf(scene)) {
    const { state: next, content } = nextStep(scene);
    return turn(next, preceded(['草稿刚才有改动，请再核对一遍。'], content));
  }
  return turn(idle, say([]), [{ kind: 'submit', reason: state.pending.reason ?? null }]);
};

/** 好的 and 可以 confirm a summary that is on the table, nothing else. */
const isPlainYes = (text: string): boolean => !/确认|确定|提交/.test(text);

/** 算了先不填: keep or give up? */
const leave: Handler = (scene, state, text) => {
  const intent = intentOf(text);
  if (state.pending?.kind === 'leave') {
    if (intent === 'save' || intent === 'leave') return save(scene);
    if (intent === 'discard') return discard(scene);
  }
  if (intent === 'save') return save(scene);
  if (intent === 'discard') return scene.report.draft.size > 0 ? discard(scene) : turn(idle, say(['没有草稿。']));
  if (intent === 'deny' && state.pending?.kind === 'review') return notYet(state);
  if (intent !== 'leave') return null;
  if (state.pending?.kind === 'remove') return simple(nextStep(scene, ['好的，没有删除。']));
  if (scene.report.draft.size === 0) return turn(idle, say(['好的，没有记下任何内容。要报时回“上报”。']));
  const { given } = countGiven(scene);
  return turn(
    stateOf(scene, { asked: state.asked, pending: { kind: 'leave' } }),
    say([`要存草稿还是放弃？已填${given}项。`], ['存草稿', '放弃']),
  );
};

function notYet(state: DialogueState): Turn {
  const content = say(['好的，尚未提交。要改哪一项直接说；核对好了回“确认”。'], ['确认', '取消']);
  return turn(state, content);
}

function save(scene: Scene): Turn {
  const { given } = countGiven(scene);
  const line = `已存草稿（已填${given}项），尚未提交。随时回“继续”接着填；截止${formatDue(scene.terms)}。`;
  return turn(idle, say([line], ['继续']));
}

function discard({ report }: Scene): Turn {
  const kept = report.filed
    ? `更正草稿已放弃，已报的（${report.filed.receipt}）不变。`
    : '草稿已放弃，没有提交任何数据。';
  const content = say([`${kept}24小时内回“恢复草稿”可以找回。`], ['恢复草稿', '上报']);
  return turn(idle, content, [{ kind: 'discard' }]);
}

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
  if (!isWords(reason) || intentOf(text) || isQuestion(text)) return simple(nextStep(scene));
  const current = scene.report.draft.get(field);
  const answer = { field, value: current?.value ?? null, notApplicable: null, explanation: reason };
  const after = withAnswers(scene, [answer]);
  const { state: next, content } = nextStep(after, [`已记说明：“${reason}”。`]);
  return turn(next, content, [{ kind: 'answer', answers: [answer] }]);
};

const isQuestion = (text: string): boolean =>
  /[?？]\s*$|^(为什么|为啥|怎么|什么|谁|哪)|(吗|呢)[。.]?$/.test(text.trim());

/** A reason has words; bare figures are an answer to something else. */
const isWords = (text: string): boolean =>
  /\p{Letter}{2,}/u.test(text.replace(/[零〇一二两三四五六七八九十百千万廿家件项个户]/gu, ' '));

const isSame = (text: string): boolean =>
  /^(不变|没变|没变化|无变化|同上月|照旧|一样|和上月一样|跟上月一样)$/.test(bare(text));

const isBareNumber = (text: string): boolean =>
  /^[\d,，.零〇一二两三四五六七八九十百千万廿]+[家件项个户]?$/.test(bare(text));

/** 本月没变化: last month's figures for everything that is open. */
const unchanged: Handler = (scene, state, text) => {
  if (intentOf(text) !== 'unchanged') return null;
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
  leave,
  conflictTalk,
  confirm,
  resume,
  restore,
  unchanged,
  aside,
  explain,
  listTalk,
  figuresTalk,
];
