/** 通过 of a report, and 撤销通过. 通过 光山 张三 is of a person (approve.ts): where both may be meant, it is asked. */
import { Registration } from '../../../entities/registration';
import { recordAudit } from '../../access/audit';
import { say } from '../../channels/content';
import type { Scene } from '../../dialogue/scene';
import { ownReportWords, reportName, reportWords } from '../../dialogue/wording';
import { acceptReport, undoAcceptance } from '../../filing/accept';
import { seenIn } from '../../filing/events';
import type { Command, Outcome, Talk } from '../command';
import { type Address, type Doing, findAddressed, readAddress } from '../meant/address';
import { monthOf } from '../meant/period-words';
import { tellContacts } from '../notify';
import { meanwhile } from './meanwhile';

const roles = ['staff'] as const;
const verb = /^\s*请?(?:审核)?通过/;
const undoing = /^\s*请?(?:撤销|取消|收回|撤回)(?:审核)?通过/;
/** 光山6月的报告通过 */
const accepting: Doing = { verb: '通过', example: '通过 光山 6月', statuses: ['filed'] };
const takingBack: Doing = { verb: '撤销通过', example: '撤销通过 光山 6月', statuses: ['accepted'] };
const verbAtEnd = /(?:审核)?通过[\s。.！!]*$/;

export const accept: Command = {
  words: '通过 光山 6月',
  help: '审核通过一个单位的报告；“全部通过”一次通过已报的，“撤销通过 光山 6月”收回',
  roles,
  inGroup: false,
  match: (text) =>
    text.length <= 40 &&
    (/^(?:审核)?通过/.test(text) || verbAtEnd.test(text)) &&
    !/^(?:不|未|没|全部|撤销|取消)/.test(text),
  applies: async (talk) => isOfReport(await addressOf(talk), /审核通过/.test(talk.text)),
  async run(talk) {
    const address = await addressOf(talk);
    const found = await findAddressed(talk, address, accepting);
    if ('refusal' in found) return found.refusal;
    const { scene } = found;
    const isEither =
      !address.isReport && (await talk.tx.existsBy(Registration, { unitId: scene.unit.id, status: 'waiting' }));
    return isEither ? askWhich(scene) : carryOut(talk, scene);
  },
};

function addressOf(talk: Talk): Promise<Address> {
  const text = talk.text.normalize('NFKC');
  return readAddress(talk, verb.test(text) ? text.replace(verb, '') : text.replace(verbAtEnd, ''));
}

/** A unit alone, or a report by name; whatever is left of the words names a person. */
const isOfReport = ({ unitIds, isReport, rest }: Address, isChecked: boolean): boolean =>
  rest === '' && (unitIds.length > 0 ? true : isReport || isChecked);

function askWhich(scene: Scene): Outcome {
  const { unit, terms, definition } = scene;
  const report = `通过 ${reportWords(scene)}`;
  const lines = [
    `${unit.short}既有${monthOf(terms)}${definition.short}，也有待审核的登记，请说明通过哪一个。还没有办理。`,
  ];
  return {
    content: say(lines, [
      { label: `${monthOf(terms)}${definition.short}`, text: report },
      { label: '登记', text: '待审核' },
    ]),
  };
}

async function carryOut(talk: Talk, scene: Scene): Promise<Outcome> {
  const name = nameOf(scene);
  const seen = seenIn(scene.report);
  if (!seen) return { content: say([`${reportName(scene)}还没有提交，不能通过。`]) };
  if (seen.status === 'accepted') return { content: say([`${name}已审核通过，没有重复办理。`]) };
  if (seen.status === 'returned') {
    const hint = `等联络员重报，或先回“撤销退回 ${reportWords(scene)}”。`;
    return { content: say([`${name}正在退回修改中，不能通过。${hint}`]) };
  }
  const decision = { personId: talk.speaker.personId, now: talk.now };
  if (!(await acceptReport(talk.tx, seen, decision))) return meanwhile(scene, '没有通过');
  await recordAudit(talk.tx, { at: talk.now, personId: talk.speaker.personId, action: '通过', subject: name });
  const notices = await tellContacts(talk, scene.unit, acceptedNotice(name, ownReportWords(scene)));
  const undo = `撤销通过 ${reportWords(scene)}`;
  const lines = [`已通过${name}，已通知联络员。以后只能申请更正；要收回，回“${undo}”。`];
  return { content: say(lines, [{ label: '撤销通过', text: undo }]), notices };
}

/** 光山县2025年6月统计表（GS-202506-01） */
const nameOf = (scene: Scene): string => `${reportName(scene)}（${scene.report.filed?.receipt}）`;

/** @param report as its contacts say it: 6月. */
export const acceptedNotice = (name: string, report: string) =>
  say([`${name}已审核通过。以后要改请申请更正：回“更正${report}”看怎么说。`]);

export const undoAccept: Command = {
  words: '撤销通过 光山 6月',
  help: '收回审核通过',
  roles,
  inGroup: false,
  match: (text) => undoing.test(text),
  async run(talk) {
    const address = await readAddress(talk, talk.text.normalize('NFKC').replace(undoing, ''));
    const found = await findAddressed(talk, address, takingBack);
    if ('refusal' in found) return found.refusal;
    const { scene } = found;
    const seen = seenIn(scene.report);
    if (seen?.status !== 'accepted') return { content: say([`${reportName(scene)}没有审核通过，没有可撤销的。`]) };
    const decision = { personId: talk.speaker.personId, now: talk.now };
    if (!(await undoAcceptance(talk.tx, seen, decision))) return meanwhile(scene, '没有撤销');
    const name = nameOf(scene);
    await recordAudit(talk.tx, { at: talk.now, personId: talk.speaker.personId, action: '撤销通过', subject: name });
    const notices = await tellContacts(talk, scene.unit, say([`市局已撤销审核通过：${name}仍为已报。`]));
    return { content: say([`已撤销通过：${name}仍为已报。已通知联络员。`]), notices };
  },
};
