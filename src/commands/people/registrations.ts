/** 待审核: the registrations that wait for staff. Phone numbers are masked: what a list shows is often passed on. */
import { overseeing } from '../../access/speaker';
import { type Choice, type Content, list, say } from '../../channels/content';
import { type Filed, findWaiting } from '../../registration/find';
import { decisionChoices } from '../../registration/notices';
import { maskPhone } from '../../roster/describe';
import type { Command, Talk } from '../command';

const roles = ['staff'] as const;

/** More stand in no chat window; the rest follow once these are decided. */
const mostShown = 20;

export const registrations: Command = {
  words: '待审核',
  help: '等待审核的联络员登记',
  roles,
  inGroup: false,
  match: (text) => /^(待审核|待审|待审批|待审核登记|待审核名单|登记审核|审核登记|谁在等审核|有谁登记)$/.test(text),
  async run(talk) {
    return { content: await waitingList(talk) };
  },
};

export async function waitingList({ tx, speaker }: Talk): Promise<Content> {
  const within = overseeing(speaker, roles).map((post) => post.unit.path);
  const waiting = await findWaiting(tx, within, mostShown);
  if (waiting.length === 0) return say(['没有待审核的登记。']);
  const more = waiting.length === mostShown ? '（先列最早的，办完再回“待审核”）' : '';
  const hint = '核实后回“通过 单位 姓名”或“不通过 单位 姓名 原因”。';
  return say([`待审核的登记${waiting.length}个${more}：`, list(waiting.map(lineOf), true), hint], choicesFor(waiting));
}

const lineOf = ({ short, details }: Filed): string =>
  `${short} ${details.name}，${details.title}，办公电话${maskPhone(details.officePhone)}，手机${maskPhone(details.mobile)}`;

/** Buttons for a single one; of several each has its own 通过. */
function choicesFor(waiting: readonly Filed[]): readonly Choice[] {
  const [first] = waiting;
  if (first && waiting.length === 1) return decisionChoices(first);
  return waiting.slice(0, 5).flatMap((filed) =>
    decisionChoices(filed)
      .slice(0, 1)
      .map(({ text }) => ({ label: text, text })),
  );
}
