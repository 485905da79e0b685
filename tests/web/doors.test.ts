import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { choosePassword, installSettings, password, type SettingsHouse, signIn } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** Who comes in, as what, and what the settings remember of them. */

let house: SettingsHouse;
let browser: TestBrowser;

beforeAll(async () => {
  [house, browser] = await Promise.all([installSettings(), startBrowser()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

it('the first administrator comes by the link that the shell prints, and later by name and password', async () => {
  const link = await house.passwordLink();
  const page = await browser.person(link);
  await choosePassword(page);
  await page.getByText(house.amocrm.url).waitFor();
  await page.getByRole('button', { name: 'Administrator' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to Ringflow' }).waitFor();
  await signIn(page, 'admin', 'a wrong one');
  await page.getByRole('alert').getByText('The name or the password is wrong').waitFor();
  await signIn(page, 'admin');
  await page.getByRole('heading', { name: 'Start' }).waitFor();
  const again = await browser.person(link);
  await again.getByText('The link is not valid any more').waitFor();
});

it('an administrator adds a viewer, who sees the settings and can change nothing', async () => {
  const admin = await browser.person(`${house.url}/users`);
  await signIn(admin, 'admin');
  await admin.getByRole('button', { name: 'Add' }).click();
  await admin.getByLabel('Name to sign in with').fill('Vera@firm.example');
  await admin.getByRole('textbox', { name: 'Name', exact: true }).fill('Vera');
  await admin.getByRole('button', { name: 'Save' }).click();
  const link = await admin.getByRole('textbox', { name: 'Pass on this link' }).inputValue();
  const viewer = await browser.person(link);
  await viewer.getByText('vera@firm.example').waitFor();
  await choosePassword(viewer);
  await viewer.getByRole('link', { name: 'History of settings' }).click();
  await viewer.getByText('Nothing has been changed yet').waitFor();
  expect(await viewer.getByRole('link', { name: 'Users' }).count()).toBe(0);
  await viewer.goto(`${house.url}/users`);
  await viewer.getByText('You may not do this').waitFor();
  expect(await seriousFaults(admin)).toEqual([]);
  await admin.getByRole('button', { name: 'Close' }).last().click();
  await admin.getByRole('button', { name: 'Change: vera@firm.example' }).click();
  await admin.getByRole('button', { name: 'Sign out everywhere' }).click();
  await admin.getByRole('button', { name: 'Really? They will have to sign in again' }).click();
  await admin.getByRole('dialog').waitFor({ state: 'detached' });
  await viewer.goto(house.url);
  await viewer.getByRole('heading', { name: 'Sign in to Ringflow' }).waitFor();
});

it('a session that is ended elsewhere asks to sign in again, at the same place', async () => {
  const [one, other] = await Promise.all([browser.person(`${house.url}/sessions`), browser.person(house.url)]);
  for (const page of [one, other]) await signIn(page, 'admin');
  await one.reload(); // its list may be of before the other one came in
  const ends = one.getByRole('button', { name: 'End' });
  await ends.first().waitFor();
  for (let left = await ends.count(); left > 0; left--) {
    await ends.first().click();
    await ends.nth(left - 1).waitFor({ state: 'detached' });
  }
  await other.reload();
  await other.getByRole('heading', { name: 'Sign in to Ringflow' }).waitFor();
});

it('a session that ends while something is entered loses nothing of it, and shows none of it to somebody else', async () => {
  const page = await browser.person(house.url);
  await signIn(page, 'admin');
  await page.getByRole('link', { name: 'General' }).click();
  await page.getByRole('switch', { name: 'Limit on new contacts' }).click({ force: true });
  const most = page.getByRole('textbox', { name: 'At most' });
  const enterAndLose = async (value: string) => {
    await most.fill(value);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your session has ended').waitFor();
  };
  await enterAndLose('77');
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await signIn(page, 'admin');
  await page.getByText('Your session has ended').waitFor({ state: 'detached' });
  expect(await most.inputValue()).toBe('77');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved as version 1').waitFor();
  await enterAndLose('78');
  await signIn(page, 'vera@firm.example');
  await page.getByRole('button', { name: 'Vera' }).waitFor();
  await page.getByRole('heading', { name: 'General' }).waitFor();
  await most.waitFor();
  expect(await most.inputValue()).toBe('77');
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
});

it('a page that is gone after an upgrade says so, and comes by reloading', async () => {
  const page = await browser.person(house.url);
  await signIn(page, 'admin');
  const gone = '**/assets/history-page*.js';
  await page.route(gone, (route) => route.abort());
  await page.getByRole('link', { name: 'History of settings' }).click();
  await page.getByRole('alert').getByText('There seems to be a new version of Ringflow').waitFor();
  expect(browser.complaints.splice(0)).not.toEqual([]);
  await page.getByRole('link', { name: 'Start' }).click();
  await page.getByRole('heading', { name: 'Start' }).waitFor();
  await page.unroute(gone);
  await page.getByRole('link', { name: 'History of settings' }).click();
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByRole('heading', { name: 'History of settings' }).waitFor();
  browser.complaints.splice(0);
});

it('is in Russian for whoever reads Russian, also on a phone', async () => {
  const page = await browser.person(`${house.url}/users`, { locale: 'ru-RU', viewport: { width: 390, height: 780 } });
  await page.getByLabel('Имя').fill('admin');
  await page.getByRole('textbox', { name: 'Пароль' }).fill(password);
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.getByRole('heading', { name: 'Пользователи' }).waitFor();
  await page.getByRole('button', { name: 'Меню' }).click();
  await page.getByRole('link', { name: 'История настроек' }).click();
  await page.getByRole('row', { name: '1 действует' }).waitFor();
  const width = await page.evaluate('document.documentElement.scrollWidth');
  expect(width).toBeLessThanOrEqual(390);
  expect(await seriousFaults(page)).toEqual([]);
});
