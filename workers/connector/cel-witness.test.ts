import type { LiveChannel } from '../../activities/asterisk/ami/channels.ts';
import type { RawCel } from '../../activities/asterisk/cel-table.ts';
import { CelWitness } from './cel-witness.ts';

const second = 1_000;
const start = 1_700_000_000_000;

/** A PBX of which AMI and CEL tell; moments are seconds from the start. */
function watch(missingSinceMs: number | null = null) {
  const told: (number | null)[] = [];
  const inSeconds = (ms: number | null) => (ms === null ? null : (ms - start) / second);
  const witness = new CelWitness(missingSinceMs, (sinceMs) => told.push(inSeconds(sinceMs)));
  const channel = (n: number, name: string): LiveChannel => ({
    ...{ uniqueid: `1700000000.${n}`, linkedid: `1700000000.${n}`, name: `${name}-0000000${n}`, state: 'Ring' },
  });
  witness.readWhole(start);
  witness.listens([]);
  told.length = 0;
  return {
    ...{ told, witness },
    began: (n: number, at: number, name = 'PJSIP/101') => witness.channelBegan(channel(n, name), start + at * second),
    row: (n: number, at: number, linkedid = n) => {
      const row = { id: 1, uniqueid: `1700000000.${n}`, linkedid: `1700000000.${linkedid}` } as RawCel;
      witness.rowsRead([row], start + at * second);
    },
    readWhole: (at: number) => witness.readWhole(start + at * second),
    knows: (n: number) => witness.listens([channel(n, 'PJSIP/101')]),
  };
}

it('a call without a row for twenty seconds is told, and over with the next row of this PBX', () => {
  const pbx = watch();
  pbx.began(1, 5);
  pbx.readWhole(24);
  expect(pbx.told).toEqual([]);
  pbx.readWhole(25);
  pbx.began(2, 26);
  pbx.readWhole(60);
  expect(pbx.told).toEqual([5]);
  pbx.row(9, 61); // of another Asterisk that writes into the same table
  expect(pbx.told).toEqual([5]);
  pbx.began(3, 62);
  pbx.row(3, 62);
  pbx.readWhole(90);
  expect(pbx.told).toEqual([5, null]); // 1 and 2 are lost, and rows come again
});

it('also one that has ended meanwhile, and a new one once more', () => {
  const pbx = watch();
  pbx.began(1, 0);
  pbx.readWhole(20);
  pbx.began(2, 21);
  pbx.row(2, 21);
  pbx.began(3, 30);
  pbx.readWhole(50);
  expect(pbx.told).toEqual([0, null, 30]);
});

it.each<[string, (pbx: ReturnType<typeof watch>) => void]>([
  ['its row came', (pbx) => pbx.row(1, 6)],
  ['its row came before AMI showed it', (pbx) => [pbx.row(4, 4), pbx.began(4, 5), pbx.row(1, 6)]],
  [
    'later rows of this PBX came: this one is lost, or its events are not written',
    (pbx) => [pbx.began(2, 9), pbx.row(2, 9)],
  ],
  ['rows came of a call that was there before', (pbx) => [pbx.knows(7), pbx.row(8, 9, 7)]],
  ['AMI went away', (pbx) => pbx.witness.listensNoMore()],
])('nothing is told of a call if %s', (_, happens) => {
  const pbx = watch();
  pbx.began(1, 5);
  happens(pbx);
  pbx.readWhole(100);
  expect(pbx.told).toEqual([]);
});

it('nothing is told while the table is not read to its end', () => {
  const pbx = watch();
  pbx.began(1, 5);
  pbx.readWhole(24.9);
  pbx.row(1, 90); // a backlog
  pbx.readWhole(91);
  expect(pbx.told).toEqual([]);
});

it.each([
  'CBAnn/conf-1',
  'CBRec/conf-1',
  'Announcer/ARI',
  'Recorder/ARI',
  'Message/ast_msg_queue',
  'Snoop/17',
  'Surrogate/x',
])('no row is awaited of %s, which is no call', (name) => {
  const pbx = watch();
  pbx.began(1, 5, name);
  pbx.readWhole(100);
  expect(pbx.told).toEqual([]);
});

it('nothing is awaited of what began before the table was read', () => {
  const told: (number | null)[] = [];
  const witness = new CelWitness(null, (sinceMs) => told.push(sinceMs));
  witness.listens([]);
  witness.channelBegan({ uniqueid: '1.1', linkedid: '1.1', name: 'PJSIP/101-1', state: 'Ring' }, start);
  witness.readWhole(start + 1_000 * second);
  expect(told).toEqual([null]);
});

it('what was known before a restart holds until a row comes, of whatever call while AMI is away', () => {
  const pbx = watch(start);
  pbx.row(5, 1);
  expect(pbx.told).toEqual([]);
  pbx.witness.listensNoMore();
  pbx.row(5, 2);
  expect(pbx.told).toEqual([null]);
});
