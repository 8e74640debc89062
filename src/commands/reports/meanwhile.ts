/** Somebody else was faster with the very report: nothing is done, and where to look first. */
import { say } from '../../channels/content';
import type { Scene } from '../../dialogue/scene';
import { reportName, reportWords } from '../../dialogue/wording';
import type { Outcome } from '../command';

/** @param undone 没有退回 */
export const meanwhile = (scene: Scene, undone: string): Outcome => ({
  content: say([`${reportName(scene)}刚刚有变动，${undone}。请回“历史 ${reportWords(scene)}”看经过，再定。`]),
});
