/** The picture that goes with a bulletin: what its text says, to be taken in at a glance on a phone. */
import { type BulletinFacts, stampOf, titleOf } from '../bulletins/compose';
import { totalsOf } from '../bulletins/totals';
import { type Progress, progressOf } from '../bulletins/unit-progress';
import { previousPeriod } from '../calendar/periods';
import { drawPng } from './paper';
import { progressPart } from './progress-part';
import { colors, innerWidth, margin, optionOf, type Part, pageWidth } from './sheet-of-parts';
import { totalsPart } from './totals-part';

/** Both reject when this machine cannot draw. */
export interface Charts {
  /** For leaders and staff: progress, and totals beside last month's. */
  renderBulletinChart(facts: BulletinFacts): Promise<Buffer>;
  /** For the group: progress alone. */
  renderProgressChart(facts: BulletinFacts): Promise<Buffer>;
}

export const charts: Charts = { renderBulletinChart, renderProgressChart };

export async function renderBulletinChart(facts: BulletinFacts): Promise<Buffer> {
  const progress = progressOf(facts.units);
  const [title, reported] = opening(facts, progress);
  const totals = totalsIn(facts, progress, reported.bottom + 24);
  return draw(totals ? [title, reported, totals] : [title, reported]);
}

export async function renderProgressChart(facts: BulletinFacts): Promise<Buffer> {
  return draw(opening(facts, progressOf(facts.units)));
}

function opening(facts: BulletinFacts, progress: Progress): readonly [Part, Part] {
  const title = titlePart(facts);
  return [title, progressPart(progress, title.bottom)];
}

function titlePart(facts: BulletinFacts): Part {
  const line = { x: margin, width: innerWidth };
  return {
    labels: [
      { ...line, text: titleOf(facts), y: margin + 30, size: 46, color: colors.ink, bold: true },
      { ...line, text: `${stampOf(facts)}  版本 ${facts.version}`, y: margin + 92, size: 30, color: colors.faint },
    ],
    strips: [],
    bottom: margin + 130,
  };
}

/** More would make a picture that no phone shows at once; the text and the workbook have all of them. */
const rowsAtMost = 12;

/** Null while there is nothing to add up; a figure that nobody gave has no row. */
function totalsIn({ definition, terms }: BulletinFacts, { counted, returned }: Progress, top: number): Part | null {
  const figures = totalsOf(definition, counted).figures.filter(({ value }) =>
    Number.isFinite(Number.parseFloat(value)),
  );
  if (figures.length === 0) return null;
  const months = [monthOf(terms.period), monthOf(previousPeriod(terms.period))] as const;
  const without = returned.length > 0 ? `，不含退回${returned.length}家` : '';
  return totalsPart(
    { heading: `合计（${counted.length}家${without}）`, figures: figures.slice(0, rowsAtMost), months },
    top,
  );
}

const monthOf = (period: string): string => `${Number(period.slice(5))}月`;

function draw(parts: readonly Part[]): Promise<Buffer> {
  const height = Math.max(...parts.map(({ bottom }) => bottom)) + margin / 2;
  return drawPng(optionOf(parts), { width: pageWidth, height });
}
