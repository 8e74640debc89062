/** What the lines above a table say of whom and when it is for: another unit's file is refused, another month's remarked on. */
import type { ReadTable } from '../sheets/official';
import type { ImportTarget, PlacedWrong } from './target';

const filledIn = /(填报|报送)单位\s*([(（]\s*盖章\s*[)）])?\s*[:：]\s*(?<unit>[^\s_:：]+)/;
const asOf = /截至\s*(?<year>20\d{2})\s*年\s*(?<month>1[0-2]|0?[1-9])\s*月/;

export interface Opening {
  readonly wrong: readonly PlacedWrong[];
  readonly notes: readonly string[];
}

export function readOpening({ sheet, opening, rows }: ReadTable, target: ImportTarget): Opening {
  // A sheet of several units is somebody else's above, and labels its rows.
  const isShared = rows.some(({ unit }) => unit !== null && unit !== '');
  const wrong = isShared
    ? []
    : opening.flatMap((cell): readonly PlacedWrong[] => {
        const unit = filledIn.exec(cell.text)?.groups?.['unit'];
        if (unit === undefined || target.isOwn(unit)) return [];
        const reason = `填报单位是“${unit}”，您负责的是${target.unitShort}`;
        return [{ sheet, row: null, cell, reason, field: null }];
      });
  const notes = opening.flatMap(({ text }) => {
    const { year, month = '' } = asOf.exec(text)?.groups ?? {};
    if (year === undefined || `${year}-${month.padStart(2, '0')}` === target.period) return [];
    const [ownYear, ownMonth] = target.period.split('-');
    return [`${sheet}表头写的是截至${year}年${Number(month)}月，将按${ownYear}年${Number(ownMonth)}月导入。`];
  });
  return { wrong, notes };
}

/** The units that tables are for, by their own words: 填报单位 above the head, or the labels of the rows. */
export function unitsWrittenIn(tables: readonly ReadTable[]): readonly string[] {
  const above = tables.flatMap(({ opening }) =>
    opening.flatMap(({ text }) => filledIn.exec(text)?.groups?.['unit'] ?? []),
  );
  const labels = tables.flatMap(({ rows }) => rows.flatMap(({ unit }) => unit || []));
  return [...new Set([...above, ...labels])];
}
