/** A filed report that can only be corrected with the bureau's leave, with the list rows that its version counted. */
import type { CorrectionSubject } from '../../dialogue/corrections/correction-reading';
import type { Scene } from '../../dialogue/scene';
import { loadEntriesOf } from '../../filing/correction';
import { type SeenFiling, seenIn } from '../../filing/events';
import type { Filed } from '../../filing/report';
import type { Talk } from '../command';

export interface ClosedReport extends CorrectionSubject {
  readonly scene: Scene;
  readonly seen: SeenFiling;
  readonly filed: Filed;
}

/** Null while nothing is filed. */
export async function loadClosed({ tx }: Pick<Talk, 'tx'>, scene: Scene): Promise<ClosedReport | null> {
  const { filed } = scene.report;
  const seen = seenIn(scene.report);
  if (!filed || !seen) return null;
  const entries = await loadEntriesOf(tx, scene.lists, filed.versionId);
  const { definition, lists } = scene;
  return { scene, seen, filed, definition, lists, counted: { values: filed.values, entries } };
}

/** Accepted, or past its lock: its unit cannot change it by itself any more. */
export const isClosed = ({ report, terms, now }: Scene): boolean =>
  report.status === 'accepted' || now >= terms.locksAt;
