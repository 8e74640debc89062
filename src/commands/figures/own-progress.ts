/** 进度 for a contact: where the unit's own report stands. */
import { reportedUnits } from '../../access/speaker';
import { termsWith } from '../../calendar/leave';
import { explainDue, formatMoment, type PeriodTerms, termsOf } from '../../calendar/periods';
import { type Content, say } from '../../channels/content';
import { returnedNames } from '../../dialogue/returned';
import { timelinessName } from '../../dialogue/wording';
import { loadReport, type Report } from '../../filing/report';
import { askedFields, type TableDefinition } from '../../table/definition';
import { figureTables, listsOf, type Talk } from '../command';
import { periodIn } from '../meant/period-words';
import { currentPeriod } from './overview';

export async function tellOwnProgress(talk: Talk): Promise<Content> {
  const lines: string[] = [];
  for (const definition of figureTables(talk.tables)) {
    const period = periodIn(talk.text, talk.now) ?? currentPeriod(definition, talk.now);
    for (const unit of reportedUnits(talk.speaker)) {
      const key = { unitId: unit.id, definition, period };
      const report = await loadReport(talk.tx, key, listsOf(definition, talk.tables));
      const terms = termsWith(termsOf(definition.cadence, period), report.leave);
      lines.push(
        `${unit.short}${terms.label}${definition.short}：${standing(definition, report, terms)}。截止${explainDue(terms)}。`,
      );
    }
  }
  return say(lines, ['上报']);
}

function standing(definition: TableDefinition, report: Report, terms: PeriodTerms): string {
  if (report.returned) {
    const what = returnedNames(definition, report.returned.fields);
    return `退回修改中（回执 ${report.filed?.receipt}，退回${what}，原因：${report.returned.reason}），回“继续”改`;
  }
  if (report.filed) {
    const when = report.firstFiledAt ? `，首次提交于${formatMoment(report.firstFiledAt)}` : '';
    const how = report.timeliness ? `，${timelinessName(report.timeliness, report.firstFiledAt, terms)}` : '';
    return `${report.status === 'accepted' ? '已通过' : '已报'}（回执 ${report.filed.receipt}${how}${when}）`;
  }
  return report.draft.size > 0
    ? `有草稿，已填${report.draft.size}项（共${askedFields(definition).length}项），尚未提交`
    : '还没报';
}
