/** What the playground asks of the trial around it. The channel itself knows neither reports nor the database. */
import type { Chat, OutboundFile } from '../channel';
import type { PlaygroundGroup, PlaygroundMessage, PlaygroundPerson } from './wire';

export interface PlaygroundHost {
  /** Who one can speak as. */
  people(): Promise<readonly PlaygroundPerson[]>;
  /** The groups that the bot is in; everybody is a member. */
  groups(): Promise<readonly PlaygroundGroup[]>;
  /**
   * What was said so far in a chat, both directions, oldest first, at most the newest `limit`. What the bot sent of its own
   * accord is listed as `sent:` and the outbound's id.
   */
  history(chat: Chat, limit: number): Promise<readonly PlaygroundMessage[]>;
  /** Keeps what a person said, before the bot hears it, and returns the id under which `history` lists it. */
  record(chat: Chat, message: { userId: string; text: string; at: Date }): Promise<string>;
  /** Sets the trial's clock (null: back to real time) and resolves when everything due in between has run. */
  moveClock(to: Date | null): Promise<void>;
  /** A file that the bot sent. */
  load(fileId: number): Promise<OutboundFile>;
}
