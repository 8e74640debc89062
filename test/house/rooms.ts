/**
 * The rooms of the house and which may import which. A room is a folder of `src`, or a part of one with a rule of its own;
 * every source file lies in exactly one.
 */

/** From the ground up. A room imports rooms of its own level or of lower ones. */
export const levels: readonly (readonly string[])[] = [
  ['clock', 'problems', 'log', 'config', 'table', 'channels'],
  ['entities/tables'],
  ['entities'],
  ['database', 'channels/wecom', 'channels/wecom-bot', 'channels/dingtalk', 'channels/webhook', 'channels/playground'],
  ['ormconfig', 'reading', 'access', 'calendar'],
  ['filing', 'reminders', 'bulletins', 'sheets', 'charts', 'delivery', 'uploads'],
  ['imports', 'exports'],
  ['dialogue'],
  ['commands', 'registration', 'roster'],
  ['web', 'inbound', 'schedules', 'trial', 'calendar/ticker'],
  ['app', 'doctor'],
  ['main', 'scripts', 'scripts/bench/floor'],
];

/** Rooms that import nothing of ours but these. */
export const onlyImports: Readonly<Record<string, readonly string[]>> = {
  table: [],
  channels: ['clock'],
  'entities/tables': ['table'],
  'channels/wecom': ['channels', 'clock', 'config', 'log', 'problems'],
  'channels/wecom-bot': ['channels', 'channels/wecom', 'clock', 'config', 'log', 'problems'],
  'channels/dingtalk': ['channels', 'clock', 'config', 'log', 'problems'],
  'channels/webhook': ['channels', 'channels/wecom', 'channels/dingtalk', 'clock', 'config'],
  'channels/playground': ['channels', 'clock', 'config', 'log', 'problems'],
  delivery: ['channels', 'entities', 'database', 'clock', 'log', 'problems'],
  uploads: ['channels', 'entities', 'database', 'clock', 'problems'],
};

/** Rooms that nobody imports but these. */
export const onlyImportedBy: Readonly<Record<string, readonly string[]>> = {
  'channels/wecom': ['app', 'doctor', 'channels/wecom-bot', 'channels/webhook'],
  'channels/wecom-bot': ['app', 'doctor'],
  'channels/dingtalk': ['app', 'doctor', 'channels/webhook'],
  // Scripts read the addresses that operators enter.
  'channels/webhook': ['app', 'scripts'],
  'channels/playground': ['app'],
  delivery: ['app', 'inbound', 'schedules', 'trial', 'commands'],
  uploads: ['app', 'commands'],
  trial: ['app'],
  ormconfig: ['app', 'main', 'scripts'],
  app: ['main', 'scripts'],
  doctor: ['scripts'],
  main: [],
};

/** What other rooms see of the channels; the rest of that folder is for the channels themselves. */
export const channelContract = [
  'src/channels/channel',
  'src/channels/content',
  'src/channels/checkup/finding',
  'src/channels/checkup/probe',
];

/** Rooms that may use no package but these. */
export const onlyPackages: Readonly<Record<string, readonly string[]>> = {
  'entities/tables': ['typeorm', 'decimal.js'],
};

/** Packages that few rooms keep to themselves, so that they can be replaced there. */
export const packageOf: Readonly<Record<string, readonly string[]>> = {
  'node-schedule': ['calendar/ticker'],
  '@wecom/crypto': ['channels/wecom'],
  echarts: ['charts'],
  '@napi-rs/canvas': ['charts'],
  '@fontsource/noto-sans-sc': ['charts'],
  // The benchmark holds the product against a bare Koa.
  koa: ['web', 'scripts/bench/floor'],
  '@koa/router': ['web'],
};

/** The room of a path from the root, with or without extension. */
export function roomOf(path: string): string {
  const inside = path.replace(/\.tsx?$/, '').replace(/^src\//, '');
  const rooms = levels.flat().filter((room) => inside === room || inside.startsWith(`${room}/`));
  const longest = rooms.sort((a, b) => b.length - a.length)[0];
  return longest ?? `none of the rooms (${path})`;
}

export function levelOf(room: string): number {
  return levels.findIndex((rooms) => rooms.includes(room));
}
