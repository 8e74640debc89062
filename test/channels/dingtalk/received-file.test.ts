import type { LoadedFile } from '../../../src/channels/channel';
import { type Rig, secret, startRig } from './setup';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

const locating = '/v1.0/robot/messageFiles/download';
const storage = '/storage/robot.file';

/** Somebody sends this file to the robot, and the bot fetches it. */
async function fetchSent(bytes: Buffer, limitBytes = 1_000): Promise<LoadedFile | undefined> {
  return load(rig.platform.keepSent(bytes), limitBytes);
}

async function load(downloadCode: string, limitBytes = 1_000): Promise<LoadedFile | undefined> {
  const fields = { msgtype: 'file', text: undefined, content: { downloadCode, fileName: '附件1.xlsx' } };
  await rig.platform.deliver(rig.botUrl, { from: 'manager7', fields });
  const content = rig.received.at(-1)?.content;
  expect(content).toMatchObject({ kind: 'file', name: '附件1.xlsx', ref: downloadCode });
  return content?.kind === 'file' ? content.load?.(limitBytes) : undefined;
}

describe('a file that somebody sends', () => {
  it('is fetched from where its code leads', async () => {
    expect(await fetchSent(Buffer.from('PK the sheet'))).toEqual({ ok: true, bytes: Buffer.from('PK the sheet') });
    expect(rig.platform.calls.filter((path) => path === locating)).toHaveLength(1);
  });

  it('is not taken beyond the limit', async () => {
    expect(await fetchSent(Buffer.alloc(1_001))).toEqual({ ok: false, reason: 'too_large' });
  });

  it('whose code has run out has expired', async () => {
    expect(await load('run out')).toEqual({ ok: false, reason: 'expired' });
  });

  it('whose address has run out has expired', async () => {
    rig.platform.failNext(storage, { status: 403, body: '<Error/>' });
    expect(await fetchSent(Buffer.from('sheet'))).toEqual({ ok: false, reason: 'expired' });
  });

  it.each([
    ['the API refuses', locating, { status: 500, body: { code: 'ServiceUnavailable' } }],
    ['the API names no address', locating, { status: 200, body: {} }],
    ['the address is none of the web', locating, { status: 200, body: { downloadUrl: 'file:///etc/passwd' } }],
    ['the storage breaks off', storage, 'drop'],
    ['the storage leads elsewhere', storage, { status: 302, body: '' }],
  ] as const)('is out of reach when %s', async (_label, path, handling) => {
    rig.platform.failNext(path, handling);
    expect(await fetchSent(Buffer.from('sheet'))).toEqual({ ok: false, reason: 'unreachable' });
  });

  it('leaves neither secret nor address in the log', async () => {
    rig.platform.failNext(storage, 'drop');
    await fetchSent(Buffer.from('sheet'));
    expect(rig.logged()).not.toContain(secret);
    expect(rig.logged()).not.toContain('Signature');
  });
});
