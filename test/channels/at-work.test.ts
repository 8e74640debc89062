import { AtWork } from '../../src/channels/at-work';

const gate = () => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
};

it('is over at once when nothing is at work', async () => {
  await expect(new AtWork().settle()).resolves.toBeUndefined();
});

it('is over after all of it, what failed and what was begun meanwhile included', async () => {
  const atWork = new AtWork();
  const [first, second] = [gate(), gate()];
  const events: string[] = [];
  const failing = atWork.follow(
    first.passed.then(() => {
      void atWork.follow(second.passed.then(() => events.push('second')));
      events.push('first');
      throw new Error('away');
    }),
  );
  const settled = atWork.settle().then(() => events.push('settled'));
  first.open();
  await expect(failing).rejects.toThrow('away');
  second.open();
  await settled;
  expect(events).toEqual(['first', 'second', 'settled']);
});
