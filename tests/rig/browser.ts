import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { servers } from './servers.ts';

/** A browser of this machine; each person has a context of their own. */
export interface TestBrowser {
  /** What their page complained of, in the order of its complaints: a test expects none. */
  complaints: string[];
  /** @param url where they come in. @param changes such as the width of a phone */
  person(url: string, changes?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  close(): Promise<void>;
}

/** See tests/setup/told-of-failures.cjs. */
type TellsOfFailures = typeof globalThis & { onTestFailure?: () => Promise<void> };

const patienceMs = 20_000;

export async function startBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: servers.chromium,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const complaints: string[] = [];
  const contexts: BrowserContext[] = [];
  (globalThis as TellsOfFailures).onTestFailure = async () => {
    for (const page of contexts.flatMap((context) => context.pages()))
      process.stderr.write(`${page.url()} shows:\n${await page.locator('body').ariaSnapshot().catch(String)}\n`);
  };
  return {
    complaints,
    async person(url, changes) {
      const context = await browser.newContext({ locale: 'en-US', reducedMotion: 'reduce', ...changes });
      contexts.push(context);
      context.setDefaultTimeout(patienceMs);
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        // what the API has refused the browser tells too
        const isNews = message.type() === 'error' && !message.text().startsWith('Failed to load resource');
        if (isNews) complaints.push(message.text());
      });
      await page.goto(url);
      return page;
    },
    close: () => browser.close(),
  };
}

/** What keeps people from using a page by keyboard or screen reader, gravely. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('; ')}`);
}
