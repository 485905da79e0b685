import { payloadConverter } from '../../runtime/payload-codec.ts';
import { tracedWorkflows } from '../temporal/tracing.ts';
import { workflowBundle } from './workflow-bundle.ts';

/** Makes what Temporal replays ahead of the first start, in all its kinds, for where nothing may be written then. */
const encrypted = payloadConverter(`build:${Buffer.alloc(32).toString('base64')}`);
for (const converter of [{}, encrypted]) {
  for (const interceptors of [[], [tracedWorkflows]]) await workflowBundle(converter, interceptors);
}
