import type { PermitClaims } from '../../proto/licence/permit.ts';
import { enteredKeySecret, licenceKeySecret } from '../store/secrets.ts';
import { LicensingError, type LicensingPath } from './client.ts';
import { createLicensingActivities } from './index.ts';

type Answers = Partial<Record<LicensingPath, Partial<PermitClaims> | LicensingError>>;

/** What is asked, and what is taken of the answers. */
async function checkAt(answers: Answers, known: { permit?: Partial<PermitClaims>; key?: string }) {
  const asked: string[] = [];
  let taken: Partial<PermitClaims> | undefined = known.permit;
  const read = ({ permit }: { permit: string }) => JSON.parse(permit);
  const tools = {
    client: {
      ask: async (path: LicensingPath) => {
        asked.push(path);
        const answer = answers[path] ?? new LicensingError('trouble');
        if (answer instanceof LicensingError) throw answer;
        return { permit: JSON.stringify(answer), keys: '' };
      },
    },
    licence: {
      now: async () => ({ permit: taken, standing: {}, record: {} }),
      noteTime: async () => undefined,
      verify: async (signed: { permit: string }) => read(signed),
      take: async (signed: { permit: string }) => {
        taken = read(signed);
      },
    },
    records: { noteTalk: async () => undefined },
    requests: { sign: async () => 'a request', hasConnectedAccount: async () => true },
    secrets: {
      read: async (name: string) => ({ [licenceKeySecret]: known.key, [enteredKeySecret]: undefined })[name],
    },
  };
  const { talk } = await createLicensingActivities(tools as never).checkLicence();
  return { asked, taken, failure: talk?.failure };
}

const paid = { kind: 'paid' as const };
const trial = { kind: 'trial' as const };
const lost = (reason: PermitClaims['reason']) => ({ kind: 'restricted' as const, reason });
const unknown = new LicensingError('installation-unknown');
const anew = ['/v1/check', '/v1/activate'];

it.each([['no-licence' as const], ['trial-over' as const]])(
  'a server that says %s of a key that is held is given the key once more',
  async (reason) => {
    const answers = { '/v1/check': lost(reason), '/v1/activate': paid };
    expect(await checkAt(answers, { permit: paid, key: 'RF' })).toEqual({ asked: anew, taken: paid, failure: null });
  },
);

it('a server that was set up anew is given the key, or asked for the trial that there was', async () => {
  const key = 'RF';
  expect(await checkAt({ '/v1/check': unknown, '/v1/activate': paid }, { key })).toMatchObject({ asked: anew });
  for (const answer of [unknown, lost('no-licence')]) {
    const { asked, taken } = await checkAt({ '/v1/check': answer, '/v1/trial': trial }, { permit: trial });
    expect([asked, taken]).toEqual([['/v1/check', '/v1/trial'], trial]);
  }
});

it('what it refuses then takes nothing away', async () => {
  const refused = new LicensingError('key-unknown');
  const { taken, failure } = await checkAt(
    { '/v1/check': lost('no-licence'), '/v1/activate': refused },
    { permit: paid, key: 'RF' },
  );
  expect([taken, failure]).toEqual([paid, 'key-unknown']);
});

it('a revocation, a move and the end of a trial are taken as they are', async () => {
  for (const reason of ['revoked', 'moved'] as const) {
    const { asked, taken } = await checkAt({ '/v1/check': lost(reason) }, { permit: paid, key: 'RF' });
    expect([asked, taken]).toEqual([['/v1/check'], lost(reason)]);
  }
  const { taken } = await checkAt({ '/v1/check': lost('trial-over') }, { permit: trial });
  expect(taken).toEqual(lost('trial-over'));
});
