/**
 * What the bot says, before any platform: a few kinds of block and a few answers to tap. Each channel renders the best
 * its platform shows. Every text in here is plain: a channel escapes it for its own markup.
 */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly ordered: boolean }
  | { readonly kind: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'figures'; readonly figures: readonly FigureLine[] }
  | { readonly kind: 'image'; readonly fileId: number; readonly name: string }
  | { readonly kind: 'file'; readonly fileId: number; readonly name: string };

/** One figure with its value and, where there is one, what it was before and by how much it moved: 企业 24 → 27 (+3). */
export interface FigureLine {
  readonly label: string;
  readonly value: string;
  readonly before: string | null;
  readonly change: string | null;
}

/** An answer to tap. Tapping sends `text` as if it had been typed, so every choice has a typed equivalent. */
export interface Choice {
  readonly label: string;
  readonly text: string;
}

/** Whom a message in a group calls by name: everybody, or a person by account or by mobile number. */
export type Mention = 'all' | { readonly userId: string } | { readonly mobile: string };

export interface Content {
  readonly blocks: readonly Block[];
  readonly choices: readonly Choice[];
  /** In groups whose platform can; elsewhere nobody is called. */
  readonly mentions?: readonly Mention[];
}

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const text = (line: string): Block => ({ kind: 'text', text: line });
export const list = (items: readonly string[], ordered = false): Block => ({ kind: 'list', items, ordered });
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  header,
  rows,
});
export const figures = (lines: readonly FigureLine[]): Block => ({ kind: 'figures', figures: lines });
export const image = (fileId: number, name: string): Block => ({ kind: 'image', fileId, name });
export const file = (fileId: number, name: string): Block => ({ kind: 'file', fileId, name });

/** Content from blocks, a bare string being a text block, with choices `[label, text?]`. */
export function say(blocks: readonly (Block | string)[], choices: readonly (string | Choice)[] = []): Content {
  return {
    blocks: blocks.map((block) => (typeof block === 'string' ? text(block) : block)),
    choices: choices.map((choice) => (typeof choice === 'string' ? { label: choice, text: choice } : choice)),
  };
}
