/** What the bot wants to know next, and the summary once it knows everything. */
import { type Block, type Content, figures, heading, list, say } from '../channels/content';
import { explanationsIn } from '../filing/report';
import { hasChanges } from '../filing/submit';
import { type FieldDefinition, fieldOf } from '../table/definition';
import { exampleOfCorrection } from './corrections/correction-words';
import { exampleChange } from './examples';
import { askReturned, awaitsAnswer, showResubmission } from './returned';
import { digestOf, missingIn, openComplaints, type Scene, valuesIn } from './scene';
import type { DialogueState, OpenReport } from './state';
import {
  asOfLine,
  choicesOf,
  derivedLine,
  figureLines,
  givenLine,
  preceded,
  questionOf,
  reportName,
  showField,
  showValue,
} from './wording';

export interface Next {
  readonly state: DialogueState;
  readonly content: Content;
}

/** The next question of the report: an unexplained figure, else the first missing field, else the summary. */
export function nextStep(scene: Scene, before: readonly (Block | string)[] = []): Next {
  const { state, content } = decide(scene);
  return { state, content: preceded(before, content) };
}

function decide(scene: Scene): Next {
  if (scene.report.status === 'accepted') return { state: stateOf(scene), content: nothingToConfirm(scene) };
  const [complaint] = openComplaints(scene);
  if (complaint?.level === 'soft') return askReason(scene, complaint.field, complaint.text);
  const [missing] = missingIn(scene);
  if (missing) return askField(scene, missing);
  if (complaint) return stuck(scene, complaint.text);
  return awaitsAnswer(scene) ? askForReturned(scene) : review(scene);
}

export const openOf = (scene: Scene): OpenReport => ({
  unitId: scene.unit.id,
  table: scene.definition.name,
  period: scene.terms.period,
});

export const stateOf = (scene: Scene, rest: Partial<DialogueState> = {}): DialogueState => ({
  version: 1,
  open: openOf(scene),
  asked: null,
  pending: null,
  entry: null,
  ...rest,
});

export function askField(scene: Scene, field: FieldDefinition): Next {
  return {
    state: stateOf(scene, { asked: field.key }),
    content: say([questionOf(scene, field)], choicesOf(scene, field)),
  };
}

function askReason(scene: Scene, field: string, complaint: string): Next {
  return {
    state: stateOf(scene, { pending: { kind: 'explain', field } }),
    content: say([`${complaint}。请改数，或回复原因。`]),
  };
}

/** A rule that no reason can mend. */
function stuck(scene: Scene, complaint: string): Next {
  return { state: stateOf(scene), content: say([`还不能提交：${complaint}。请改正后再确认。`]) };
}

function askForReturned(scene: Scene): Next {
  const { asked, content } = askReturned(scene);
  return { state: stateOf(scene, { asked }), content };
}

/** Whether 确认 would file anything: a change, or the answer to what was sent back. */
export function canConfirm({ unit, definition, terms, report }: Scene): boolean {
  return report.returned !== null || hasChanges({ unitId: unit.id, definition, period: terms.period }, report);
}

/** The summary with every difference; 确认 after it writes. */
export function review(scene: Scene): Next {
  if (!canConfirm(scene)) return { state: stateOf(scene), content: nothingToConfirm(scene) };
  if (scene.report.returned) return reviewReturned(scene);
  const reasons = [...explanationsIn(scene.report)].map(
    ([field, reason]) => `${fieldOf(scene.definition, field).short}：${reason}`,
  );
  const derived = derivedLine(scene);
  const blocks: (Block | string)[] = [
    heading(`${reportName(scene)} ${scene.report.filed ? '更正（尚未提交）' : '汇总（尚未提交）'}`),
    ...correctedLine(scene),
    figures(figureLines(scene)),
    ...(derived ? [`${asOfLine(scene)}；${derived}。`] : [`${asOfLine(scene)}。`]),
    ...(reasons.length > 0 ? ['说明：', list(reasons)] : []),
    ...othersLine(scene),
    `核对无误请回“确认”提交；要改直接说，如“${exampleChange(scene)}”。`,
  ];
  return {
    state: stateOf(scene, { pending: { kind: 'review', digest: digestOf(scene) } }),
    content: say(blocks, ['确认', { label: '先不提交', text: '取消' }]),
  };
}

