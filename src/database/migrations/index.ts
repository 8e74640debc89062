/** The one migration history, in order. */
import { foundation } from './foundation';
import { registration } from './registration';

export const migrations = [...foundation, ...registration] as const;
