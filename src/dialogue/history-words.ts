/** One line for each thing that happened to a report: V2 张三 7月3日(周四)10:05 退回修改（…）：推送中小微300→260家. */
import type { FilingEvent } from '../../entities/filing-event';
import { formatMoment } from '../calendar/periods';
import type { Happening } from '../filing/history';
import { changesBetween } from '../filing/versions';
import type { TableDefinition } from '../table/definition';
import { showFigureChanges } from './corrections/change-words';
import { thingLines } from './corrections/correction-wording';
import { returnedNames } from './returned';

type Of<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;

interface Told {
  readonly definition: TableDefinition;
  readonly lists: readonly TableDefinition[];
}

export function tellHappening(told: Told, happening: Happening, inForce: number | null): string {
  const { definition } = told;
  switch (happening.kind) {
    case 'version':
      return tellVersion(definition, happening, happening.version.id === inForce);
    case 'event':
      return `${happening.who} ${formatMoment(happening.at)} ${tellEvent(definition, happening.event)}`;
    case 'correction':
      return tellCorrection(told, happening);
  }
}

function tellVersion(definition: TableDefinition, { version, before }: Of<'version'>, isInForce: boolean): string {
  const head = `V${version.number} ${version.author} ${formatMoment(version.confirmedAt)}`;
  const tail = `（${version.receipt}${isInForce ? '，现行' : ''}）`;
  if (!before) return `${head} 首次提交${tail}`;
  const changes = changesBetween(definition, before.values, version.values);
  const what = changes.length === 0 ? '各项数不变' : showFigureChanges(changes);
  return `${head} ${version.reason ?? '更正'}：${what}${tail}`;
}

const eventNames: Readonly<Record<FilingEvent['kind'], string>> = {
  withdrawn: '撤回',
  returned: '退回',
  return_undone: '撤销退回',
  accepted: '审核通过',
  acceptance_undone: '撤销通过',
};

function tellEvent(definition: TableDefinition, { kind, fields, reason }: FilingEvent): string {
  const what = kind === 'returned' ? returnedNames(definition, fields ?? []) : '';
  return `${eventNames[kind]}${what}${reason === null ? '' : `，原因：${reason}`}`;
}

const outcomes = { waiting: '等待审批', agreed: '同意', refused: '不同意', taken_back: '收回' } as const;

function tellCorrection(told: Told, { at, correction, before, who, decidedBy }: Of<'correction'>): string {
  const { status, things, reason, answer, decidedAt } = correction;
  const what = thingLines({ ...told, counted: before }, things).join('；');
  const by = decidedBy === null || decidedAt === null ? '' : `${decidedBy} ${formatMoment(decidedAt)} `;
  return `${who} ${formatMoment(at)} 申请更正${what === '' ? '' : `：${what}`}，原因：${reason}；${by}${outcomes[status]}${answer === null ? '' : `：${answer}`}`;
}
