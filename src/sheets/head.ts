/** Places a head tree on a grid: parents span their leaves, leaves span down to the last head row. */
import type { HeadCell } from '../table/sheet-layout';

/** A rectangle of cells; rows and columns count from 1, both ends belong to it. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface PlacedHead extends Area {
  readonly title: string;
}

export function depthOf(cells: readonly HeadCell[]): number {
  return 1 + Math.max(0, ...cells.map((cell) => (cell.children ? depthOf(cell.children) : 0)));
}

export function leavesOf(cells: readonly HeadCell[]): readonly HeadCell[] {
  return cells.flatMap((cell) => (cell.children ? leavesOf(cell.children) : [cell]));
}

/** Places the cells side by side from `left`, their heads in the rows `top` to `bottom`. */
export function placeHead(
  cells: readonly HeadCell[],
  { top, left, bottom }: Omit<Area, 'right'>,
): readonly PlacedHead[] {
  const placed: PlacedHead[] = [];
  let column = left;
  for (const cell of cells) {
    const { title, children } = cell;
    const right = column + leavesOf([cell]).length - 1;
    placed.push({ title, top, left: column, bottom: children ? top : bottom, right });
    if (children) placed.push(...placeHead(children, { top: top + 1, left: column, bottom }));
    column = right + 1;
  }
  return placed;
}
