import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { tracedWorkflows } from '../workers/temporal/tracing.ts';
import { workflowBundle } from '../workers/worker/workflow-bundle.ts';
import * as workflows from '../workflows/index.ts';

const folder = join(import.meta.dirname, 'histories');
const recorded = readdirSync(folder).filter((file) => file.endsWith('.json'));
const historyOf = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

let bundle: WorkflowBundle;
/** What was told to those who follow calls. */
const told: unknown[] = [];
const tell = { fn: (...what: unknown[]) => void told.push(what) };
const sinks = { live: { tell, over: tell, letGo: tell, cards: tell } };

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  bundle = await workflowBundle();
}, 60_000);

/**
 * A call that began before an upgrade goes on after it. `task-ends-with-settings` is what a machine with too much to do
 * wrote, with its marker where it stands now (workflows/promises.ts) and its state told once less, as no released version
 * has written it: its first task ended when the settings were read.
 */
it.each(recorded)('%s, recorded earlier, is replayed by the present code', async (file) => {
  const history = historyOf(file);
  await Worker.runReplayHistory({ workflowBundle: bundle, sinks }, history, file);
  expect(told).toEqual([]); // it was told then
});

describe('with traces', () => {
  let traced: WorkflowBundle;
  beforeAll(async () => {
    traced = await workflowBundle({}, [tracedWorkflows]);
  }, 60_000);

  it.each(recorded)('%s, recorded without, is replayed by the present code', async (file) => {
    const traces = { ...sinks, exporter: { export: { fn: () => undefined } } };
    await Worker.runReplayHistory({ workflowBundle: traced, sinks: traces }, historyOf(file), file);
  });
});

it('of every kind of workflow a history is recorded', () => {
  const started = recorded.map((file) => {
    const [{ workflowExecutionStartedEventAttributes: start }] = historyOf(file).events;
    return String(start.workflowType.name);
  });
  expect(new Set(started)).toEqual(new Set(Object.keys(workflows)));
});

it('a history that the code would not have written is noticed', async () => {
  const history = historyOf('known-client.json');
  const scheduled = history.events.find(
    (e: { activityTaskScheduledEventAttributes?: object }) => e.activityTaskScheduledEventAttributes,
  );
  scheduled.activityTaskScheduledEventAttributes.activityType.name = 'somethingElse';
  await expect(Worker.runReplayHistory({ workflowBundle: bundle, sinks }, history, 'altered')).rejects.toThrow(
    /nondeterminism/i,
  );
});
