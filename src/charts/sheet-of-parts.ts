/** What a picture is made of, in pixels from its upper left corner, and how ECharts is told to draw it. */
import type { EChartsOption } from 'echarts';
import { fontFamily } from './paper';

export interface Label {
  readonly text: string;
  readonly x: number;
  /** Of the middle of the line. */
  readonly y: number;
  readonly size: number;
  readonly color: string;
  readonly bold?: boolean;
  readonly align?: 'left' | 'right';
  /** What is longer ends in an ellipsis. */
  readonly width?: number;
}

/** A bar of one or several segments, of which `full` would reach its right end. */
export interface Strip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly full: number;
  readonly segments: readonly { readonly value: number; readonly color: string }[];
}

/** A part of the picture, from the height at which it was placed down to `bottom`. */
export interface Part {
  readonly labels: readonly Label[];
  readonly strips: readonly Strip[];
  readonly bottom: number;
}

export const pageWidth = 1000;
export const margin = 48;
export const innerWidth = pageWidth - 2 * margin;

export const colors = {
  paper: '#ffffff',
  track: '#eef1f5',
  ink: '#1c2733',
  faint: '#667485',
  thisMonth: '#2468d6',
  lastMonth: '#a9bbd4',
  onTime: '#2c9a6b',
  late: '#e69b2f',
  supplement: '#8a75c9',
  missing: '#c9d1db',
  fall: '#c2571a',
} as const;

/** The little square that says which colour is what. @param y of its middle. */
export function mark(x: number, y: number, color: string): Strip {
  return { x, y: y - 14, width: 28, height: 28, full: 1, segments: [{ value: 1, color }] };
}

/** About as wide as the text is set: Chinese characters are square, digits a little over half as wide. */
export function widthOf(text: string, size: number): number {
  const ems = Array.from(text).map((character) => (/[\u0020-\u00ff]/.test(character) ? 0.6 : 1));
  return Math.ceil(ems.reduce((sum, each) => sum + each, 0) * size);
}

export function optionOf(parts: readonly Part[]): EChartsOption {
  const strips = parts.flatMap((part) => part.strips);
  return {
    backgroundColor: colors.paper,
    grid: strips.map(({ x, y, width, height }) => ({ left: x, top: y, width, height, containLabel: false })),
    xAxis: strips.map(({ full }, gridIndex) => ({ ...hidden, type: 'value', gridIndex, min: 0, max: full || 1 })),
    yAxis: strips.map((_, gridIndex) => ({ ...hidden, type: 'category', gridIndex, data: [''] })),
    series: strips.flatMap(seriesOf),
    graphic: parts.flatMap((part) => part.labels).map(textOf),
  };
}

const hidden = { show: false } as const;

function seriesOf({ segments }: Strip, axis: number) {
  return segments.map(({ value, color }, index) => ({
    type: 'bar' as const,
    xAxisIndex: axis,
    yAxisIndex: axis,
    stack: `strip ${axis}`,
    barWidth: '100%',
    data: [value],
    itemStyle: { color, borderRadius: 5, ...seam(segments.length) },
    showBackground: index === 0,
    backgroundStyle: { color: colors.track, borderRadius: 5 },
  }));
}

/** Neighbouring segments are told apart without their colours too. */
const seam = (segments: number) => (segments > 1 ? { borderColor: colors.paper, borderWidth: 3 } : {});

function textOf({ text, x, y, size, color, bold = false, align = 'left', width }: Label) {
  const font = `${bold ? 'bold ' : ''}${size}px ${fontFamily}`;
  const cut = width === undefined ? {} : { width, overflow: 'truncate' as const, ellipsis: '…' };
  return {
    type: 'text' as const,
    x,
    y,
    silent: true,
    style: { text, font, fill: color, align, verticalAlign: 'middle' as const, ...cut },
  };
}
