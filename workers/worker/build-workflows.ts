import { workflowBundle } from './workflow-bundle.ts';

/** Makes what Temporal replays ahead of the first start, for where nothing may be written then. */
await workflowBundle();
