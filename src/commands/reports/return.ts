/** 退回 and 撤销退回: staff send a report back for one figure or several, and may take that back until the unit has answered. */
import { recordAudit } from '../../access/audit';
import { formatLock } from '../../calendar/periods';
import { say } from '../../channels/content';
import { exampleOfCorrection } from '../../dialogue/corrections/correction-words';
import { returnedNames, returnNotice } from '../../dialogue/returned';
import type { Scene } from '../../dialogue/scene';
import { reportName, reportWords, showField, timelinessNames } from '../../dialogue/wording';
import { returnReport, undoReturn } from '../../filing/return';
import { fieldOf } from '../../table/definition';
import type { Command, Outcome, Talk } from '../command';
import { type Doing, findAddressed, readAddress } from '../meant/address';
import { takeFields } from '../meant/field-words';
import { tellContacts } from '../notify';
import { meanwhile } from './meanwhile';

const roles = ['staff'] as const;
const longestReason = 300;
const sendingBack: Doing = { verb: '退回', example: '退回 新县 推送 与平台后台不符', statuses: ['filed'] };
const takingBack: Doing = { verb: '撤销退回', example: '撤销退回 新县', statuses: ['returned'] };

export const sendBack: Command = {
  words: '退回 新县 推送 与平台后台不符',
  help: '退回一项或几项请联络员改，写明原因；“撤销退回 新县”收回',
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => /^(?:退回|打回|驳回|退给)(?!来$)/.test(text),
  async run(talk) {
    const address = await readAddress(talk, wordsAfter(talk.text, /^\s*请?(?:退回|打回|驳回|退给)/));
    const found = await findAddressed(talk, address, sendingBack);
    if ('refusal' in found) return found.refusal;
    const { scene } = found;
    const obstacle = obstacleTo(scene);
    if (obstacle !== null) return { content: say([obstacle]) };
    const { fields, rest } = takeFields(
      scene.definition,
      address.rest.replace(/^(?:整[表张]|全表|全部)[\s、，,:：]*/, ''),
    );
    const reason = rest.replace(/^(?:的?原因|理由|因为)[\s是:：,，]*/, '').trim();
    return reason === ''
      ? askReason(scene, fields)
      : carryOut(talk, scene, { fields, reason: reason.slice(0, longestReason) });
  },
};

const wordsAfter = (text: string, verb: RegExp): string => text.normalize('NFKC').replace(verb, '');

function obstacleTo(scene: Scene): string | null {
  const { report, terms, now } = scene;
  const name = `${reportName(scene)}（${report.filed?.receipt}）`;
  switch (report.status) {
    case 'draft':
      return `${reportName(scene)}还没有提交，没有可退回的。`;
    case 'returned':
      return `${name}已在退回修改中（${report.returned?.reason ?? ''}），没有重复退回。要换一项，先回“撤销退回 ${reportWords(scene)}”。`;
    case 'accepted':
      return `${name}已审核通过，不能退回。先回“撤销通过 ${reportWords(scene)}”再退回；锁定后请联络员申请更正。`;
    case 'filed':
      return now < terms.locksAt
        ? null
        : `${name}已于${formatLock(terms)}锁定，不能退回。请联络员申请更正，如“${exampleOfCorrection(scene)}”。`;
  }
}

function askReason(scene: Scene, fields: readonly string[]): Outcome {
  const named = fields.map((key) => fieldOf(scene.definition, key).short).join('、');
  const words = ['退回', reportWords(scene), named].filter(Boolean).join(' ');
  const choices = ['数不对，请核对', '与佐证材料不符'].map((reason) => ({ label: reason, text: `${words} ${reason}` }));
  const lines = [`请写明原因，会转告联络员，如“${words} 与平台后台不符”。还没有退回。`];
  return { content: say(lines, choices) };
}

async function carryOut(
  talk: Talk,
  scene: Scene,
  given: { readonly fields: readonly string[]; readonly reason: string },
): Promise<Outcome> {
  const decision = { personId: talk.speaker.personId, now: talk.now };
  if (!(await returnReport(talk.tx, scene.report, given, decision))) return meanwhile(scene, '没有退回');
  const { report, unit, definition } = scene;
  const what = returnedNames(definition, given.fields);
  const subject = `${reportName(scene)}（${report.filed?.receipt}）${what}，原因：${given.reason}`.slice(0, 500);
  await recordAudit(talk.tx, { at: talk.now, personId: talk.speaker.personId, action: '退回', subject });
  const notices = await tellContacts(talk, unit, returnNotice(scene, given));
  const values = given.fields.map((key) => showField(scene, key, report.filed?.values[key] ?? '未填')).join('、');
  const undo = `撤销退回 ${reportWords(scene)}`;
  const lines = [
    `已退回${reportName(scene)}（${report.filed?.receipt}）：${values || '整表'}。原因：${given.reason}。`,
    notices.length > 0 ? '已通知联络员。' : `注意：${unit.short}还没有联络员账号，没有人收到通知。`,
    `改回之前仍算已报（${timelinessNames[report.timeliness ?? 'on_time']}不变），但不计入合计。要收回，在对方重报前回“${undo}”。`,
  ];
  return { content: say(lines, [{ label: '撤销退回', text: undo }]), notices };
}

export const undoSendBack: Command = {
  words: '撤销退回 新县',
  help: '收回退回，原报告照旧有效',
  roles,
  inGroup: false,
  isPlain: true,
  match: (text) => /^(?:撤销|取消|收回|撤回)(?:退回|打回|驳回)/.test(text),
  async run(talk) {
    const verb = /^\s*请?(?:撤销|取消|收回|撤回)(?:退回|打回|驳回)/;
    const address = await readAddress(talk, wordsAfter(talk.text, verb));
    const found = await findAddressed(talk, address, takingBack);
    if ('refusal' in found) return found.refusal;
    const { scene } = found;
    if (!scene.report.returned) return { content: say([`${reportName(scene)}没有在退回修改中，没有可撤销的。`]) };
    const decision = { personId: talk.speaker.personId, now: talk.now };
    if (!(await undoReturn(talk.tx, scene.report, decision))) return meanwhile(scene, '没有撤销');
    const subject = `${reportName(scene)}（${scene.report.filed?.receipt}）`;
    await recordAudit(talk.tx, { at: talk.now, personId: talk.speaker.personId, action: '撤销退回', subject });
    const told = `市局已收回退回：${subject}照旧有效，不用再改。`;
    const notices = await tellContacts(talk, scene.unit, say([told]));
    return { content: say([`已撤销退回：${subject}照旧有效，重新计入合计。已通知联络员。`]), notices };
  },
};
