/** Every class that is stored. */
import { ApiCalls } from './api-calls';
import { Assignment } from './assignment';
import { AuditEntry } from './audit-entry';
import { Bulletin } from './bulletin';
import { ChatBinding } from './chat-binding';
import { Conversation } from './conversation';
import { DraftAnswer } from './draft-answer';
import { Filing } from './filing';
import { FilingCorrection } from './filing-correction';
import { FilingEntry } from './filing-entry';
import { FilingEvent } from './filing-event';
import { FilingNote } from './filing-note';
import { FilingVersion } from './filing-version';
import { Identity } from './identity';
import { InboundMessage } from './inbound-message';
import { OutboxMessage } from './outbox-message';
import { Person } from './person';
import { Registration } from './registration';
import { Reminder } from './reminder';
import { ReminderPause } from './reminder-pause';
import { ScheduleRun } from './schedule-run';
import { StoredFile } from './stored-file';
import { Succession } from './succession';
import { SupplementRequest } from './supplement-request';
import { TrialClock } from './trial-clock';
import { TrialMessage } from './trial-message';
import { Unit } from './unit';
import { UnitName } from './unit-name';
import { UploadLink } from './upload-link';

export const entities = [
  ApiCalls,
  Assignment,
  AuditEntry,
  Bulletin,
  ChatBinding,
  Conversation,
  DraftAnswer,
  Filing,
  FilingCorrection,
  FilingEntry,
  FilingEvent,
  FilingNote,
  FilingVersion,
  Identity,
  InboundMessage,
  OutboxMessage,
  Person,
  Registration,
  Reminder,
  ReminderPause,
  ScheduleRun,
  StoredFile,
  Succession,
  SupplementRequest,
  TrialClock,
  TrialMessage,
  Unit,
  UnitName,
  UploadLink,
] as const;
