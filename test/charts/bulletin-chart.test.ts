/** The pictures are looked at as phones show them: decoded, pixel by pixel. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { BulletinFacts } from '../../src/bulletins/compose';
import { renderBulletinChart, renderProgressChart } from '../../src/charts/bulletin-chart';
import { colors } from '../../src/charts/sheet-of-parts';
import type { TableDefinition } from '../../src/table/definition';
import { facts, unit, unreported } from './seed';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** How many pixels of the area have another colour than the paper. */
  inkIn(x: number, y: number, width: number, height: number): number;
  /** How many pixels of the whole picture have exactly this colour. */
  countOf(color: string): number;
}

async function look(png: Buffer): Promise<Picture> {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const count = (area: readonly [number, number, number, number], counts: (pixel: number) => boolean) =>
    new Uint32Array(context.getImageData(...area).data.buffer).reduce((sum, each) => sum + Number(counts(each)), 0);
  const whole = [0, 0, image.width, image.height] as const;
  return {
    width: image.width,
    height: image.height,
    inkIn: (...area) => count(area, (pixel) => pixel !== pixelOf(colors.paper)),
    countOf: (color) => count(whole, (pixel) => pixel === pixelOf(color)),
  };
}

/** #rrggbb as the four bytes red, green, blue, opaque. */
const pixelOf = (color: string): number => Buffer.from(`${color.slice(1)}ff`, 'hex').readUInt32LE();

describe.each([
  ['the bulletin of leaders', renderBulletinChart],
  ['the progress of a group', renderProgressChart],
])('the picture of %s', (_whose, render) => {
  it('is a PNG of a phone’s width that costs little to send', async () => {
    const png = await render(facts());
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(png.length).toBeLessThanOrEqual(200 * 1024);
    expect((await look(png)).width).toBe(1000);
  });

  it('is the same for the same facts', async () => {
    expect((await render(facts())).equals(await render(facts()))).toBe(true);
  });

  it.each<[string, Partial<BulletinFacts>]>([
    ['nobody has to file', { units: [] }],
    ['nobody has filed', { units: [unit(0, unreported), unit(1, unreported)] }],
    [
      'a figure is nought in both months',
      { units: [unit(0, { values: { patents: '0' }, lastValues: { patents: '0' } })] },
    ],
    ['there is no month before', { units: [unit(0, { lastValues: null })] }],
  ])('is drawn when %s', async (_when, changes) => {
    expect((await look(await render(facts(changes)))).height).toBeGreaterThan(400);
  });

  it('has Chinese characters, each with a face of its own', async () => {
    const [one, other] = await Promise.all(
      ['统计表', '通报表'].map((short) => render(facts({ definition: called(short) }))),
    );
    // Boxes in the place of characters would be the same boxes in both.
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false);
    const picture = await look(one ?? Buffer.alloc(0));
    // 统计表 after 2025年6月 in the title.
    expect(picture.inkIn(280, 55, 46, 46)).toBeGreaterThan(300);
  });
});

const called = (short: string): TableDefinition => ({ ...facts().definition, short });

describe('the picture for leaders', () => {
  it('shows this month beside last month, and how many were on time, late, afterwards and missing', async () => {
    const picture = await look(await renderBulletinChart(facts()));
    for (const color of [
      colors.thisMonth,
      colors.lastMonth,
      colors.onTime,
      colors.late,
      colors.supplement,
      colors.missing,
    ])
      expect(picture.countOf(color)).toBeGreaterThan(1000);
  });

  it('draws a figure of 4 as long as a figure of 40000, each on its own scale', async () => {
    const blue = async (institutes: string) => {
      const values = { institutes, smallFirms: '40000' };
      const drawn = await look(await renderBulletinChart(facts({ units: [unit(0, { values, lastValues: values })] })));
      return drawn.countOf(colors.thisMonth);
    };
    expect(await blue('4')).toBe(await blue('40000'));
  });

  it('stays within bounds for a table of many figures', async () => {
    const { definition } = facts();
    const totals = Array.from({ length: 40 }, () => 'enterprises');
    const png = await renderBulletinChart(facts({ definition: { ...definition, bulletin: { totals } } }));
    expect(png.length).toBeLessThanOrEqual(200 * 1024);
    expect((await look(png)).height).toBeLessThan(2200);
  });
});

describe('the picture for the group', () => {
  it('is the same whatever the units have filed', async () => {
    const modest = facts({ units: [unit(0), unit(1, unreported)] });
    const grand = facts({ units: [unit(0, { values: { enterprises: '9999' } }), unit(1, unreported)] });
    expect((await renderProgressChart(modest)).equals(await renderProgressChart(grand))).toBe(true);
  });

  it('does not tell that a report was sent back', async () => {
    const standing = facts({ units: [unit(0), unit(1, unreported)] });
    const returned = facts({ units: [unit(0, { state: 'returned' }), unit(1, unreported)] });
    expect((await renderProgressChart(standing)).equals(await renderProgressChart(returned))).toBe(true);
  });
});
