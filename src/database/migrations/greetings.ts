/** On which day a chat was greeted last. */
import { optional, short } from '../columns';
import { addColumn } from './add-column';
import type { MigrationClass } from './create-table';

export const greetings: readonly MigrationClass[] = [
  addColumn('AddGreetedOn1763930000001', 'conversation', () => short('greetedOn', 10, optional)),
];
