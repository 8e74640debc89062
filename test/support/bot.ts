/** Settings under which the tests run the whole bot, and what its answers say as plain text. */
import type { Block, Content } from '../../src/channels/content';
import { type Config, readConfig } from '../../src/config';

/** The settings that an operator would write, on a free port and without log; a trial when they name no platform. */
export function configOf(settings: Readonly<Record<string, string>>): Config {
  const result = readConfig({ LOG_LEVEL: 'silent', ...settings });
  if (!result.ok) throw new Error(result.mistakes.join('\n'));
  return { ...result.config, port: 0 };
}

/** Everything that somebody reads in it, a line for each line shown; the choices are not in it. */
export const plain = (content: Content): string => content.blocks.map(plainBlock).join('\n');

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return block.text;
    case 'list':
      return block.items.map((item, index) => (block.ordered ? `${index + 1}. ${item}` : `· ${item}`)).join('\n');
    case 'table':
      return [block.header, ...block.rows].map((cells) => cells.join(' | ')).join('\n');
    case 'figures':
      return block.figures.map(plainFigure).join('\n');
    case 'image':
    case 'file':
      return `[${block.name}]`;
  }
}

/** 企业 24→27 +3 */
function plainFigure({ label, value, before, change }: Extract<Block, { kind: 'figures' }>['figures'][number]): string {
  const moved = before === null ? value : `${before}→${value}`;
  return change === null ? `${label} ${moved}` : `${label} ${moved} ${change}`;
}
