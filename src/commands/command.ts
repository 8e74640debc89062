/** What a command is: words, who may say them where, and what it answers. One file a command; the list is explicit. */
import type { Role } from '../../entities/assignment';
import { overseeing, type Speaker, type UnitRef } from '../access/speaker';
import type { Chat } from '../channels/channel';
import type { Content } from '../channels/content';
import type { Tx } from '../database/database';
import type { Statement } from '../database/sql';
import type { DialogueState } from '../dialogue/state';
import type { TableDefinition } from '../table/definition';

/** A message with everything that may be needed to answer it. */
export interface Talk {
  readonly tx: Tx;
  readonly now: Date;
  readonly chat: Chat;
  readonly speaker: Speaker;
  /** The account that the message came from. */
  readonly userId: string;
  /** The channel under which such accounts are registered. */
  readonly directory: string;
  readonly text: string;
  readonly state: DialogueState;
  readonly tables: readonly TableDefinition[];
}

/** A file that goes with an answer; the one way in stores it and adds its block. */
export interface AnswerFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Something to tell somebody else because of this message. */
export interface Notice {
  readonly chat: Chat;
  readonly content: Content;
}

export interface Outcome {
  /** Null: nothing is said, so that two bots do not talk for ever. */
  readonly content: Content | null;
  readonly notices?: readonly Notice[];
  /** Absent: as it was. */
  readonly state?: DialogueState;
  readonly files?: readonly AnswerFile[];
  /** What nobody waits for is written with the reply, in one packet. */
  readonly writes?: readonly Statement<undefined>[];
}

export interface Command {
  /** What to type. */
  readonly words: string;
  /** What it is called, where its words do not begin with that. */
  readonly title?: string;
  /** What it does, for 帮助. */
  readonly help: string;
  /** Empty: everyone. */
  readonly roles: readonly Role[];
  /** Whether its answer may stand in a group: progress may, figures of a unit may not. */
  readonly inGroup: boolean;
  /** Its words can mean nothing else: who may not use it is told so at once, before they are taken for figures. */
  readonly isPlain?: boolean;
  /** Said to who may not use it, where more is to be said than who may. */
  readonly refusal?: string;
  match(text: string): boolean;
  /** A second look where words alone do not tell: whether the message really is this command. */
  applies?(talk: Talk): Promise<boolean>;
  run(talk: Talk): Promise<Outcome>;
}

export function mayUse(command: Command, speaker: Speaker): boolean {
  return command.roles.length === 0 || overseeing(speaker, command.roles).length > 0;
}

/** The top of the subtree that a speaker oversees in one of the roles. */
export function topUnit(speaker: Speaker, roles: readonly Role[]): UnitRef | null {
  const tops = overseeing(speaker, roles).map((post) => post.unit);
  return tops.sort((a, b) => a.path.length - b.path.length)[0] ?? null;
}

/** The tables of figures, which have a cadence of their own; lists go with them. */
export const figureTables = (tables: readonly TableDefinition[]): readonly TableDefinition[] =>
  tables.filter((table) => table.shape === 'figures');

export const listsOf = (table: TableDefinition, tables: readonly TableDefinition[]): readonly TableDefinition[] =>
  tables.filter((each) => table.lists.includes(each.name));
