import { EmbeddedDriver } from '../../src/database/embedded-driver';

it.each<[string, readonly unknown[]]>([
  ['a lone null', [null]],
  ['a null among others', [null, 'x']],
  ['a text', ['x']],
])('stores %s as it was given', (_label, parameters) => {
  const database = EmbeddedDriver(':memory:', {});
  database.exec('CREATE TABLE kept (one TEXT, other TEXT)');
  const marks = parameters.map(() => '?').join(', ');
  const columns = ['one', 'other'].slice(0, parameters.length).join(', ');
  database.prepare(`INSERT INTO kept (${columns}) VALUES (${marks})`).run(...parameters);
  const row = database.prepare('SELECT one, other FROM kept').get();
  expect(row).toMatchObject(Object.fromEntries(parameters.map((value, index) => [['one', 'other'][index], value])));
  database.close();
});
