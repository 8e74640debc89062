/** 通过 closes a report: figures said of it are handed back as the request that would change it. */
import { say } from '../../channels/content';
import { correctionOf, exampleOfCorrection } from '../../dialogue/corrections/correction-words';
import type { Scene } from '../../dialogue/scene';
import { idle } from '../../dialogue/state';
import type { Effect } from '../../dialogue/turn';
import { reportName } from '../../dialogue/wording';
import type { Outcome } from '../command';

/** Null unless figures of an accepted report would be written; its list grows on all the same. */
export function refuseAccepted(scene: Scene, effects: readonly Effect[]): Outcome | null {
  if (scene.report.status !== 'accepted' || !effects.some(isOfFigures)) return null;
  const wanted = effects.flatMap((effect) => (effect.kind === 'answer' ? effect.answers : []));
  const words = correctionOf(scene, wanted);
  const lines = [
    `${reportName(scene)}（${scene.report.filed?.receipt}）已审核通过，不能直接改，没有记下。`,
    `要改请申请更正，如“${words === null ? exampleOfCorrection(scene) : `${words}，原因`}”。`,
  ];
  return { content: say(lines, words === null ? [] : [{ label: '申请更正', text: words }]), state: idle };
}

const isOfFigures = ({ kind }: Effect): boolean => kind === 'answer' || kind === 'submit';
