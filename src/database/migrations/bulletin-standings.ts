/** A bulletin keeps whom it told of and where each of them stood, so that the final one can tell what is new in it. */
import { json, optional, short } from '../columns';
import { addColumn } from './add-column';
import type { MigrationClass } from './create-table';

export const bulletinStandings: readonly MigrationClass[] = [
  addColumn('AddBulletinScope1763950000001', 'bulletin', () => short('scope', 190, optional)),
  addColumn('AddBulletinUnits1763950000002', 'bulletin', () => json('units', optional)),
];
