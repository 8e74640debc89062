import { TrialClock } from '../../entities/trial-clock';
import { createDataSource } from '../../ormconfig';
import { databases } from './databases';

describe.each(databases)('a test database: $name', ({ open }) => {
  it('is migrated, apart from every other one, and reached by its address too', async () => {
    const [first, second] = [await open(), await open()];
    const instant = new Date('2026-07-07T10:00:00.123Z');
    await first.dataSource.manager.insert(TrialClock, { id: 1, shown: instant, real: instant });
    const again = await createDataSource(first.url).initialize();
    expect(await again.showMigrations()).toBe(false);
    expect(await again.manager.find(TrialClock)).toEqual([{ id: 1, shown: instant, real: instant }]);
    expect(await second.dataSource.manager.count(TrialClock)).toBe(0);
    await again.destroy();
    await Promise.all([first.close(), second.close()]);
  });
});
