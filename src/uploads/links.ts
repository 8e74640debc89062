/** Upload links: made for one person's chat, good for an hour and for one file. Only a hash of the token is kept. */
import { createHash, randomBytes } from 'node:crypto';
import { IsNull, MoreThan } from 'typeorm';
import { UploadLink } from '../../entities/upload-link';
import type { Tx } from '../database/database';

export interface LinkOwner {
  readonly personId: number;
  readonly channel: string;
  readonly chatId: string;
  /** The person's account, and the channel under which such accounts are registered. */
  readonly directory: string;
  readonly userId: string;
}

export const linkMinutes = 60;
const tokenBytes = 32;

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Returns the token. The person's earlier links end with it. */
export async function createLink(tx: Tx, owner: LinkOwner, now: Date): Promise<string> {
  const token = randomBytes(tokenBytes).toString('base64url');
  const expiresAt = new Date(now.getTime() + linkMinutes * 60_000);
  await tx.delete(UploadLink, { personId: owner.personId });
  await tx.insert(UploadLink, { ...owner, tokenHash: hashOf(token), expiresAt, usedAt: null });
  return token;
}

export type LinkState = 'open' | 'used' | 'expired' | 'unknown';

export async function stateOf(tx: Tx, token: string, now: Date): Promise<LinkState> {
  const link = await tx.findOneBy(UploadLink, { tokenHash: hashOf(token) });
  if (!link) return 'unknown';
  if (link.usedAt !== null) return 'used';
  return link.expiresAt > now ? 'open' : 'expired';
}

/** Takes the link for this file; null when it is not, or no longer, good. Of two at once, one gets it. */
export async function claimLink(tx: Tx, token: string, now: Date): Promise<LinkOwner | null> {
  const tokenHash = hashOf(token);
  const open = { tokenHash, usedAt: IsNull(), expiresAt: MoreThan(now) };
  const { affected } = await tx.update(UploadLink, open, { usedAt: now });
  return affected ? tx.findOneByOrFail(UploadLink, { tokenHash }) : null;
}

/** The file was not taken in: the link may be used again. */
export async function releaseLink(tx: Tx, token: string): Promise<void> {
  await tx.update(UploadLink, { tokenHash: hashOf(token) }, { usedAt: null });
}
