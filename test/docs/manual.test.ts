/** What the manual shows is what the bot says; `npm run manual` writes its answers anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCommands } from '../../src/commands';
import { rewritten, scenesOf, textOf, wordsOf } from './exchanges';
import { perform } from './perform';

const path = join(__dirname, '..', '..', 'docs', '使用手册.md');
const manual = readFileSync(path, 'utf8');
const scenes = scenesOf(manual);
const isWriting = process.env['MANUAL'] === 'write';

describe('the manual', () => {
  const written: string[] = scenes.map(({ pieces }) => textOf(pieces));
  afterAll(() => {
    if (isWriting) writeFileSync(path, written.join('\n'));
  });

  it.each(scenes.map((scene, at) => ({ ...scene, at })))('shows what is said: $at $title', async (scene) => {
    const played = await perform(scene);
    if (isWriting) written[scene.at] = played;
    else expect(played).toBe(textOf(scene.pieces));
  });

  it('loses nothing between its scenes', () => {
    expect(scenes.map(({ pieces }) => textOf(pieces)).join('\n')).toBe(manual);
    expect(scenes.flatMap(({ pieces }) => pieces).filter(({ kind }) => kind === 'answer').length).toBeGreaterThan(50);
  });

  it.each(createCommands({ address: null }).map(({ words }) => words.split(' ')[0] ?? ''))(
    'has the words %s',
    (word) => {
      expect(manual).toContain(word.replace(/\d月.*/, ''));
    },
  );
});

describe('an exchange', () => {
  const [scene] = scenesOf(
    ['张三：上报', '报送助手：一', '　　　　二', '（周敏收到）三', '（周敏收到）四', '局长甲（群里）：@报送助手 进度']
      .join('\n')
      .replace(/^/, '<!-- 从头 -->\n```text\n')
      .concat('\n```'),
  ).slice(1);
  const pieces = scene?.pieces ?? [];

  it('is told from the prose around it', () => {
    expect(pieces.map(({ kind }) => kind)).toEqual([
      'begin',
      'prose',
      'said',
      'answer',
      'told',
      'told',
      'said',
      'prose',
    ]);
    expect(pieces.flatMap((piece) => (piece.kind === 'told' ? [piece.newer] : []))).toEqual([1, 0]);
    expect(pieces.flatMap((piece) => (piece.kind === 'said' ? [wordsOf(piece)] : []))).toEqual(['上报', '进度']);
  });

  it.each([
    ['一|……', ['1', '2', '3'], '1|……'],
    ['一|……|三', ['1', '2', '3'], '1|……|3'],
    ['一|……', ['1'], '1'],
    ['一|二', ['1', '2', '3'], '1|2|3'],
  ])('keeps what it leaves out: %s', (old, shown, kept) => {
    const lines = old.split('|').map((line, at) => (at === 0 ? '报送助手：' : '　　　　') + line);
    const now = rewritten({ kind: 'answer', lines }, shown);
    expect(now.map((line) => line.replace(/^(?:报送助手：|　+)/, '')).join('|')).toBe(kept);
  });
});
