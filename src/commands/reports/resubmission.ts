/** A report that is filed again after 撤回 or 退回: staff are told exactly what changed, and the audit says what counts as on time. */
import { recordAudit } from '../../access/audit';
import { formatMoment } from '../../calendar/periods';
import { say } from '../../channels/content';
import { showFigureChange, showFigureChanges } from '../../dialogue/corrections/change-words';
import type { Scene } from '../../dialogue/scene';
import { reportName, timelinessNames } from '../../dialogue/wording';
import { returnedWords } from '../../filing/return';
import type { SubmitResult } from '../../filing/submit';
import { changesBetween, loadVersions, type Version } from '../../filing/versions';
import type { TableDefinition } from '../../table/definition';
import type { Notice, Talk } from '../command';
import { tellStaff } from '../notify';

type Submitted = Extract<SubmitResult, { ok: true }>;

/** Nothing for a first report and for a correction that its unit makes of itself. */
export async function announceResubmission(talk: Talk, scene: Scene, result: Submitted): Promise<readonly Notice[]> {
  const { report, definition, unit } = scene;
  if (result.number === 1 || report.status === 'filed' || report.filingId === null) return [];
  const [before, after] = (await loadVersions(talk.tx, definition, report.filingId)).slice(-2);
  if (!before || !after) return [];
  const isReturned = report.status === 'returned';
  const [action, counts] = isReturned
    ? ['退回后重报', `首次提交时间和${timelinessNames[result.timeliness]}不变`]
    : ['重新提交', `${timelinessNames[result.timeliness]}，以本次提交${formatMoment(scene.now)}计`];
  const subject = `${reportName(scene)}（${result.receipt}），${counts}`;
  await recordAudit(talk.tx, { at: scene.now, personId: scene.person.id, action, subject });
  const lead = isReturned ? `${unit.short}已重报` : `${unit.short}撤回后已重新提交`;
  const line = `${lead}${scene.terms.label}${definition.short}（${result.receipt}，${timelinessNames[result.timeliness]}）`;
  return tellStaff(
    talk,
    unit,
    say([`${line}，${whatChanged(definition, before, after)}`, ...newReasons(definition, before, after)]),
  );
}

function whatChanged(definition: TableDefinition, before: Version, after: Version): string {
  const changes = changesBetween(definition, before.values, after.values);
  const [only] = changes;
  if (!only) return '各项数没有变化。';
  return changes.length === 1
    ? `仅此一项变化：${showFigureChange(only)}。`
    : `共${changes.length}项变化：${showFigureChanges(changes)}。`;
}

/** What the unit said about a figure since. */
function newReasons(definition: TableDefinition, before: Version, after: Version): readonly string[] {
  return definition.fields.flatMap(({ key, short }) => {
    const reason = after.explanations.get(key);
    const isNew = reason !== undefined && reason !== before.explanations.get(key);
    return isNew && !reason.startsWith(returnedWords) ? [`${short}说明：${reason}`] : [];
  });
}
