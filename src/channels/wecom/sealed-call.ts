/**
 * What every sealed call from WeCom has in common, to an app or to a robot: signature, timestamp and nonce in the query, the
 * sealed message beside them, and the check of the address (paths 90238 and 101033).
 */
import { type Problem, problems } from '../../problems';
import { type Envelope, type Opened, openEnvelope, type SealKeys } from './crypto';

/** The message that was sealed; throws a `Problem` when it is not from WeCom or not for us. */
export function openSealed(keys: SealKeys, query: URLSearchParams, encrypt: string): string {
  return unsealed(openEnvelope(keys, envelopeOf(query, encrypt)));
}

/** The console saves an address only if the bare message comes back within a second. */
export function openEcho(keys: SealKeys, query: URLSearchParams): string {
  // Base64 has no blanks: one here was a plus sign that something on the way decoded twice.
  return openSealed(keys, query, single(query, 'echostr').replaceAll(' ', '+'));
}

function envelopeOf(query: URLSearchParams, encrypt: string): Envelope {
  return {
    signature: single(query, 'msg_signature'),
    timestamp: single(query, 'timestamp'),
    nonce: single(query, 'nonce'),
    encrypt,
  };
}

/** The one value of a parameter; empty when it is missing, which no signature survives. */
export function single(query: URLSearchParams, name: string): string {
  const [value = '', ...more] = query.getAll(name);
  if (more.length > 0) throw problems.malformed(`the parameter ${name} is given more than once`);
  return value;
}

function unsealed(opened: Opened): string {
  if (opened.ok) return opened.message;
  const refusals: Record<typeof opened.reason, () => Problem> = {
    signature: problems.badSignature,
    sealed: () => problems.malformed('the sealed content cannot be opened'),
    receiver: problems.wrongReceiver,
  };
  throw refusals[opened.reason]();
}
