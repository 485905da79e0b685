import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { root } from '../../stack/folders.ts';
import { ensureChromium } from '../../stack/services/chromium.ts';
import { tourPage } from './tour.ts';

// Draws the pictures of the widget's archive anew: node bin/widget/draw/pictures.ts

const icon = readFileSync(join(root, 'web/settings/public/icon.svg'), 'utf8');
const images = join(root, 'web/widget/images');

/** Sizes that amoCRM asks for; with the name where there is room for it. */
const logos: [file: string, width: number, height: number, iconSize: number, nameSize?: number][] = [
  ['logo_main', 400, 272, 104, 48],
  ['logo_small', 108, 108, 92],
  ['logo', 130, 100, 76],
  ['logo_medium', 240, 84, 56, 34],
  ['logo_min', 84, 84, 72],
];

const style = `
  * { box-sizing: border-box; margin: 0 }
  .logo { display: flex; flex-wrap: wrap; gap: 16px; place-content: center; align-items: center; height: 100vh;
    background: #fff; color: #1864ab; font-family: sans-serif }
`;

const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
for (const [file, width, height, iconSize, nameSize] of logos) {
  const name = nameSize === undefined ? '' : `<b style="font-size:${nameSize}px">Ringflow</b>`;
  const sized = icon.replace('<svg ', `<svg width="${iconSize}" height="${iconSize}" `);
  await draw(browser, file, width, height, `<style>${style}</style><body class="logo">${sized}${name}</body>`);
}
for (const language of ['ru', 'en'] as const) await draw(browser, `tour_${language}`, 1188, 616, tourPage(language));
await browser.close();

async function draw(drawn: Browser, file: string, width: number, height: number, content: string): Promise<void> {
  const page = await drawn.newPage({ viewport: { width, height } });
  await page.setContent(content);
  writeFileSync(join(images, `${file}.png`), await page.screenshot());
  await page.close();
}
