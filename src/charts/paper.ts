/**
 * From an option of ECharts to a PNG, without a browser and without fonts of the machine. The libraries are loaded when
 * the first picture is drawn: a machine for which there is no canvas runs the bot all the same, without pictures.
 */
import type { EChartsOption } from 'echarts';

export interface PaperSize {
  readonly width: number;
  readonly height: number;
}

const latin = 'Baosong Latin';
const chinese = 'Baosong Chinese';

/** As CSS names it: digits and letters from the one, everything else from the other. */
export const fontFamily = `"${latin}", "${chinese}"`;

const fontFiles = [
  [latin, '@fontsource/noto-sans-sc/files/noto-sans-sc-latin-400-normal.woff2'],
  [latin, '@fontsource/noto-sans-sc/files/noto-sans-sc-latin-700-normal.woff2'],
  [chinese, '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2'],
  [chinese, '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-700-normal.woff2'],
] as const;

/** Rejects when the canvas or a font is missing. The same option gives the same bytes. */
export async function drawPng(option: EChartsOption, { width, height }: PaperSize): Promise<Buffer> {
  const { init, setPlatformAPI } = await import('echarts');
  const { createCanvas } = await loadCanvas();
  const ruler = createCanvas(1, 1).getContext('2d');
  const measureText = (text: string, font = `12px ${fontFamily}`) => {
    ruler.font = font;
    // ECharts measures every ASCII character, and this canvas rejects the first.
    return ruler.measureText(text.replaceAll('\0', ''));
  };
  setPlatformAPI({ createCanvas: () => createCanvas(1, 1) as never, measureText });
  const canvas = createCanvas(width, height);
  const chart = init(canvas as never, null, { renderer: 'canvas', devicePixelRatio: 1, width, height });
  try {
    chart.setOption({ ...option, animation: false });
    // Draws now what would wait for the browser's next frame.
    chart.getZr().flush();
    return await canvas.encode('png');
  } finally {
    chart.dispose();
  }
}

/** The canvas with the fonts that the pictures are set in; they are registered once in a process. */
async function loadCanvas() {
  const canvas = await import('@napi-rs/canvas');
  if (canvas.GlobalFonts.has(chinese)) return canvas;
  for (const [family, file] of fontFiles) {
    if (!canvas.GlobalFonts.registerFromPath(require.resolve(file), family)) throw new Error(`no font in ${file}`);
  }
  return canvas;
}
