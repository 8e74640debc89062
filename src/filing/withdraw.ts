/** 撤回: a filed report becomes a draft again that holds everything that was filed. */

import type { Tx } from '../database/database';
import { askedFields, type TableDefinition } from '../table/definition';
import { type Answer, addAnswers, holdDraft } from './draft';
import { moveFiling, seenIn } from './events';
import type { Filed, Report } from './report';

/**
 * On time is the first submission that is valid in the end: what was withdrawn is no longer valid, so the next one counts. A
 * report could otherwise be filed empty-handed before the deadline, withdrawn, and written at leisure.
 */
const unfiled = { status: 'draft', versionId: null, firstFiledAt: null, timeliness: null } as const;

/** False when the report is no longer as it was seen. */
export async function withdrawReport(
  tx: Tx,
  definition: TableDefinition,
  report: Report,
  author: { readonly personId: number; readonly now: Date },
): Promise<boolean> {
  const seen = seenIn(report);
  if (!seen || !report.filed) return false;
  await holdDraft(tx, report);
  if (!(await moveFiling(tx, seen, unfiled, { kind: 'withdrawn', ...author }))) return false;
  const answers = answersOf(definition, report, report.filed);
  await addAnswers(tx, { filingId: seen.filingId, draftNumber: report.draftNumber }, answers, author);
  return true;
}

/**
 * What was filed, as if it were answered once more; what the draft holds already stays. Of a derived figure only the reason for
 * it is somebody's answer.
 */
function answersOf(definition: TableDefinition, { draft }: Report, filed: Filed): readonly Answer[] {
  const asked = new Set(askedFields(definition).map(({ key }) => key));
  return definition.fields.flatMap(({ key: field }) => {
    const open = draft.get(field);
    if (open && (open.value ?? open.notApplicable) !== null) return [];
    const answer = {
      field,
      value: asked.has(field) ? (filed.values[field] ?? null) : null,
      notApplicable: filed.notApplicable.get(field) ?? null,
      explanation: open?.explanation ?? filed.explanations.get(field) ?? null,
    };
    return (answer.value ?? answer.notApplicable ?? answer.explanation) === null ? [] : [answer];
  });
}
