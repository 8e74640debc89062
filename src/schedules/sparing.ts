/**
 * Bulletins through a platform whose calls of the month are all but used up: the words go, and files, which take two calls
 * each, only to those who ask for them.
 */
import { type Content, text } from '../channels/content';
import type { Tx } from '../database/database';
import { type CallLimits, findScarce } from '../delivery/api-calls';
import type { Draft } from '../delivery/outbox';

const absence = '本月接口额度将用完，图表和汇总表从略；需要汇总表请回“导出”。';

export async function sparing(
  tx: Tx,
  drafts: readonly Draft[],
  limits: CallLimits,
  now: Date,
): Promise<readonly Draft[]> {
  const scarce = await findScarce(tx, limits, now);
  return drafts.map((draft) =>
    scarce.has(draft.chat.channel) ? { ...draft, content: withoutFiles(draft.content) } : draft,
  );
}

/** A picture shows what the words say, so nothing is said of its absence alone: groups get no workbook. */
export function withoutFiles(content: Content): Content {
  const words = content.blocks.filter(({ kind }) => kind !== 'image' && kind !== 'file');
  const hadWorkbook = content.blocks.some(({ kind }) => kind === 'file');
  return { ...content, blocks: hadWorkbook ? [...words, text(absence)] : words };
}
