/**
 * What is said of a period that is locked. Where its report was filed it is not filed late, but corrected: whoever speaks of it
 * is told how, in their own figures.
 */
import { formatLock, type PeriodTerms, termsOf } from '../../calendar/periods';
import { type Choice, say } from '../../channels/content';
import { readCorrection } from '../../dialogue/corrections/correction-reading';
import { correctionOf, exampleOfCorrection } from '../../dialogue/corrections/correction-words';
import { openOf } from '../../dialogue/next';
import { awaitingReturned } from '../../dialogue/returned-talk';
import type { Scene } from '../../dialogue/scene';
import { idle } from '../../dialogue/state';
import { step } from '../../dialogue/step';
import { ownReportWords, reportName } from '../../dialogue/wording';
import type { Outcome, Talk } from '../command';
import { readAddress } from '../meant/address';
import type { PeriodChoice } from '../meant/period-words';
import { loadClosed } from './correction-scene';

type Refused = Extract<PeriodChoice, { ok: false }>;

/** @param load the report of the period, asked for only when it is locked. */
export async function refusePeriod(
  talk: Talk,
  { reason, locked, after }: Refused,
  load: (terms: PeriodTerms) => Promise<Scene>,
): Promise<Outcome> {
  const scene = locked && (await load(locked));
  if (!scene?.report.filed) return { content: say([reason]), state: idle };
  const words = await correctionIn(talk, scene);
  const state = scene.report.returned ? '退回修改中，没有重报' : '已报';
  const undone = words === null ? '不能再改' : '不能直接改，没有记下';
  const example = words === null ? exampleOfCorrection(scene) : `${words}${/[,，]\D*$/.test(words) ? '' : '，原因'}`;
  const choices: readonly Choice[] = words === null ? [] : [{ label: '申请更正', text: words }];
  const lines = [
    `${reportName(scene)}（${scene.report.filed.receipt}）${state}，已于${formatLock(termsOf(scene.definition.cadence, scene.terms.period))}锁定，${undone}。${after}`,
    `要改请申请更正，如“${example}”。`,
  ];
  return { content: say(lines, choices), state: idle };
}

/** What was said, as the request that would change it; null when it says no figures. */
async function correctionIn(talk: Talk, scene: Scene): Promise<string | null> {
  const { rest } = await readAddress(talk, talk.text.trim());
  const closed = await loadClosed(talk, scene);
  const reading = closed && rest !== '' ? readCorrection(closed, rest) : null;
  if (reading && reading.things.length > 0 && reading.faults.length === 0)
    return `更正${ownReportWords(scene)} ${rest}`;
  const turn = step(scene, awaitingReturned(scene, { ...idle, open: openOf(scene) }), rest);
  const wanted = turn?.effects.flatMap((effect) => (effect.kind === 'answer' ? effect.answers : [])) ?? [];
  return correctionOf(scene, wanted);
}
