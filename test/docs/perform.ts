/** Plays a scene of the manual in the trial, and gives it back with what the bot says now. */
import type { Content } from '../../src/channels/content';
import { plainText } from '../../src/channels/plain';
import { newcomer, sampleGroup, samplePeople } from '../../src/trial/sample-people';
import { type Office, startOffice } from '../scenarios/harness';
import { embedded } from '../support/databases';
import { attachments } from './attachments';
import { type Piece, rewritten, type Scene, textOf, wordsOf } from './exchanges';

/** Those whom nobody has registered yet speak through the one account for it. */
const strangers = ['钱多多', '赵六'];
const accounts = new Map<string, string>([
  ...samplePeople.map(({ name, userId }) => [name, userId] as const),
  ...strangers.map((name) => [name, newcomer.userId] as const),
  ['群里', sampleGroup.id],
]);
const firstMoment = '2025-07-02T09:30:00+08:00';
/** The trial's clock runs on while a scene is played. */
const longestSceneMinutes = 3;

export async function perform({ pieces }: Scene): Promise<string> {
  if (pieces[0]?.kind !== 'begin') return textOf(pieces);
  const office = await startOffice(embedded);
  try {
    return textOf(await new Stage(office).play(pieces));
  } finally {
    await office.close();
  }
}

class Stage {
  private readonly moments: string[] = [firstMoment];
  private answer: Content | null = null;

  constructor(private readonly office: Office) {}

  async play(pieces: readonly Piece[]): Promise<readonly Piece[]> {
    const played: Piece[] = [];
    for (const piece of pieces) played.push(await this.take(piece));
    return played;
  }

  private async take(piece: Piece): Promise<Piece> {
    switch (piece.kind) {
      case 'prose':
      case 'begin':
        return piece;
      case 'moment':
        this.moments.push(piece.at);
        await this.office.moveClock(piece.at);
        return piece;
      case 'said':
        this.answer = await this.hear(piece);
        return piece;
      case 'answer':
        return { ...piece, lines: rewritten(piece, this.show(this.answer, piece)) };
      case 'told': {
        const told = await this.office.told(accountOf(piece.whom));
        return { ...piece, lines: rewritten(piece, this.show(told.at(-1 - piece.newer) ?? null, piece)) };
      }
    }
  }

  private async hear(piece: Extract<Piece, { kind: 'said' }>): Promise<Content> {
    const userId = accountOf(piece.who);
    const options = piece.isInGroup ? { group: sampleGroup.id } : {};
    const words = wordsOf(piece);
    const [, file] = /^［文件］(.+)$/.exec(words) ?? [];
    if (file === undefined) return this.office.say(userId, words, options);
    const bytes = attachments[file];
    if (!bytes) throw new Error(`nobody knows what is in ${file}`);
    return this.office.upload(userId, file, await bytes(), options);
  }

  /** As people read it where there is text alone; the answers to tap only where the manual has them. */
  private show(content: Content | null, { lines }: Piece): readonly string[] {
    if (!content) throw new Error(`the bot says nothing where the manual has: ${lines[0]}`);
    const isTapped = lines.some((line) => line.includes('可回复：'));
    const text = plainText(isTapped ? content : { ...content, choices: [] });
    return this.steady(text).split('\n').filter(Boolean);
  }

  private steady(text: string): string {
    const starts = this.moments.map((at) => minutesOf(at.slice(11, 16)));
    return text.replaceAll(/\b\d\d:\d\d\b/g, (time) => {
      const start = starts.find((each) => minutesOf(time) >= each && minutesOf(time) < each + longestSceneMinutes);
      return start === undefined ? time : timeOf(start);
    });
  }
}

function accountOf(name: string): string {
  const account = accounts.get(name);
  if (account === undefined) throw new Error(`the trial has nobody called ${name}`);
  return account;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
