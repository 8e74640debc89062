/** The run's one private MariaDB server, as the tests reach it. */
export { createDatabase, dropDatabase, execute, type MariaDb, startMariaDb, urlOf } from '../../scripts/mariadb';

/** How the run's one server reaches the workers, which are other processes. */
export const serverVariable = 'BAOSONG_TEST_MARIADB';

/** The address of the server that jest's global setup has started. */
export function testServerUrl(): string {
  const url = process.env[serverVariable];
  if (!url) throw new Error('the tests need jest.config.js, whose global setup starts MariaDB');
  return url;
}
