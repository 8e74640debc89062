/** What WeCom asks when the console saves a callback address (path 90930), asked by ourselves. */
import { randomBytes, randomInt } from 'node:crypto';
import { type Address, judgeAnswer, unknownAddress, urlOf } from '../checkup/address';
import type { Finding } from '../checkup/finding';
import { type Means, probe } from '../checkup/probe';
import { type SealKeys, sealMessage } from './crypto';

export async function checkEcho(address: Address, keys: SealKeys, means: Means): Promise<Finding> {
  const url = urlOf(address);
  if (url === null) return unknownAddress(address);
  const echo = String(randomInt(2 ** 40, 2 ** 48 - 1));
  const seconds = String(Math.floor(means.clock.now().getTime() / 1000));
  const sealed = sealMessage(keys, echo, seconds, randomBytes(8).toString('hex'));
  const query = new URLSearchParams({
    msg_signature: sealed.signature,
    timestamp: sealed.timestamp,
    nonce: sealed.nonce,
    echostr: sealed.encrypt,
  });
  return judgeAnswer(address, await probe(means, `${url}?${query}`), (text) => text === echo);
}
