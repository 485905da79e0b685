import type { Page } from 'playwright-core';
import { freePort } from '../../bin/stack/free-port.ts';
import { type Installation, install } from './installation.ts';
import { runRingflow } from './ringflow.ts';

/** An installation whose settings are open in the browser. */
export interface SettingsHouse extends Installation {
  url: string;
  /** As whoever may use the server's shell gets it. @param login of whom; the first administrator if left out */
  passwordLink(login?: string): Promise<string>;
}

export async function installSettings(changes: Record<string, string> = {}): Promise<SettingsHouse> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const house = await install(() => ({ API_PORT: String(port), PUBLIC_URL: url, ...changes }));
  await Promise.all([house.startWorker(), house.startApi()]);
  return {
    ...{ ...house, url },
    async passwordLink(login) {
      const { output } = await runRingflow(house.environment, [
        'user',
        'link',
        ...(login === undefined ? [] : [login]),
      ]);
      return output.trim();
    },
  };
}

export const password = 'correct horse battery';

/** Whoever has come by a link. @param firstHeading of the page that they see then */
export async function choosePassword(page: Page, firstHeading = 'Start'): Promise<void> {
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('textbox', { name: 'Once more' }).fill(password);
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await page.getByRole('heading', { name: firstHeading }).waitFor();
}

export async function signIn(page: Page, login: string, word = password): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(login);
  await page.getByRole('textbox', { name: 'Password' }).fill(word);
  const answered = page.waitForResponse(
    (response) => response.request().method() === 'POST' && new URL(response.url()).pathname === '/api/session',
  );
  await page.getByRole('button', { name: 'Sign in' }).click();
  await answered;
}
