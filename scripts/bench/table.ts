/** What was measured, as text. */
import type { Measured } from './scene';

const columns: readonly (readonly [string, (row: Measured) => string])[] = [
  ['server', ({ server }) => server],
  ['units', ({ units }) => String(units)],
  ['in flight', ({ inFlight }) => String(inFlight)],
  ['turns/s', ({ perSecond }) => perSecond.toFixed(0)],
  ['p50 ms', ({ p50Ms }) => p50Ms.toFixed(1)],
  ['p99 ms', ({ p99Ms }) => p99Ms.toFixed(1)],
  ['statements', ({ statements }) => statements.toFixed(1)],
  ['CPU ms', ({ cpuMs }) => cpuMs.toFixed(2)],
];

export function showTable(rows: readonly Measured[]): string {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, show]) => show(row)))];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells.map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n');
}

/** The product's turns per second as a part of the floor's, at the same number of units and of turns in flight. */
export function showRatios(rows: readonly Measured[]): string {
  const lines = rows.flatMap((row) => {
    const floor = rows.find(
      (other) => other.server === 'floor' && other.units === row.units && other.inFlight === row.inFlight,
    );
    if (row.server === 'floor' || !floor) return [];
    return [`product / floor at ${row.inFlight} in flight: ${(row.perSecond / floor.perSecond).toFixed(2)}`];
  });
  return lines.join('\n');
}
