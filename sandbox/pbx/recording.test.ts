import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecordings, recordedMs } from './recording.ts';

describe('the recorded calls', () => {
  it('are there, each with rows, under the name of its scenario', () => {
    const recordings = readRecordings();
    expect(recordings.size).toBeGreaterThan(50);
    for (const [scenario, recording] of recordings) {
      expect(recording.scenario).toBe(scenario);
      expect(recording.description).not.toBe('');
      expect(recordedMs(recording)).toBeGreaterThan(0);
    }
  });

  it.each([
    ['text that is no JSON', '{'],
    ['no rows', JSON.stringify({ scenario: 'x', description: '', started_at: '2026-11-23T05:11:53.665+00:00' })],
    ['rows of another form', JSON.stringify({ ...minimal(), cel: [{ _t_ms: 'soon' }] })],
  ])('are refused with the name of the file that holds %s', (_, content) => {
    const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
    writeFileSync(join(folder, 'broken.json'), content);
    expect(() => readRecordings(folder)).toThrow(/broken\.json is no recorded call/);
    writeFileSync(join(folder, 'broken.json'), JSON.stringify(minimal()));
    expect([...readRecordings(folder).keys()]).toEqual(['x']);
    rmSync(folder, { recursive: true });
  });
});

function minimal() {
  return {
    scenario: 'x',
    description: '',
    started_at: '2026-11-23T05:11:53.665+00:00',
    pbx_timezone: 'UTC',
    cel: [{ _t_ms: 0 }],
    cdr: [],
    truth: { calls: [] },
  };
}
