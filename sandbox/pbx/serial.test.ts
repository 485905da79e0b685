type SerialModule = typeof import('./serial.ts');

/** The module as a process that has just started loads it; none starts within a millisecond. */
function startedAnew(): SerialModule {
  const aMillisecondLater = performance.now() + 1;
  while (performance.now() < aMillisecondLater);
  let module: SerialModule | undefined;
  jest.isolateModules(() => {
    module = require('./serial.ts') as SerialModule;
  });
  return module as SerialModule;
}

it('gives no serial twice, however fast calls begin and however soon the player starts anew', () => {
  const serials = [1, 2, 3].flatMap(() => {
    const { nextSerial } = startedAnew();
    return Array.from({ length: 500 }, () => nextSerial());
  });
  expect(new Set(serials).size).toBe(serials.length);
  for (const serial of serials) expect(serial).toBeLessThan(2 ** 32);
});
