/** The requests for 更正 that wait for somebody's decision. */
import { In } from 'typeorm';
import type { Role } from '../../../entities/assignment';
import { Filing } from '../../../entities/filing';
import { FilingCorrection } from '../../../entities/filing-correction';
import { Unit } from '../../../entities/unit';
import { overseeing, reaches } from '../../access/speaker';
import type { TableDefinition } from '../../table/definition';
import type { Talk } from '../command';

export interface WaitingCorrection {
  readonly correction: FilingCorrection;
  readonly filing: Filing;
  readonly unit: Unit;
  readonly definition: TableDefinition;
}

/** Those of the units below the speaker's posts of these roles, oldest first. */
export async function findWaitingCorrections(
  { tx, speaker, tables }: Talk,
  roles: readonly Role[],
): Promise<readonly WaitingCorrection[]> {
  const corrections = await tx.find(FilingCorrection, { where: { status: 'waiting' }, order: { id: 'ASC' } });
  const filings = await tx.findBy(Filing, { id: In(corrections.map(({ filingId }) => filingId)) });
  const units = await tx.findBy(Unit, { id: In(filings.map(({ unitId }) => unitId)) });
  return corrections.flatMap((correction) => {
    const filing = filings.find(({ id }) => id === correction.filingId);
    const unit = units.find(({ id }) => id === filing?.unitId);
    const definition = tables.find(({ name }) => name === filing?.tableName);
    const isTheirs = unit && overseeing(speaker, roles).some((post) => reaches(post, unit));
    return filing && unit && definition && isTheirs ? [{ correction, filing, unit, definition }] : [];
  });
}
