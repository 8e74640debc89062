/** The one migration history, in order. */
import { accounts } from './accounts';
import { apiCalls } from './api-calls';
import { bulletinStandings } from './bulletin-standings';
import { claims } from './claims';
import { corrections } from './corrections';
import { duty } from './duty';
import { fileExpiry } from './file-expiry';
import { filingEvents } from './filing-events';
import { foundation } from './foundation';
import { greetings } from './greetings';
import { mentions } from './mentions';
import { outboxExpiry } from './outbox-expiry';
import { quotas } from './quotas';
import { registration } from './registration';
import { sendingProgress } from './sending-progress';
import { uploadLinks } from './upload-links';
import { webhooks } from './webhooks';

export const migrations = [
  ...foundation,
  ...registration,
  ...webhooks,
  ...uploadLinks,
  ...sendingProgress,
  ...fileExpiry,
  ...mentions,
  ...filingEvents,
  ...corrections,
  ...duty,
  ...accounts,
  ...quotas,
  ...apiCalls,
  ...greetings,
  ...claims,
  ...bulletinStandings,
  ...outboxExpiry,
] as const;
