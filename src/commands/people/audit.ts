/** 审计: who decided what, newest first. */
import { latestAudit } from '../../access/audit';
import { overseeing } from '../../access/speaker';
import { formatMoment } from '../../calendar/periods';
import { list, say } from '../../channels/content';
import type { Command } from '../command';

const roles = ['staff'] as const;
const shown = 20;

export const audit: Command = {
  words: '审计',
  help: '最近的审核记录',
  roles,
  inGroup: false,
  match: (text) => /^(审计|审计记录|审核记录|操作记录)$/.test(text),
  async run({ tx, speaker }) {
    const within = overseeing(speaker, roles).map((post) => post.unit.path);
    const lines = await latestAudit(tx, within, shown);
    if (lines.length === 0) return { content: say(['还没有审核记录。']) };
    const items = lines.map(({ at, who, action, subject }) => `${formatMoment(at)} ${who} ${action} ${subject}`);
    return { content: say([`最近${lines.length}条审核记录：`, list(items)]) };
  },
};
