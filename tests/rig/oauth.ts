import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, createAccounts } from '../../activities/store/accounts.ts';
import { freePort } from '../../bin/stack/free-port.ts';
import { amocrmTokenWorkflowId } from '../../workflows/amocrm-token/contract.ts';
import { linkOn } from './amocrm.ts';
import { type Installation, install } from './installation.ts';
import { runRingflow } from './ringflow.ts';

/** An installation whose amoCRM account is connected by OAuth, with what persons do to connect it. */
export interface ConnectableInstallation extends Installation {
  apiUrl: string;
  clientId: string;
  clientSecret: string;
  /** Sets the integration in amoCRM, switched on. @param accessSeconds so long its access tokens live; a day if not given */
  setIntegration(accessSeconds?: number): Promise<void>;
  /** Runs `bin/ringflow …` as a person does. @param changes to the variables by which it finds everything */
  ringflow(args: string[], changes?: Record<string, string>): Promise<{ code: number; output: string; errors: string }>;
  /** The whole way from the printed link over amoCRM's page to our last page. */
  connect(answer?: 'allow' | 'deny'): Promise<Landing>;
  account(): Promise<Account>;
  /** Waits until the account is in that state. */
  entered(state: Account['state']): Promise<Account>;
  /** What the Temporal UI shows of the account. */
  accountDetails(): Promise<string>;
}

export interface Landing {
  status: number;
  page: string;
  /** Where amoCRM had sent the browser. */
  url: string;
}

export const isTokenRequest = ({ path }: { path: string }): boolean => path === '/oauth2/access_token';

const patienceMs = 60_000;

export async function installConnectable(): Promise<ConnectableInstallation> {
  const port = await freePort();
  const apiUrl = `http://127.0.0.1:${port}`;
  const [clientId, clientSecret] = [randomUUID(), `client-secret-${randomBytes(16).toString('hex')}`];
  const redirectUri = `${apiUrl}/oauth/amocrm`;
  const house = await install(() => ({
    AMOCRM_ACCESS_TOKEN: '',
    AMOCRM_CLIENT_ID: clientId,
    AMOCRM_CLIENT_SECRET: clientSecret,
    AMOCRM_REDIRECT_URI: redirectUri,
    RINGFLOW_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`,
    RINGFLOW_EMPLOYEES: '101:504141,102:504142,103:504143',
    API_PORT: String(port),
    PUBLIC_URL: apiUrl,
  }));
  const own = { clientId, clientSecret, redirectUri, disabledUrl: `${redirectUri}/disabled` };
  const setIntegration = (accessSeconds?: number) =>
    house.amocrm.oauth.set({ ...own, ...(accessSeconds && { accessSeconds }) });
  await setIntegration();
  const { accountId } = house;
  const accounts = createAccounts(house.store.pool);
  const account = async () => (await accounts.find(accountId)) as Account;
  const ringflow = (args: string[], changes?: Record<string, string>) =>
    runRingflow({ ...house.environment, ...changes }, args);
  return {
    ...house,
    ...{ apiUrl, clientId, clientSecret, setIntegration, ringflow, account },
    async connect(answer = 'allow') {
      const { output } = await ringflow(['account', 'connect']);
      return follow(output.trim(), answer);
    },
    async entered(state) {
      const deadlineMs = Date.now() + patienceMs;
      for (;;) {
        const now = await account();
        if (now?.state === state) return now;
        if (Date.now() > deadlineMs) throw new Error(`The account never was ${state}: ${JSON.stringify(now)}`);
        await sleep(100);
      }
    },
    async accountDetails() {
      const handle = house.temporal.workflow.getHandle(amocrmTokenWorkflowId(accountId));
      return (await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata')).currentDetails ?? '';
    },
  };
}

/** The way of a person from a printed link over amoCRM's page to our last page. */
export async function follow(link: string, answer: 'allow' | 'deny' = 'allow'): Promise<Landing> {
  const asked = await locationOf(link);
  const page = await (await fetch(asked)).text();
  return land(await locationOf(new URL(linkOn(page, answer), asked).href));
}

/** As a browser follows amoCRM's redirection. */
export async function land(url: string, language = 'en'): Promise<Landing> {
  const answer = await fetch(url, { headers: { accept: 'text/html', 'accept-language': language } });
  return { status: answer.status, page: await answer.text(), url };
}

async function locationOf(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'manual' });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`${url} sends nowhere: ${answer.status} ${await answer.text()}`);
  return location;
}
