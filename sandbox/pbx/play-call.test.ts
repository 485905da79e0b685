import { freshCall } from './fresh-call.ts';
import { playCall } from './play-call.ts';
import { type Recording, readRecordings } from './recording.ts';

const recording = readRecordings().get('rg-second-answers') as Recording;
const call = freshCall(recording, { startedAtMs: Date.UTC(2027, 0), timezone: 'UTC', serial: 1 });
/** As long as no test can last. */
const snailsPace = 1e6;

describe('playing a call', () => {
  it('writes every row, one after another and in order', async () => {
    const written: unknown[] = [];
    let underWay = 0;
    await playCall(
      async (row) => {
        expect(++underWay).toBe(1);
        await new Promise(setImmediate);
        written.push(row);
        underWay--;
      },
      call,
      { pace: 0 },
    );
    expect(written).toEqual(call.rows);
    expect(written.length).toBe(recording.cel.length + recording.cdr.length);
  });

  it('writes no row before its time, and none after it is told to stop', async () => {
    const written: unknown[] = [];
    const stop = new AbortController();
    const soon = { ...call, rows: call.rows.map((row, index) => ({ ...row, atMs: index === 0 ? 0 : 1 })) };
    const playing = playCall(
      async (row) => {
        written.push(row);
        setImmediate(() => stop.abort());
      },
      soon,
      { pace: snailsPace, signal: stop.signal },
    );
    await expect(playing).rejects.toMatchObject({ name: 'AbortError' });
    expect(written).toEqual(soon.rows.slice(0, 1));
  });

  it('fails if a row cannot be written: a measurement would be wrong', async () => {
    const write = () => Promise.reject(new Error('no space left'));
    await expect(playCall(write, call, { pace: 0 })).rejects.toThrow('no space left');
  });
});
