import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig, settingNames } from '../../src/config';
import { root } from './source-files';

const example = readFileSync(join(root, '.env.example'), 'utf8');
const lines = example.split('\n');

describe('.env.example', () => {
  it('names the settings that the service reads, in the same order, and no other', () => {
    const named = lines.flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(named).toEqual(settingNames);
  });

  it.each(settingNames)('says what %s is, in a comment right above it', (name) => {
    const above = lines[lines.findIndex((line) => line.startsWith(`${name}=`)) - 1];
    expect(above).toMatch(/^# .*\.$/);
  });

  it('used as it is runs the trial that no file at all would run', () => {
    expect(readConfig(parseEnv(example))).toEqual(readConfig({}));
  });
});
