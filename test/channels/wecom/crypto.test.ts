import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { type Opened, openEnvelope, sealMessage } from '../../../src/channels/wecom/crypto';
import { seal, sign, unseal } from '../../platforms/wecom/sealing';
import vectors from './vectors.json';

interface Vector {
  readonly token: string;
  readonly encodingAESKey: string;
  readonly receiveid: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
  readonly msg_signature: string;
}

const keysOf = ({ token, encodingAESKey, receiveid }: Vector) => ({
  token,
  encodingAesKey: encodingAESKey,
  receiveId: receiveid,
});

function open(vector: Vector): Opened {
  const { timestamp, nonce, encrypt, msg_signature: signature } = vector;
  return openEnvelope(keysOf(vector), { signature, timestamp, nonce, encrypt });
}

const good = [...vectors.real, ...vectors.generated];
function byId(list: readonly (Vector & { readonly id: string })[], id: string): Vector {
  return list.find((one) => one.id === id)!;
}

describe('opening an envelope', () => {
  it.each(good.map((vector) => [vector.id, vector] as const))('reads the vector %s', (_, vector) => {
    expect(open(vector)).toEqual({ ok: true, message: vector.expected_msg });
  });

  it.each([
    ['tampered-signature', 'signature'],
    ['wrong-receiveid', 'receiver'],
    ['msg-len-high-bit', 'sealed'],
    ['bad-pad-bytes', 'sealed'],
    ['pad-over-32', 'sealed'],
    ['too-short', 'sealed'],
    // The blanks also break the signature, which is compared first.
    ['plus-became-space', 'signature'],
    ['wrong-key', 'sealed'],
  ])('refuses the vector %s', (id, reason) => {
    expect(open(byId(vectors.negative, id))).toEqual({ ok: false, reason });
  });

  it('has an expectation for every negative vector', () => expect(vectors.negative).toHaveLength(8));

  it('refuses a signature made by sorting as in a dictionary', () => {
    const vector = vectors.generated.find(({ id }) => id === 'ascii-sort')!;
    const swapped = { ...vector, msg_signature: vector.wrong_signature! };
    expect(open(swapped)).toEqual({ ok: false, reason: 'signature' });
  });

  it.each([
    ['is empty', ''],
    ['has blanks', 'AAAA AAAA'],
    ['has line breaks', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'],
    ['is in the alphabet for URLs', '-_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='],
    ['is half a block', 'AAAAAAAAAAA='],
  ])('refuses signed content that %s', (_, encrypt) => {
    const { token, ...rest } = byId(vectors.generated, 'pad-1');
    const signed = { ...rest, token, encrypt, msg_signature: sign(token, rest.timestamp, rest.nonce, encrypt) };
    expect(open(signed)).toEqual({ ok: false, reason: 'sealed' });
  });

  it('refuses a receiver that only begins like ours', () => {
    const vector = byId(vectors.generated, 'pad-1');
    const sealed = seal(vector.encodingAESKey, 'hello', `${vector.receiveid}x`);
    const signature = sign(vector.token, '1', '2', sealed);
    const opened = openEnvelope(keysOf(vector), { signature, timestamp: '1', nonce: '2', encrypt: sealed });
    expect(opened).toEqual({ ok: false, reason: 'receiver' });
  });
});

describe('sealing a message', () => {
  const vector = byId(vectors.real, 'official-post-text');
  const sealed = sealMessage(keysOf(vector), '已提交 🙂 ]]>', '1700000000', 'nonce');

  it('can be opened by an implementation that shares no code with ours', () => {
    expect(unseal(vector.encodingAESKey, sealed.encrypt)).toEqual({
      message: '已提交 🙂 ]]>',
      receiveId: vector.receiveid,
    });
    expect(sealed.signature).toBe(sign(vector.token, '1700000000', 'nonce', sealed.encrypt));
  });

  it('never seals the same message to the same bytes', () => {
    expect(sealMessage(keysOf(vector), '已提交 🙂 ]]>', '1700000000', 'nonce').encrypt).not.toBe(sealed.encrypt);
  });

  it('agrees with the official library in both directions', () => {
    const official = decrypt(vector.encodingAESKey, sealed.encrypt);
    expect([official.message, official.id]).toEqual(['已提交 🙂 ]]>', vector.receiveid]);
    const theirs = encrypt(vector.encodingAESKey, '你好', vector.receiveid);
    const signature = getSignature(vector.token, '1', '2', theirs);
    const opened = openEnvelope(keysOf(vector), { signature, timestamp: '1', nonce: '2', encrypt: theirs });
    expect(opened).toEqual({ ok: true, message: '你好' });
  });
});
