/** 通过 and 不通过: staff decide on a registration. Says what it did; the same words again change nothing. */
import { overseeing } from '../../access/speaker';
import { formatMoment } from '../../calendar/periods';
import { type Content, say } from '../../channels/content';
import { approveRegistration, refuseRegistration } from '../../registration/decide';
import { type Filed, findMeant } from '../../registration/find';
import { decisionWords, kinshipRemark } from '../../registration/notices';
import { maskPhone } from '../../roster/describe';
import type { Command, Outcome, Talk } from '../command';
import { waitingList } from './registrations';

const roles = ['staff'] as const;

/** 通过省平台发布 is something that a contact says of a report. */
const otherThings = /平台|网|系统|发布|许可|专利|企业|方式|推送|渠道|审核/;

const matches = (verb: string) => (text: string) =>
  text.startsWith(verb) && text.length <= 60 && (verb !== '通过' || !otherThings.test(text));

export const approve: Command = {
  words: '通过 光山 张三',
  help: '通过联络员登记',
  roles,
  inGroup: false,
  match: matches('通过'),
  run: (talk) => decide(talk, '通过', (filed) => approveOne(talk, filed)),
};

export const refuse: Command = {
  words: '不通过 光山 张三 原因',
  help: '退回联络员登记，写明原因',
  roles,
  inGroup: false,
  match: matches('不通过'),
  run: (talk) => decide(talk, '不通过', (filed, reason) => refuseOne(talk, filed, reason)),
};

type Verb = '通过' | '不通过';

async function decide(talk: Talk, verb: Verb, act: (filed: Filed, rest: string) => Promise<Outcome>): Promise<Outcome> {
  const words = talk.text
    .normalize('NFKC')
    .replace(/^[\s\S]*?通过/, '')
    .trim();
  if (words === '') return { content: await waitingList(talk) };
  const within = overseeing(talk.speaker, roles).map((post) => post.unit.path);
  const { found, rest } = await findMeant(talk.tx, within, words);
  const waiting = found.filter((each) => each.status === 'waiting');
  const meant = waiting.length > 0 ? waiting : found.slice(-1);
  const [filed] = meant;
  if (!filed) return { content: say(['没有找到这个待审核的登记，没有办理。回“待审核”看名单。'], ['待审核']) };
  if (meant.length > 1) return { content: whichOne(meant, verb) };
  return act(filed, rest);
}

function whichOne(meant: readonly Filed[], verb: Verb): Content {
  const choices = meant.map((each) => {
    const text = decisionWords(verb, each, each.details.mobile.slice(-4));
    return { label: `${each.short} ${each.details.name} ${maskPhone(each.details.mobile)}`, text };
  });
  return say([`有${meant.length}个这样的登记，请说明是哪一个（姓名后加手机号末四位）：`], choices);
}

const nameOf = ({ short, details }: Filed): string => `${short} ${details.name}`;

/** 7月2日(周三)09:30科员甲 */
const decidedOf = ({ decidedAt, decidedBy }: Filed): string =>
  `${decidedAt === null ? '' : formatMoment(decidedAt)}${decidedBy ?? ''}`;

const meanwhile = (filed: Filed): Outcome => ({
  content: say([`${nameOf(filed)}的登记刚刚已由别人办理或有更正，没有重复办理。回“待审核”看名单。`], ['待审核']),
});

async function approveOne({ tx, now, speaker, tables }: Talk, filed: Filed): Promise<Outcome> {
  if (filed.status === 'approved') {
    return { content: say([`${nameOf(filed)}的登记已通过（${decidedOf(filed)}），没有重复办理。`]) };
  }
  const result = await approveRegistration(tx, { filed, personId: speaker.personId, now }, tables);
  switch (result.kind) {
    case 'decided':
      return meanwhile(filed);
    case 'known':
      return { content: say([`${nameOf(filed)}的账号已在名册中登记给${result.name}，无需再审，没有重复登记。`]) };
    case 'taken':
      return { content: say([`没有通过${nameOf(filed)}。${kinshipRemark(result.kinship) ?? ''}`]) };
    case 'approved':
      return { content: approvedText(filed, result), notices: result.notices };
  }
}

function approvedText(
  filed: Filed,
  { role, kinship }: Extract<Awaited<ReturnType<typeof approveRegistration>>, { kind: 'approved' }>,
): Content {
  const who = `${nameOf(filed)}（${filed.details.title}，手机${maskPhone(filed.details.mobile)}）`;
  const what = kinship.kind === 'same' ? `账号已归名册中的${role}${filed.details.name}` : `登记为${role}`;
  return say([`已通过：${who}，${what}。已通知本人。`]);
}

async function refuseOne({ tx, now, speaker }: Talk, filed: Filed, reason: string): Promise<Outcome> {
  if (filed.status === 'approved') {
    return {
      content: say([`${nameOf(filed)}的登记已通过（${decidedOf(filed)}），不能再改为不通过；要停用请调整名册。`]),
    };
  }
  if (filed.status === 'refused') {
    return { content: say([`${nameOf(filed)}的登记已是不通过（${decidedOf(filed)}），没有重复办理。`]) };
  }
  const words = decisionWords('不通过', filed);
  if (reason === '') {
    const usual = ['信息有误，请核对后重发', '不是本单位联络员'];
    const choices = usual.map((each) => ({ label: each, text: `${words} ${each}` }));
    return { content: say([`请写明原因，会转告本人，如“${words} 请补单位全称”。还没有办理。`], choices) };
  }
  const notices = await refuseRegistration(tx, { filed, personId: speaker.personId, now }, reason.slice(0, 200));
  if (notices === null) return meanwhile(filed);
  return {
    content: say([
      `已退回：${nameOf(filed)}的登记不通过，原因：${reason.slice(0, 200)}。已通知本人，改正后会重新提交。`,
    ]),
    notices,
  };
}
