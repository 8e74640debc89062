/** The one migration history, in order. */
import { foundation } from './foundation';

export const migrations = [...foundation] as const;
