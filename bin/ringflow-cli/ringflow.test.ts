import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { recordedText, recordedTrace } from '../../tests/recorded/recorded-trace.ts';

const ringflow = join(__dirname, '../ringflow');
const recorded = (scenario: string) => join(__dirname, '../../sandbox/pbx/recorded-calls', `${scenario}.json`);

function run(args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(ringflow, args, {
    input,
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin' },
  });
  return { status, stdout, stderr };
}

describe('bin/ringflow', () => {
  it('interprets a file', () => {
    const { status, stdout } = run(['interpret', recorded('pickup')]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ calls: [{ answered_by: '102', picked_up: true }] });
  });

  it('interprets lines: each has its result in its place, and a bad one is told', () => {
    const line = JSON.stringify(recordedTrace('in-busy'));
    const { status, stdout } = run(['interpret', '--stdin-lines'], [line, 'garbage', '{"x":1}', line].join('\n'));
    expect(status).toBe(2);
    const results = stdout
      .trimEnd()
      .split('\n')
      .map((one) => Object.keys(JSON.parse(one))[0]);
    expect(results).toEqual(['calls', 'error', 'error', 'calls']);
    expect(run(['interpret', '--stdin-lines'], line).status).toBe(0);
  });

  it('explains a file, whatever stands in the names', () => {
    const { status, stdout } = run(['explain', recorded('xfer-chain')]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/103 +│ +░+█+│ ringing .*talking/);
    expect(stdout).toContain('101 → 102');
    const hostile = recordedText('in-busy')
      .replaceAll('trunk-main', 'a\\u001b[31mb')
      .replaceAll('79261234502', '\\u0007');
    expect(run(['explain', '-'], hostile).stdout).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it.each([
    [['interpret', '/nowhere.json'], '', /^\/nowhere\.json: cannot be read \(ENOENT\)\n$/],
    [['interpret', '-'], '{"cel": 1}', /^-: the trace has no list "cel" of CEL rows\n$/],
    [['explain', '-'], '{', /^-: no JSON: [^\n]+\n$/],
    [['interpret'], '', /^Usage:/],
    [['dance', 'x'], '', /^Usage:/],
  ])('refuses %j with one clear line', (args, input, line) => {
    const { status, stdout, stderr } = run(args, input);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(line);
  });
});
