/** Every command, in the order in which they are tried and shown. */
import type { Command } from './command';
import { exportWorkbook } from './export';
import { help } from './help';
import { progress } from './progress';
import { readers } from './readers';
import { unfiled } from './unfiled';

const shown: readonly Command[] = [progress, unfiled, exportWorkbook, readers];

export const commands: readonly Command[] = [help(shown), ...shown];
