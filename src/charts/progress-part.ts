/** How many of the units have filed: one bar for all of them, and the numbers below it. No unit is named. */
import type { Progress } from '../bulletins/unit-progress';
import { colors, innerWidth, type Label, margin, mark, type Part, type Strip, widthOf } from './sheet-of-parts';

const barHeight = 52;

export function progressPart(progress: Progress, top: number): Part {
  const { all, filed } = progress;
  const shares = sharesOf(progress);
  const bar = { x: margin, y: top + 132, width: innerWidth, height: barHeight, full: all.length };
  const legend = shares.map((share, index) => keyOf(share, margin + (index * innerWidth) / shares.length, top + 232));
  return {
    labels: [...headline(filed.length, all.length, top + 60), ...legend.flatMap(({ labels }) => labels)],
    strips: [{ ...bar, segments: segmentsOf(shares) }, ...legend.map(({ square }) => square)],
    bottom: top + 264,
  };
}

interface Share {
  readonly name: string;
  readonly units: number;
  readonly color: string;
}

/** 补报 is rare, and is left out while there is none. */
function sharesOf({ onTime, late, supplements, missing }: Progress): readonly Share[] {
  const shares = [
    { name: '按时', units: onTime.length, color: colors.onTime },
    { name: '迟报', units: late.length, color: colors.late },
    { name: '补报', units: supplements.length, color: colors.supplement },
    { name: '未报', units: missing.length, color: colors.missing },
  ];
  return shares.filter(({ name, units }) => units > 0 || name !== '补报');
}

const segmentsOf = (shares: readonly Share[]): Strip['segments'] =>
  shares.filter(({ units }) => units > 0).map(({ units, color }) => ({ value: units, color }));

function headline(filed: number, all: number, y: number): readonly Label[] {
  const count = { text: String(filed), x: margin, y, size: 96, color: colors.ink, bold: true };
  const rest = { text: `家已报，应报${all}家`, x: margin + widthOf(count.text, 96) + 12, y: y + 22 };
  return [count, { ...rest, size: 36, color: colors.ink }];
}

function keyOf({ name, units, color }: Share, x: number, y: number): { labels: readonly Label[]; square: Strip } {
  const labels = [
    { text: name, x: x + 44, y, size: 32, color: colors.faint },
    { text: String(units), x: x + 120, y, size: 40, color: colors.ink, bold: true },
  ];
  return { labels, square: mark(x, y, color) };
}
