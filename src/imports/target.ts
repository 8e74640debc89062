/** Whose report an import is for, as it stands, and how what is wrong with a file is placed in it. */
import type { Entry } from '../filing/lists';
import type { TableDefinition } from '../table/definition';
import type { Standing } from './figures-plan';
import type { Wrong } from './rows';

export interface ImportTarget {
  /** Names by which a sheet may label the unit. */
  readonly isOwn: (label: string) => boolean;
  readonly unitShort: string;
  /** `2025-06` */
  readonly period: string;
  readonly figures: TableDefinition;
  readonly standing: Standing;
  readonly lists: readonly { readonly list: TableDefinition; readonly entries: readonly Entry[] }[];
}

export interface PlacedWrong extends Wrong {
  /** Sheet; empty for pasted rows. */
  readonly sheet: string;
}
