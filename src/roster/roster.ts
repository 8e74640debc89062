/**
 * The roster import without file and database: the lines of a roster file and who is known already go in, what an import
 * would do and what is wrong with the file come out.
 */
import type { RosterField, RosterRole } from './columns';

export { describePlan } from './describe';
export { planRoster } from './plan';
export { readRoster } from './read';
export type { RosterField, RosterRole };

/** One checked line of the file. An empty text says nothing: what is known stays. */
export interface RosterRow {
  /** Line of the file, the first being 1. */
  readonly line: number;
  readonly unit: string;
  readonly name: string;
  readonly title: string;
  readonly officePhone: string;
  readonly mobile: string;
  readonly email: string;
  readonly role: RosterRole;
  readonly wecom: string;
  readonly dingtalk: string;
}

export interface RosterIdentity {
  readonly channel: 'wecom' | 'dingtalk';
  readonly userId: string;
}

/** Someone known already, in one current assignment; a person with two assignments is given twice. */
export interface RosterPerson {
  readonly personId: number;
  readonly unitId: number;
  readonly name: string;
  readonly title: string;
  readonly officePhone: string;
  readonly mobile: string;
  readonly email: string;
  readonly role: 'contact' | 'lead' | 'staff' | 'leader';
  readonly deputy: boolean;
  readonly identities: readonly RosterIdentity[];
}

/** How the import knows units. */
export interface RosterUnits {
  /** By its full or any short name. */
  idOf(name: string): number | null;
  nameOf(unitId: number): string;
}

export interface RosterProblem {
  readonly line: number;
  /** The column's title; null when it is the whole line. */
  readonly column: string | null;
  /** What is wrong and what to do; no phone numbers. */
  readonly reason: string;
}

export interface RosterReading {
  readonly rows: readonly RosterRow[];
  readonly problems: readonly RosterProblem[];
  /** Columns of the file that mean nothing here. */
  readonly extraColumns: readonly string[];
  /** Columns that the file lacks. */
  readonly missingColumns: readonly string[];
}

export interface RosterAddition {
  readonly row: RosterRow;
  readonly unitId: number;
}

export interface FieldChange {
  readonly field: RosterField;
  readonly before: string;
  readonly after: string;
}

export interface RosterChange extends RosterAddition {
  readonly person: RosterPerson;
  readonly changes: readonly FieldChange[];
}

/** What an import would do. With problems, nothing should be written: the file is mended and imported again. */
export interface RosterPlan {
  readonly add: readonly RosterAddition[];
  readonly change: readonly RosterChange[];
  readonly same: readonly RosterPerson[];
  /**
   * Known but not in the file: listed for staff to look at, an import ends nobody. Empty while there are problems, since
   * only from a whole file can be told who is missing.
   */
  readonly end: readonly (RosterPerson & { readonly unit: string })[];
  readonly problems: readonly RosterProblem[];
  readonly extraColumns: readonly string[];
  readonly missingColumns: readonly string[];
}
