/**
 * What is loaded once for all workflows of a process, and frozen, in place of once for each: schemas and numbering plans
 * take longer to load than a call's whole work, and what was loaded for one call alone is never compiled, since it never
 * runs often enough. Nothing in them may keep a state of its own, but for what a pure function has answered.
 */
import '../proto/alerts/settings.ts';
import '../proto/call.ts';
import '../proto/hook.ts';
import '../proto/journal.ts';
import '../proto/licence/feature.ts';
import '../proto/licence/gate.ts';
import '../proto/licence/of-call.ts';
import '../proto/licence/permit.ts';
import '../proto/licence/standing.ts';
import '../proto/mobiles.ts';
import '../proto/nullable.ts';
import '../proto/phone.ts';
import '../proto/state/finding.ts';
import './call/describe.ts';
import './call/interpret/index.ts';

/**
 * Temporal notes for each promise where it was made, which was a third of a call's work, even with two lines for each. So an
 * error of a workflow does not tell where it was thrown: whoever looks for that raises this and replays the history.
 */
Error.stackTraceLimit = 0;
