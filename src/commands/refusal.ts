/** What is said to who may not use a command: who does, and what this person can do instead. No example of another unit. */
import type { Role } from '../../entities/assignment';
import { nameOfRole } from '../access/readers';
import { reportedUnits, type Speaker } from '../access/speaker';
import { type Content, say } from '../channels/content';
import { type Command, mayUse } from './command';

/** @param commands what there is, to name only what this person may use. */
export function refusalOf(command: Command, speaker: Speaker, commands: readonly Command[]): Content {
  if (command.refusal) return say([command.refusal]);
  return say([`“${titleOf(command)}”由${usersOf(command.roles)}使用。${insteadFor(speaker, commands)}`], ['帮助']);
}

/** 退回, of 退回 新县 推送 与平台后台不符. */
const titleOf = ({ title, words }: Command): string => title ?? words.replace(/[\s\d].*$/, '');

const usersOf = (roles: readonly Role[]): string => roles.map((role) => nameOfRole(role, false)).join('、');

function insteadFor(speaker: Speaker, commands: readonly Command[]): string {
  if (reportedUnits(speaker).length > 0) return '报数请回“上报”，您能用的说法回“帮助”看。';
  const usable = commands.filter((each) => shown.includes(each.words) && mayUse(each, speaker));
  const names = usable.map(({ words }) => `“${words}”`).join('');
  return names === '' ? '您能用的说法回“帮助”看。' : `您可以回${names}看情况，全部说法回“帮助”。`;
}

const shown: readonly string[] = ['进度', '未报'];
