/** 通过: the bureau has checked a filed report; from then on only 更正 changes it. */
import type { Tx } from '../database/database';
import { type Act, moveFiling, type SeenFiling } from './events';

type Decision = Pick<Act, 'personId' | 'now'>;

/** False when the report is no longer as it was seen. */
export const acceptReport = (tx: Tx, seen: SeenFiling, decision: Decision): Promise<boolean> =>
  moveFiling(tx, seen, { status: 'accepted' }, { kind: 'accepted', ...decision });

/** 撤销通过 */
export const undoAcceptance = (tx: Tx, seen: SeenFiling, decision: Decision): Promise<boolean> =>
  moveFiling(tx, seen, { status: 'filed' }, { kind: 'acceptance_undone', ...decision });
