/** What notices ask for. A new table is its file and a line here. */
import { defineTable } from '../../src/table/declare';
import type { TableDefinition } from '../../src/table/definition';
import { Project } from './project';
import { Statistics } from './statistics';

export const tableClasses = [Statistics, Project] as const;

export const tables: readonly TableDefinition[] = tableClasses.map(defineTable);
