/** 更正: a contact asks for a change of a report that is accepted or locked. Read back with its effect before it is handed in. */
import { reportedUnits } from '../../access/speaker';
import { formatLock, termsOf } from '../../calendar/periods';
import { type Content, list, say } from '../../channels/content';
import { exampleOf } from '../../dialogue/corrections/correction-entries';
import { readCorrection } from '../../dialogue/corrections/correction-reading';
import { correctionBlocks } from '../../dialogue/corrections/correction-wording';
import { exampleOfCorrection } from '../../dialogue/corrections/correction-words';
import type { Scene } from '../../dialogue/scene';
import type { CorrectionDraft } from '../../dialogue/state';
import { ownReportWords, reportName } from '../../dialogue/wording';
import { correct, faultsOf } from '../../filing/correction';
import { waitingFor } from '../../filing/corrections';
import type { TableDefinition } from '../../table/definition';
import type { Command, Outcome, Talk } from '../command';
import { currentPeriod } from '../figures/overview';
import { readAddress } from '../meant/address';
import { monthOf } from '../meant/period-words';
import { standsAs, tableMeant } from '../meant/table-meant';
import { type ClosedReport, isClosed, loadClosed } from './correction-scene';
import { loadScene } from './find-report';

const verb = /(?:申请|要求|我要|我想|请)?更正(?:申请)?\s*[:：]?/;

export const correctReport: Command = {
  words: '更正5月 企业24应为23，笔误',
  help: '已通过或已锁定的报告，申请更正；项目清单里的也行',
  roles: ['contact'],
  inGroup: false,
  match: (text) => /^(?:的)?(?:申请|要求)?更正/.test(text),
  applies: async (talk) => (await findClosed(talk)) !== null,
  async run(talk) {
    const found = await findClosed(talk);
    if (!found) return { content: say(['没有要更正的报告。']) };
    return 'refusal' in found ? found.refusal : propose(talk, found);
  },
};

type Found = { readonly closed: ClosedReport; readonly words: string } | { readonly refusal: Outcome };

/** Null when the report is still the unit's own to change: that is for the talk about it. */
async function findClosed(talk: Talk): Promise<Found | null> {
  const text = talk.text.normalize('NFKC').trim();
  const { unitIds, table, period, rest } = await readAddress(talk, text.replace(verb, ' '));
  const units = reportedUnits(talk.speaker);
  const own = unitIds.length > 0 ? units.filter(({ id }) => unitIds.includes(id)) : units;
  const [unit, another] = own;
  const names = units.map(({ short }) => short).join('、');
  if (!unit) return refusing(`您只能更正${names}的报告，没有提交。`);
  if (another) return refusing(`您负责${names}，请说明更正哪一个，如“更正${unit.short}5月 …”。`);
  const periodOf = (each: TableDefinition): string => period ?? currentPeriod(each, talk.now);
  const meant = await tableMeant(talk, {
    named: table,
    words: rest,
    isPossible: (each) =>
      standsAs(talk, { unitIds: [unit.id], table: each.name, period: periodOf(each) }, [
        'filed',
        'accepted',
        'returned',
      ]),
    again: (short) => text.replace(verb, `更正${short}`),
  });
  if ('refusal' in meant) return meant;
  const definition = meant.table;
  const terms = termsOf(definition.cadence, periodOf(definition));
  const scene = await loadScene(talk, unit, definition, terms);
  if (!isClosed(scene) || talk.now < terms.opensAt) return null;
  const closed = await loadClosed(talk, scene);
  if (!closed)
    return refusing(`${reportName(scene)}没有提交过，不能更正。要补报请回“申请补报${ownReportWords(scene)} 原因”。`);
  return { closed, words: rest };
}

const refusing = (line: string): Found => ({ refusal: { content: say([line]) } });

async function propose(talk: Talk, { closed, words }: Exclude<Found, { refusal: Outcome }>): Promise<Outcome> {
  const waiting = await waitingFor(talk.tx, closed.seen.filingId);
  if (waiting) return { content: alreadyWaiting(closed, waiting) };
  if (words === '') return { content: howTo(closed) };
  const { things, faults, reason } = readCorrection(closed, words);
  const broken =
    faults.length > 0
      ? faults
      : faultsOf(closed.definition, closed.lists, correct(closed.definition, closed.counted, things));
  if (broken.length > 0) return { content: say(['没有提交更正：', list([...broken])]) };
  if (things.length === 0) return { content: howTo(closed) };
  const { seen, scene } = closed;
  const { unit, definition, terms } = scene;
  const draft: CorrectionDraft = {
    filingId: seen.filingId,
    versionId: seen.versionId,
    unitId: unit.id,
    table: definition.name,
    period: terms.period,
    things,
    reason: reason === '' ? null : reason.slice(0, 300),
  };
  return { content: readBack(closed, draft), state: { ...talk.state, correction: draft } };
}

function alreadyWaiting(
  closed: ClosedReport,
  { things, reason }: { things: CorrectionDraft['things']; reason: string },
): Content {
  return say(
    [
      `${reportName(closed.scene)}已有一份更正在等市局审批：`,
      ...correctionBlocks(closed, things, monthOf(closed.scene.terms)),
      `原因：${reason}。要换一份，先回“撤回更正”。`,
    ],
    ['撤回更正'],
  );
}

function howTo(closed: ClosedReport): Content {
  const { scene, lists, counted } = closed;
  const entries = lists.flatMap((each) => {
    const rows = counted.entries.get(each.name) ?? [];
    return rows.length > 0 ? [`${each.short}里的，如“更正${ownReportWords(scene)} ${exampleOf(each, rows)}”。`] : [];
  });
  return say([
    `${nameOf(scene)}${closedBy(scene)}。要更正，请写明改什么和原因，如“${exampleOfCorrection(scene)}”。`,
    ...entries,
  ]);
}

const nameOf = (scene: Scene): string => `${reportName(scene)}（${scene.report.filed?.receipt}）`;

const closedBy = ({ report, terms }: Scene): string =>
  report.status === 'accepted' ? '已审核通过' : `已定稿（${formatLock(terms)}锁定）`;

/** What would be asked of the bureau, with its effect. */
export function readBack(closed: ClosedReport, { things, reason }: CorrectionDraft): Content {
  const month = monthOf(closed.scene.terms);
  const blocks = [
    `${nameOf(closed.scene)}${closedBy(closed.scene)}。将申请更正：`,
    ...correctionBlocks(closed, things, month),
  ];
  if (reason === null) return say([...blocks, '请补一句原因，如“笔误”。还没有提交。'], ['笔误', '取消']);
  const hint = `提交后由市局审批，同意之前${month}的数不变。要提交请回“提交”。`;
  return say([...blocks, `原因：${reason}。`, hint], ['提交', '取消']);
}
