import { readFileSync } from 'node:fs';
import { databases } from '../support/databases';
import { startOffice } from './harness';
const walks = readFileSync('/tmp/fe/walks.txt', 'utf8').trim().split('\n');
it('tries', async () => {
  let out = '';
  for (const walk of walks) {
    const office = await startOffice(databases[0]);
    await office.addProjects('GS', 1, ['5', '6.7']);
    out += `\n######## ${walk}\n`;
    for (const piece of walk.split(' | ')) {
      const [who, text] = piece.startsWith('@') ? ['lisi', piece.slice(1)] : ['zhangsan', piece];
      const a = await office.say(who, text);
      out += `--> ${piece}\n${office.plain(a)}  ${a.choices.map((c) => `[${c.label}=${c.text}]`).join('')}\n`;
    }
    await office.close();
  }
  require('node:fs').writeFileSync('/tmp/fe/out.txt', out);
}, 300000);
