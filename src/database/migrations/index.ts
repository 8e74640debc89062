/** The one migration history, in order. */
import { foundation } from './foundation';
import { registration } from './registration';
import { webhooks } from './webhooks';

export const migrations = [...foundation, ...registration, ...webhooks] as const;
