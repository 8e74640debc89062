/** The built page: where it lies, which files it has, and under which headers they leave. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OutboundFile, Route, WebResponse } from '../channel';
import { refuseOtherSites, refuseOtherSitesUnlessOpening } from './requests';

const assets = [
  { file: 'chat.js', type: 'text/javascript; charset=utf-8' },
  { file: 'style.css', type: 'text/css; charset=utf-8' },
  { file: 'icon.svg', type: 'image/svg+xml' },
] as const;

const pageHeaders = {
  'content-security-policy':
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** A file of the bot must never run as a page of ours, whatever it contains. */
const fileHeaders = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
} as const;

/** The folder into which `scripts/build-page.mjs` builds: `dist/page` of this package, from sources as from a build. */
export function locatePage(from: string = __dirname): string {
  const above = dirname(from);
  if (above === from || existsSync(join(from, 'package.json'))) return join(from, 'dist', 'page');
  return locatePage(above);
}

/** The addresses of the page and of its files: a fixed list, so that no path of a request ever reaches the disk. */
export function pageRoutes(folder: string): readonly Route[] {
  const index: Route = {
    method: 'GET',
    path: '/',
    bodyLimitBytes: 0,
    handle: async (request) => {
      refuseOtherSitesUnlessOpening(request);
      return serve(join(folder, 'index.html'), 'text/html; charset=utf-8');
    },
  };
  const files = assets.map(
    ({ file, type }): Route => ({
      method: 'GET',
      path: `/playground/assets/${file}`,
      bodyLimitBytes: 0,
      handle: async (request) => {
        refuseOtherSites(request);
        return serve(join(folder, file), type);
      },
    }),
  );
  return [index, ...files];
}

async function serve(path: string, type: string): Promise<WebResponse> {
  if (existsSync(path)) return { status: 200, type, headers: pageHeaders, body: await readFile(path) };
  const body = 'The page has not been built. Run: node scripts/build-page.mjs\n';
  return { status: 503, type: 'text/plain; charset=utf-8', body };
}

/** Shown in place when it is a picture that browsers draw, saved under its own name otherwise. */
export function fileResponse(file: OutboundFile): WebResponse {
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.mediaType);
  const disposition = `${isPicture ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeName(file.name)}`;
  const headers = { ...fileHeaders, 'content-disposition': disposition };
  return { status: 200, type: file.mediaType, headers, body: file.bytes };
}

/** RFC 8187 allows fewer characters than `encodeURIComponent` leaves alone. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
