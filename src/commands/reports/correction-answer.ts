/** After 更正 was read back: the reason that is still wanted, 提交, 取消; and 撤回更正 while staff have not decided. */
import { recordAudit } from '../../access/audit';
import { reportedUnits } from '../../access/speaker';
import { termsOf } from '../../calendar/periods';
import { say } from '../../channels/content';
import { correctionBlocks, thingLines } from '../../dialogue/corrections/correction-wording';
import { intentOf, isAboutField, startOf } from '../../dialogue/intents';
import type { CorrectionDraft } from '../../dialogue/state';
import { reportName, reportWords } from '../../dialogue/wording';
import { askCorrection, closeCorrection } from '../../filing/corrections';
import { readFields } from '../../reading/fields';
import type { Command, Outcome, Talk } from '../command';
import { monthOf } from '../meant/period-words';
import { tellStaff } from '../notify';
import { readBack } from './correct';
import { type ClosedReport, loadClosed } from './correction-scene';
import { findWaitingCorrections } from './corrections-waiting';
import { loadScene } from './find-report';

const hidden = { help: '', roles: [], inGroup: false } as const;

/** 提交 and 取消: tried before anything else, since they answer what was just asked. */
export const answerCorrection: Command = {
  ...hidden,
  words: '提交',
  match: (text) => text.length <= 10,
  applies: async ({ text, state }) => Boolean(state.correction) && answerIn(text) !== null,
  async run(talk) {
    const draft = talk.state.correction;
    const state = { ...talk.state, correction: null };
    if (!draft || answerIn(talk.text) === 'cancel') return { content: say(['好的，没有提交更正申请。']), state };
    const closed = await closedOf(talk, draft);
    if (closed?.seen.versionId !== draft.versionId)
      return { content: say(['报告刚刚有变动，没有提交更正。请重新说一遍。']), state };
    return draft.reason === null
      ? { content: readBack(closed, draft) }
      : { ...(await handIn(talk, closed, draft)), state };
  },
};

function answerIn(text: string): 'submit' | 'cancel' | null {
  const intent = intentOf(text);
  if (intent === 'confirm' || /^(?:确认)?提交(?:更正|申请|更正申请)?$/.test(text.trim())) return 'submit';
  const isCancel =
    intent === 'leave' || intent === 'deny' || intent === 'discard' || /^(?:取消|不)(?:提交|更正)?$/.test(text.trim());
  return isCancel ? 'cancel' : null;
}

/** The reason that was asked for: tried after everything else, so that no command is taken for one. */
export const reasonForCorrection: Command = {
  ...hidden,
  words: '原因',
  match: () => true,
  applies: async (talk) =>
    talk.state.correction?.reason === null && isReason(talk.text) && !isOfFigures(talk, talk.state.correction),
  async run(talk) {
    const draft = talk.state.correction;
    const closed = draft ? await closedOf(talk, draft) : null;
    if (!draft || !closed) return { content: say(['没有要更正的报告。']) };
    const reason = talk.text.trim().replace(saidSo, '').slice(0, 300);
    const complete = { ...draft, reason };
    return { content: readBack(closed, complete), state: { ...talk.state, correction: complete } };
  },
};

const isReason = (text: string): boolean =>
  /\p{Script=Han}{2,}/u.test(text) && intentOf(text) === null && startOf(text) === null && !isAboutField(text);

const saidSo = /^(?:原因|因为|由于)[是为:：\s]*/;

/** 企业30 goes to the report that is open, which says that the correction was dropped; 多报了1家企业 is a reason. */
function isOfFigures({ text, tables }: Talk, { table }: CorrectionDraft): boolean {
  const fields = tables.find(({ name }) => name === table)?.fields ?? [];
  const context = { fields, asked: null, last: {}, draft: {}, open: [] };
  return !saidSo.test(text.trim()) && readFields(text, context).taken.length > 0;
}

async function closedOf(talk: Talk, { unitId, table, period }: CorrectionDraft): Promise<ClosedReport | null> {
  const unit = reportedUnits(talk.speaker).find(({ id }) => id === unitId);
  const definition = talk.tables.find(({ name }) => name === table);
  if (!unit || !definition) return null;
  return loadClosed(talk, await loadScene(talk, unit, definition, termsOf(definition.cadence, period)));
}

async function handIn(talk: Talk, closed: ClosedReport, draft: CorrectionDraft): Promise<Outcome> {
  const { scene, filed } = closed;
  const { filingId, versionId, things } = draft;
  const reason = draft.reason ?? '';
  const author = { authorId: talk.speaker.personId, askedAt: talk.now };
  if (!(await askCorrection(talk.tx, { filingId, versionId, things, reason, ...author }))) {
    return { content: say(['已有一份更正在等市局审批，没有重复提交。要换一份，先回“撤回更正”。'], ['撤回更正']) };
  }
  const name = `${reportName(scene)}（${filed.receipt}）`;
  const subject = `${name}：${thingLines(closed, things).join('；')}，原因：${reason}`.slice(0, 500);
  await recordAudit(talk.tx, { at: talk.now, personId: talk.speaker.personId, action: '申请更正', subject });
  const notices = await tellStaff(talk, scene.unit, requestNotice(talk.speaker.name, closed, draft));
  const lines = [
    `更正申请已提交，市局同意后生效，会马上通知您；之前${monthOf(scene.terms)}的数不变。要收回，回“撤回更正”。`,
  ];
  return { content: say(lines), notices };
}

function requestNotice(author: string, closed: ClosedReport, { things, reason }: CorrectionDraft) {
  const { scene, filed } = closed;
  const month = monthOf(scene.terms);
  const [agree, refuse] = ['同意更正', '不同意更正'].map((words) => `${words} ${reportWords(scene)}`);
  return say(
    [
      `${scene.unit.short}${author}申请更正${scene.terms.label}${scene.definition.short}（${filed.receipt}）：`,
      ...correctionBlocks(closed, things, month),
      `原因：${reason}。同意请回“${agree}”；不同意请回“${refuse} 原因”。同意之前统计不变。`,
    ],
    [
      { label: '同意', text: agree ?? '' },
      { label: '不同意', text: refuse ?? '' },
    ],
  );
}

export const takeBackCorrection: Command = {
  words: '撤回更正',
  help: '收回还没审批的更正申请',
  roles: ['contact'],
  inGroup: false,
  match: (text) => /^(?:撤回|撤销|取消|收回)更正(?:申请)?$/.test(text),
  async run(talk) {
    const [waiting, another] = await findWaitingCorrections(talk, ['contact']);
    if (!waiting) return { content: say(['没有等待审批的更正申请。']), state: { ...talk.state, correction: null } };
    if (another) return { content: say(['有几份更正申请在等审批，请联系市局办理。']) };
    const { correction, unit, filing } = waiting;
    const decision = { personId: talk.speaker.personId, now: talk.now };
    if (!(await closeCorrection(talk.tx, correction.id, { status: 'taken_back' }, decision))) {
      return { content: say(['市局刚刚已经办理了这份更正申请，没有收回。']) };
    }
    const name = `${unit.short}${Number(filing.period.slice(5))}月`;
    await recordAudit(talk.tx, { at: talk.now, personId: talk.speaker.personId, action: '撤回更正', subject: name });
    const told = say([`${talk.speaker.name}收回了${name}的更正申请，不用再办理。`]);
    return { content: say(['更正申请已收回，原报告不变。']), notices: await tellStaff(talk, unit, told) };
  },
};
