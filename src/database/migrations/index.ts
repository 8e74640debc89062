/** The one migration history, in order. */
import { foundation } from './foundation';
import { registration } from './registration';
import { uploadLinks } from './upload-links';
import { webhooks } from './webhooks';

export const migrations = [...foundation, ...registration, ...webhooks, ...uploadLinks] as const;
