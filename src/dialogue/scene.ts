/** Everything a turn is decided by, and how the scene looks after an answer. */
import type { UnitRef } from '../access/speaker';
import type { PeriodTerms } from '../calendar/periods';
import type { Answer } from '../filing/draft';
import type { Entry } from '../filing/lists';
import {
  type DraftValue,
  explanationsIn,
  factsOf,
  notApplicableIn,
  type Report,
  valuesInForce,
} from '../filing/report';
import type { ReadingContext } from '../reading/reading';
import type { ReadTable } from '../sheets/official';
import { type Complaint, complaintsOf, missingFields } from '../table/check';
import { askedFields, type FieldDefinition, fieldOf, type TableDefinition, type Values } from '../table/definition';

export interface Scene {
  readonly unit: UnitRef;
  readonly person: { readonly id: number; readonly name: string };
  readonly now: Date;
  readonly terms: PeriodTerms;
  readonly definition: TableDefinition;
  /** The lists that its derived figures come from. */
  readonly lists: readonly TableDefinition[];
  readonly report: Report;
  /** Its table has to be named in words that are to be said back, since there are others. */
  readonly isOneOfSeveral?: boolean;
  /** The uploaded workbook that waits to be imported, once it is asked for. */
  readonly upload?: readonly ReadTable[];
}

export const valuesIn = (scene: Scene): Values => valuesInForce(scene.definition, scene.report);

export const lastValues = (scene: Scene): Values => scene.report.last?.values ?? {};

export function missingIn(scene: Scene): readonly FieldDefinition[] {
  return missingFields(scene.definition, valuesIn(scene), new Set(notApplicableIn(scene.report).keys()));
}

/** Fields that the bureau sent back and that are neither changed since, nor said to be right or not to apply. */
export function openReturns(scene: Scene): readonly FieldDefinition[] {
  const { returned, filed, draft } = scene.report;
  const values = valuesIn(scene);
  return (returned?.fields ?? [])
    .filter(
      (key) =>
        values[key] === filed?.values[key] &&
        (draft.get(key)?.explanation ?? draft.get(key)?.notApplicable ?? null) === null,
    )
    .map((key) => fieldOf(scene.definition, key));
}

/** Complaints that nobody has given a reason for, hard ones first. */
export function openComplaints(scene: Scene): readonly Complaint[] {
  const explained = explanationsIn(scene.report);
  const { definition, report } = scene;
  return complaintsOf(definition, factsOf(definition, report)).filter(
    (complaint) => complaint.level === 'hard' || !explained.has(complaint.field),
  );
}

/** How many of the asked fields have an answer in the draft or the confirmed report. */
export function countGiven(scene: Scene): { readonly given: number; readonly total: number } {
  const values = valuesIn(scene);
  const absent = notApplicableIn(scene.report);
  const asked = askedFields(scene.definition);
  return {
    given: asked.filter((field) => values[field.key] !== undefined || absent.has(field.key)).length,
    total: asked.length,
  };
}

export function readingContext(scene: Scene, asked: string | null): ReadingContext {
  return {
    fields: scene.definition.fields,
    asked,
    last: lastValues(scene),
    draft: valuesIn(scene),
    open: [...missingIn(scene), ...openReturns(scene)].map((field) => field.key),
    period: scene.terms.period,
  };
}

/** The scene once the answers are written. */
export function withAnswers(scene: Scene, answers: readonly Answer[]): Scene {
  const draft = new Map(scene.report.draft);
  for (const answer of answers) draft.set(answer.field, givenBy(scene, answer));
  return { ...scene, report: { ...scene.report, draft } };
}

function givenBy(scene: Scene, { value, notApplicable, explanation }: Answer): DraftValue {
  const { id: authorId, name: authorName } = scene.person;
  return { value, notApplicable, explanation, authorId, authorName, givenAt: scene.now };
}

/** The scene once the entries of a list are these. */
export function withEntries(scene: Scene, list: string, entries: readonly Entry[]): Scene {
  const all = new Map(scene.report.entries).set(list, entries);
  return { ...scene, report: { ...scene.report, entries: all } };
}

export function entriesIn(scene: Scene, list: string): readonly Entry[] {
  return scene.report.entries.get(list) ?? [];
}

/** What would be confirmed, in a few characters: tells whether it changed since it was shown. */
export function digestOf(scene: Scene): string {
  return JSON.stringify([valuesIn(scene), [...notApplicableIn(scene.report)], scene.report.returned?.eventId]);
}
