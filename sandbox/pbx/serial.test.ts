type SerialModule = typeof import('./serial.ts');

/** The module as a process that has just started loads it. */
function startedAnew(): SerialModule {
  let module: SerialModule | undefined;
  jest.isolateModules(() => {
    module = require('./serial.ts') as SerialModule;
  });
  return module as SerialModule;
}

it('gives no serial twice, however fast calls begin and however soon the player starts anew', () => {
  const serials = [startedAnew(), startedAnew(), startedAnew()].flatMap(({ nextSerial }) =>
    Array.from({ length: 500 }, () => nextSerial()),
  );
  // each start comes after the last serial of the one before, as with a process
  expect(new Set(serials).size).toBe(serials.length);
  for (const serial of serials) expect(serial).toBeLessThan(2 ** 32);
});
