/** What a unit's lead is told when its contacts did not file: that it is missing and whom to ask; no figures. */
import type { PeriodTerms } from '../calendar/periods';
import { type Content, say } from '../channels/content';
import type { TableDefinition } from '../table/definition';
import { monthOf, tellOverdue } from './compose';

export interface EscalationFacts {
  readonly unit: string;
  readonly table: Pick<TableDefinition, 'short'>;
  readonly terms: PeriodTerms;
  readonly now: Date;
  /** Names of the contacts, the deputies behind. */
  readonly contacts: readonly string[];
}

export function composeEscalation({ unit, table, terms, now, contacts }: EscalationFacts): Content {
  const who =
    contacts.length > 0 ? `联络员：${contacts.join('、')}，请督促尽快报送。` : '目前没有登记联络员，请指定专人。';
  return say([`${unit}${monthOf(terms)}${table.short}未报，${tellOverdue(terms, now)}`, who]);
}
