import { enteredKeySecret, licenceKeySecret } from '../activities/store/secrets.ts';
import type { LicensingTalk } from '../proto/licence/wire.ts';
import { enterLicenceKey } from './enter-licence-key.ts';

const well: LicensingTalk = { atMs: 1, failure: null };
const refused: LicensingTalk = { atMs: 2, failure: 'key-unknown' };

/** @param answers of the actor, one after another. @param takes whether a check of its own takes the key up before */
function house(answers: LicensingTalk[], takes = false) {
  const kept = new Map<string, string>();
  return {
    secrets: {
      read: async (name: string) => kept.get(name),
      write: async (name: string, text: string) => void kept.set(name, text),
    },
    actor: {
      async talk() {
        const entered = kept.get(enteredKeySecret);
        kept.delete(enteredKeySecret);
        if (takes && entered !== undefined) kept.set(licenceKeySecret, entered);
        return answers.shift() ?? well;
      },
    },
  };
}

it('tells why a key was refused, also if a check of its own had it refused a moment before', async () => {
  const { secrets, actor } = house([well, refused]);
  expect(await enterLicenceKey(secrets, actor, 'RF-1')).toEqual(refused);
});

it('tells that it was taken, whoever took it', async () => {
  const { secrets, actor } = house([well], true);
  expect(await enterLicenceKey(secrets, actor, 'RF-1')).toEqual(well);
});

it('never says that all is well of a key that was not taken', async () => {
  const { secrets, actor } = house([]);
  expect(await enterLicenceKey(secrets, actor, 'RF-1')).toMatchObject({ failure: 'trouble' });
});