/** Only what changed: everything else was confirmed before. `reason` is said of the report as a whole. */
export function reviewReturned(scene: Scene, reason?: string): Next {
  const given = [...scene.report.draft].flatMap(([key, { explanation }]) =>
    explanation === null ? [] : [`${fieldOf(scene.definition, key).short}：${explanation}`],
  );
  const reasons = reason === undefined ? given : [...given, reason];
  const blocks: (Block | string)[] = [
    heading(`${reportName(scene)} 退回修改（尚未提交）`),
    showResubmission(scene),
    ...(reasons.length > 0 ? ['说明：', list(reasons)] : []),
    ...othersLine(scene),
    '核对无误请回“确认”重新提交；要改直接说。',
  ];
  const pending = { kind: 'review', digest: digestOf(scene), ...(reason === undefined ? {} : { reason }) } as const;
  return { state: stateOf(scene, { pending }), content: say(blocks, ['确认', { label: '先不提交', text: '取消' }]) };
}

/** 与已报的第1版（GS-202506-01）相比：企业27家→28家 */
function correctedLine(scene: Scene): readonly string[] {
  const { filed } = scene.report;
  if (!filed) return [];
  const values = valuesIn(scene);
  const changed = scene.definition.fields.filter(({ key }) => values[key] !== filed.values[key]);
  const show = (key: string, value: string | undefined) =>
    value === undefined ? '未填' : showValue(fieldOf(scene.definition, key), value);
  const lines = changed.map(({ key, short }) => `${short}${show(key, filed.values[key])}→${show(key, values[key])}`);
  return [`已报第${filed.number}版（${filed.receipt}）；更正：${lines.join('、') || '说明'}。`];
}

/** 其中李四填的：企业28家 */
function othersLine(scene: Scene): readonly string[] {
  const others = [...scene.report.draft].filter(
    ([, answer]) => answer.authorId !== scene.person.id && answer.value !== null,
  );
  const names = [...new Set(others.map(([, answer]) => answer.authorName))];
  return names.map((name) => {
    const theirs = others.filter(([, answer]) => answer.authorName === name);
    return `其中${name}填的：${theirs.map(([key, answer]) => showField(scene, key, answer.value ?? '')).join('、')}。`;
  });
}

export function nothingToConfirm(scene: Scene): Content {
  const receipt = scene.report.filed?.receipt ?? '';
  if (scene.report.status === 'accepted') {
    const example = `要改请申请更正，如“${exampleOfCorrection(scene)}”。`;
    const lists = scene.lists.map(({ short }) => short).join('、');
    const later = lists === '' ? '' : `${lists}的变动计入以后各期。`;
    return say([`${reportName(scene)}（${receipt}）已审核通过。${example}${later}`]);
  }
  return say([`本期已提交（${receipt}），未重复提交。要更正请直接说改哪一项。`]);
}

/** Where the draft stands, then the open question: for 继续 and 上报 over a draft. */
export function resumeStep(scene: Scene): Next {
  const missing = missingIn(scene).map((field) => field.short);
  const left = missing.length > 0 ? `，还剩：${missing.join('、')}` : '';
  const standing = `${reportName(scene)}草稿：${givenLine(scene)}${left}。`;
  return nextStep(scene, [...togetherLine(scene), standing]);
}

/** 张三正在填，可以一起填 */
function togetherLine(scene: Scene): readonly string[] {
  const others = [...scene.report.draft.values()].filter((answer) => answer.authorId !== scene.person.id);
  const names = [...new Set(others.map((answer) => answer.authorName))];
  if (names.length === 0) return [];
  return [`${names.join('、')}正在填，已填${others.length}项；可以一起填，您接着答即可。`];
}
