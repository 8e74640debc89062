/** 撤回: a contact takes a filed report back, as a draft that keeps everything; 确认 files it again as it was. */
import { recordAudit } from '../../access/audit';
import { reportedUnits } from '../../access/speaker';
import { formatDue, formatLock, formatMoment } from '../../calendar/periods';
import { say } from '../../channels/content';
import { exampleOfCorrection } from '../../dialogue/corrections/correction-words';
import { nextStep, stateOf } from '../../dialogue/next';
import { digestOf, type Scene } from '../../dialogue/scene';
import type { DialogueState } from '../../dialogue/state';
import { preceded, reportName, timelinessNames } from '../../dialogue/wording';
import { hasChanges } from '../../filing/submit';
import { withdrawReport } from '../../filing/withdraw';
import type { Command, Notice, Outcome, Talk } from '../command';
import { commandWords } from '../command-words';
import { tellContacts, tellStaff } from '../notify';
import { findOwnReport, loadScene } from './find-report';

const noun = '(?:报告|报表|月报|上报|提交|填报|数据|数)';
const which = `(?:已|刚才?|我们?|本月|这个?月)?(?:已?报的?|提交的?|的)?${noun}?`;
const verb = '(?:撤回来?|撤销|收回|撤下来|退回来|拿回来)';
const mentions = new RegExp(verb);
const words = new RegExp(
  `^(?:确认|确定|申请|能不能|可以|想)?(?:${verb}(?:一下)?(?:的)?${which}|(?:把|将)?${which}${verb}(?:一下)?)$`,
);

export const withdraw: Command = {
  words: '撤回',
  help: '把已报、还没审核通过的报告撤回为草稿，数都还在',
  roles: ['contact'],
  inGroup: false,
  match: (text) => text.length <= 30 && mentions.test(text),
  applies: async (talk) => words.test(wordsWithoutUnit(talk)),
  async run(talk) {
    const found = await findOwnReport(talk, { verb: '撤回', statuses: ['filed'] });
    if ('refusal' in found) return found.refusal;
    const { scene } = found;
    const obstacle = obstacleTo(scene);
    if (obstacle !== null) return { content: say([obstacle]) };
    return costsPunctuality(scene) && !/确认|确定/.test(talk.text) ? askOnce(scene) : takeBack(talk, scene);
  },
};

function wordsWithoutUnit({ text, speaker, tables }: Talk): string {
  const names = reportedUnits(speaker).flatMap(({ name, short }) => [name, short, short.replace(/(?<=..)[县区]$/, '')]);
  return names.reduce((left, name) => left.replace(name, ''), commandWords(text, tables));
}

/** Why it cannot be withdrawn, with what to do instead. */
function obstacleTo(scene: Scene): string | null {
  const { report, terms, now } = scene;
  const example = `要改请申请更正，如“${exampleOfCorrection(scene)}”。`;
  switch (report.status) {
    case 'draft':
      return `${reportName(scene)}还没有提交，不用撤回；不想要草稿请回“放弃”。`;
    case 'accepted':
      return `${reportName(scene)}（${report.filed?.receipt}）已审核通过，不能撤回。${example}`;
    case 'returned':
    case 'filed':
      if (now >= terms.locksAt) return `${reportName(scene)}已于${formatLock(terms)}锁定，不能撤回。${example}`;
      return report.status === 'returned' ? '正在退回修改中，不用撤回：直接回正确数，再回“确认”即可。' : null;
  }
}

/** After the deadline a report that was on time cannot be so again. */
const costsPunctuality = ({ report, terms, now }: Scene): boolean =>
  report.timeliness === 'on_time' && now > terms.dueAt;

function askOnce(scene: Scene): Outcome {
  const lines = [
    `${reportName(scene)}（${scene.report.filed?.receipt}）现为【按时】。截止${formatDue(scene.terms)}已过，撤回后再提交会记为【迟报】。`,
    '只是改数不用撤回：直接说改哪一项，再确认，仍算按时。仍要撤回请回“确认撤回”。',
  ];
  return { content: say(lines, ['确认撤回']) };
}

async function takeBack(talk: Talk, scene: Scene): Promise<Outcome> {
  const author = { personId: scene.person.id, now: scene.now };
  if (!(await withdrawReport(talk.tx, scene.definition, scene.report, author))) {
    return { content: say([`${reportName(scene)}刚刚有变动，没有撤回。请回“进度”看看现在的状态。`], ['进度']) };
  }
  await recordAudit(talk.tx, { at: scene.now, personId: scene.person.id, action: '撤回', subject: subjectOf(scene) });
  const after = await loadScene(talk, scene.unit, scene.definition, scene.terms);
  const { state, content } = offerAgain(scene, after);
  const dropped = talk.state.entry && Object.keys(talk.state.entry.values).length > 0;
  const lost = dropped ? ['刚才没说完的项目没有登记，要登记请重新说。'] : [];
  const waiting = talk.state.waiting ?? null;
  return {
    content: preceded([...lost, doneLine(scene)], content),
    state: { ...state, waiting },
    notices: await announceWithdrawal(talk, scene),
  };
}

/** 光山县2025年6月统计表（GS-202506-01），首次提交7月2日(周三)09:30，按时；以再次提交的时间计 */
function subjectOf(scene: Scene): string {
  const { firstFiledAt, filed, timeliness } = scene.report;
  const first =
    firstFiledAt && timeliness ? `，首次提交${formatMoment(firstFiledAt)}，${timelinessNames[timeliness]}` : '';
  return `${reportName(scene)}（${filed?.receipt}）${first}；是否按时改以再次提交的时间计`;
}

const doneLine = (scene: Scene): string =>
  `${reportName(scene)}（${scene.report.filed?.receipt}）已撤回为草稿，市局已知。截止${formatDue(scene.terms)}，是否按时以再次提交的时间计。`;

/** 确认 files it again as it was; where the list has grown since, what would be filed now is shown first. */
function offerAgain(
  before: Scene,
  after: Scene,
): { readonly state: DialogueState; readonly content: Outcome['content'] & object } {
  const key = { unitId: before.unit.id, definition: before.definition, period: before.terms.period };
  if (hasChanges(key, before.report)) return nextStep(after);
  const line = '各项数都还在草稿里，不用重填：要改哪一项直接说；要原样重新提交请回“确认”。';
  return {
    state: stateOf(after, { pending: { kind: 'review', digest: digestOf(after) } }),
    content: say([line], ['确认']),
  };
}

async function announceWithdrawal(talk: Talk, scene: Scene): Promise<readonly Notice[]> {
  const what = `${scene.person.name}撤回了${reportName(scene)}（${scene.report.filed?.receipt}）`;
  const again = '现为草稿，不再算已报。';
  return [
    ...(await tellStaff(talk, scene.unit, say([`${what}，${again}`]))),
    ...(await tellContacts(
      talk,
      scene.unit,
      say([`${what}，${again}数都还在，回“继续”查看，确认后才算重新提交。`], ['继续']),
    )),
  ];
}
