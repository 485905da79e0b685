import { setTimeout as sleep } from 'node:timers/promises';
import type { KnownPbxs } from '../../activities/store/pbxs.ts';
import type { About } from '../../runtime/monitoring/logger.ts';
import { placeOfCall } from '../../workflows/call/contract.ts';

/** What a workflow is about, by its id. */
export type AboutWorkflow = (workflowId: string | undefined) => About;

const lookEveryMs = 5_000;

const ofAccount = [
  /^click:(?<account>.+):\d+:[^:]+$/,
  /^webhook:(?<account>.+):[0-9a-f]+$/,
  /^(?:account|alerts|amocrm-token|clients):(?<account>.+)$/,
];

/** @param accountOf of a PBX, as far as it is known */
export function aboutWorkflow(accountOf: (pbxId: string) => string | undefined): AboutWorkflow {
  return (workflowId = '') => {
    const call = placeOfCall(workflowId);
    if (!call) {
      const [account] = ofAccount.flatMap((form) => form.exec(workflowId)?.groups?.account ?? []);
      return account === undefined ? {} : { account };
    }
    const { pbxId: pbx, linkedid } = call;
    const account = accountOf(pbx);
    return { ...(account !== undefined && { account }), pbx, linkedid };
  };
}

/** To which account each PBX belongs, as of a moment ago; known once this resolves. */
export async function followAccounts(pbxs: Pick<KnownPbxs, 'list'>, stopping: AbortSignal) {
  let accounts = new Map<string, string>();
  const look = async () => {
    accounts = new Map((await pbxs.list()).map(({ id, accountId }) => [id, accountId]));
  };
  const follow = async () => {
    while (!stopping.aborted) {
      await sleep(lookEveryMs, undefined, { signal: stopping, ref: false }).catch(() => undefined);
      await look().catch(() => undefined); // what was known holds
    }
  };
  await look().catch(() => undefined);
  void follow();
  return (pbxId: string): string | undefined => accounts.get(pbxId);
}
