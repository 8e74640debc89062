import { openEnvelope, sealMessage } from '../../../src/channels/wecom/crypto';
import { createFileOpener } from '../../../src/channels/wecom-bot/media';
import vectors from '../wecom/vectors.json';
import { type Meeting, meet } from './fixtures';

const keysOf = ({ token, encodingAESKey }: { token: string; encodingAESKey: string }) => ({
  token,
  encodingAesKey: encodingAESKey,
  receiveId: '',
});

it.each(vectors.generated.filter(({ id }) => id.startsWith('aibot')))('opens $id', (vector) => {
  const { msg_signature: signature, timestamp, nonce, encrypt } = vector;
  const opened = openEnvelope(keysOf(vector), { signature, timestamp, nonce, encrypt });
  expect(opened).toEqual({ ok: true, message: vector.expected_msg });
});

it('seals a reply that opens with an empty receive id', () => {
  const vector = vectors.generated.find(({ id }) => id === 'aibot-stream-reply')!;
  const sealed = sealMessage(keysOf(vector), vector.expected_msg, vector.timestamp, vector.nonce);
  expect(openEnvelope(keysOf(vector), sealed)).toEqual({ ok: true, message: vector.expected_msg });
});

describe('with a WeCom that keeps files', () => {
  let meeting: Meeting;
  beforeEach(async () => {
    meeting = await meet();
  });
  afterEach(async () => {
    await meeting.end();
  });

  it.each(vectors.media)('opens the file of $id', async (vector) => {
    const url = meeting.web.keepSealed('1', Buffer.from(vector.encrypted_base64, 'base64'), '');
    const open = createFileOpener({ apiUrl: meeting.web.url, encodingAesKey: null, limitMs: 5_000 });
    const loaded = await open({ url, aeskey: vector.key_base64 })(1000);
    expect(loaded).toEqual({ ok: true, bytes: Buffer.from(vector.plain_utf8) });
  });
});
