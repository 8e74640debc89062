/** The playground of a trial for the contract of all channels. */

import type { Kind, Said, Subject } from '../contract';
import { EventReader } from '../playground/event-reader';
import { startTrial } from '../playground/trial';

const chat = { kind: 'private', id: 'zhang' } as const;

async function open(): Promise<Subject> {
  const trial = await startTrial();
  const events = await EventReader.open(trial.mounted.url);
  return {
    channel: trial.channel,
    heard: trial.heard,
    chat: { channel: 'playground', ...chat },
    secrets: [],
    async speak({ text, key, flaw }: Said) {
      const foreign = flaw === 'a page of another site' && { origin: 'http://elsewhere.example' };
      const headers = { 'content-type': 'application/json', ...foreign };
      const message = { chat, userId: 'zhang', text, key, mention: true };
      const body = flaw === 'no sense' ? '[]' : JSON.stringify(message);
      const response = await fetch(`${trial.mounted.url}/playground/messages`, { method: 'POST', headers, body });
      return response.ok;
    },
    breakStorage: async () => trial.setBroken(true),
    async shown() {
      const event = await events.next();
      const blocks = event.type === 'message' ? event.message.content.blocks : [];
      return blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
    },
    async end() {
      events.close();
      await trial.close();
      return '';
    },
  };
}

export const playground: Kind = {
  name: 'the playground',
  open,
  hears: true,
  hearsUnreadable: false,
  flaws: ['a page of another site', 'no sense'],
  // It lies in the same process: there is nothing on the way that could fail.
  troubles: [],
};
