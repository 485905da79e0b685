import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { checkArchive, UnreadableArchive } from './index.ts';

type Files = Record<string, Uint8Array>;

const ringflow = join(__dirname, '../../ringflow');
const address = 'https://ringflow.example';
let folder: string;
let built: Files;

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(ringflow, ['widget', ...args], {
    ...{ cwd: folder, encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } },
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringflow-check-'));
  run('build', '--url', address, '--out', 'own.zip');
  built = unzipSync(readFileSync(join(folder, 'own.zip')));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('bin/ringflow widget', () => {
  it('builds an archive that breaks no rule, the same bytes each time', () => {
    expect(run('check', 'own.zip')).toMatchObject({ status: 0, stderr: '' });
    expect(run('build', '--url', `${address}/`, '--out', 'again.zip').status).toBe(0);
    expect(readFileSync(join(folder, 'again.zip')).equals(readFileSync(join(folder, 'own.zip')))).toBe(true);
  });

  it('bakes in address and version, readable', () => {
    expect(run('build', '--url', 'http://127.0.0.1:8080', '--version', '2.5.1', '--out', 'x.zip').status).toBe(0);
    const files = unzipSync(readFileSync(join(folder, 'x.zip')));
    expect(textOf(files, 'script.js')).toContain('serverUrl = "http://127.0.0.1:8080"');
    const { widget } = JSON.parse(textOf(files, 'manifest.json'));
    expect(widget).toMatchObject({ version: '2.5.1', init_once: true, support: { link: 'http://127.0.0.1:8080' } });
  });

  it.each([
    [['build', '--url', 'http://ringflow.example', '--out', 'y.zip'], /no address for the widget/],
    [['build', '--url', address, '--out', 'y.zip', '--version', 'new'], /no version/],
    [['check', 'missing.zip'], /cannot be read/],
    [['dance', 'x'], /can `build` and `check`/],
  ])('refuses %j with one clear line', (args, line) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 2, stdout: '', lines: 1 });
    expect(stderr).toMatch(line);
  });

  it('tells file, line and what to do, and ends with 1', () => {
    const broken = { ...built, 'script.js': Buffer.from(textOf(built, 'script.js').replace(/$/, '\nalert(1);\n')) };
    writeFileSync(join(folder, 'broken.zip'), zipSync(broken));
    const { status, stdout } = run('check', 'broken.zip');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^broken\.zip:script\.js:\d+: calls alert\. Say it/m);
  });
});

const textOf = (files: Files, path: string) => new TextDecoder().decode(files[path]);

/** Faults of our archive after a change, as `file:line what`. */
function faultsAfter(change: (files: Files) => void): string[] {
  const files = { ...built };
  change(files);
  return checkArchive(zipSync(files, { level: 0 })).map(
    ({ file = '', line, what }) => `${file}${line === undefined ? '' : `:${line}`} ${what}`,
  );
}

const write = (path: string, text: string) => (files: Files) => {
  files[path] = Buffer.from(text);
};
const remove = (path: string) => (files: Files) => {
  delete files[path];
};

/** Changes the manifest as an object. */
// biome-ignore lint/suspicious/noExplicitAny: tests break any part of it
const manifest = (change: (manifest: any) => void) => (files: Files) => {
  const given = JSON.parse(textOf(files, 'manifest.json'));
  change(given);
  files['manifest.json'] = Buffer.from(JSON.stringify(given));
};

/** A second script, so that the widget's own stays sound. */
const script = (code: string) => (files: Files) => {
  const body = `define(['jquery'], function ($) {\n  return function (self, list, APP_VALUE) {\n${code}\n  };\n});\n`;
  files['extra.js'] = Buffer.from(body);
  files['script.js'] = Buffer.from(textOf(files, 'script.js').replace('["jquery"]', '["jquery", "./extra.js"]'));
};
const style = (css: string) => (files: Files) => {
  files['style.css'] = Buffer.concat([files['style.css'] ?? Buffer.of(), Buffer.from(`\n${css}\n`)]);
};
const textIn = (language: string, key: string, text: string) => (files: Files) => {
  const texts = JSON.parse(textOf(files, `i18n/${language}.json`));
  texts.widget[key] = text;
  files[`i18n/${language}.json`] = Buffer.from(JSON.stringify(texts, null, 2));
};

/** The picture with other sizes in its head. */
function resized(png: Uint8Array, width: number, height: number): Buffer {
  const copy = Buffer.from(png);
  copy.writeUInt32BE(width, 16);
  copy.writeUInt32BE(height, 20);
  return copy;
}

const logo = 'images/logo.png';
const gif = (frames: number) =>
  Buffer.concat([
    Buffer.from('GIF89a\x82\x00\x64\x00\x00\x00\x00', 'latin1'),
    ...Array.from({ length: frames }, () => Buffer.from(',\0\0\0\0\x82\0\x64\0\0\x02\x01\x00\x00', 'latin1')),
    Buffer.from(';'),
  ]);

describe('checkArchive', () => {
  it.each<[string, (files: Files) => void, RegExp]>([
    ['a missing script', remove('script.js'), /^script\.js is missing/],
    ['a missing logo', remove('images/logo_small.png'), /^images\/logo_small\.png is missing/],
    ['a BOM', write('style.css', '\ufeff.ringflow-widget { color: red; }\n'), /^style\.css:1 begins with a BOM/],
    [
      'newlines of Windows',
      write('style.css', '.ringflow-widget {\n color: red;\r\n}\n'),
      /^style\.css:2 has newlines of Windows/,
    ],
    [
      'another encoding',
      (files) => {
        files['style.css'] = Buffer.from('/* \xcf\xf0\xe8 */', 'latin1');
      },
      /^style\.css is not UTF-8/,
    ],
    ['an unused file', write('notes.md', 'remember\n'), /^notes\.md is used by nothing/],
    ['a broken manifest', write('manifest.json', '{'), /^manifest\.json is no JSON object/],
  ])('names %s', (_, change, expected) => {
    expect(faultsAfter(change)).toContainEqual(expect.stringMatching(expected));
  });

  it('names a folder in which all lies', () => {
    const moved = Object.fromEntries(Object.entries(built).map(([path, bytes]) => [`widget/${path}`, bytes]));
    expect(checkArchive(zipSync(moved)).map(({ what }) => what)).toEqual(['all files lie in the folder widget/.']);
  });

  it.each<[string, (files: Files) => void, RegExp]>([
    ['a wrong size', (files) => (files[logo] = resized(files[logo] as Uint8Array, 131, 100)), /logo\.png is 131 x 100/],
    [
      'a heavy picture',
      (files) => (files[logo] = Buffer.concat([files[logo] as Uint8Array, Buffer.alloc(310_000)])),
      /logo\.png weighs 306 KB/,
    ],
    ['what is no picture', write(logo, 'no picture'), /logo\.png is no png picture/],
    ['a picture under a false name', (files) => (files[logo] = gif(1)), /logo\.png is no png picture/],
    [
      'an animated gif',
      (files) => {
        files['images/move.gif'] = gif(2);
        style('.ringflow-widget { background: url(images/move.gif); }')(files);
      },
      /move\.gif is animated/,
    ],
    [
      'an animated png',
      (files) => (files[logo] = Buffer.concat([files[logo] as Uint8Array, Buffer.from('acTL')])),
      /logo\.png is animated/,
    ],
    [
      'a tour of another size',
      (files) => (files['images/tour_ru.png'] = resized(files['images/tour_ru.png'] as Uint8Array, 100, 100)),
      /tour_ru\.png is 100 x 100/,
    ],
  ])('names %s', (_, change, expected) => {
    expect(faultsAfter(change)).toEqual([expect.stringMatching(expected)]);
  });

  it('takes a gif that stands still, and a jpeg', () => {
    const jpeg = Buffer.from('ffd8ffe000044a46ffc0000b08006400820103011100', 'hex');
    const faults = faultsAfter((files) => {
      files['images/still.gif'] = gif(1);
      files['images/photo.jpg'] = jpeg;
      style('.ringflow-widget { background: url(images/still.gif), url(images/photo.jpg); }')(files);
    });
    expect(faults).toEqual([]);
  });

  it.each<[string, (files: Files) => void, RegExp]>([
    ['no name', manifest((one) => delete one.widget.name), /widget\.name names no text/],
    ['a name instead of a key', manifest((one) => (one.widget.name = 'Ringflow')), /widget\.name names no text/],
    ['no languages', manifest((one) => delete one.widget.locale), /widget\.locale is no list/],
    ['no installation', manifest((one) => delete one.widget.installation), /widget\.installation is missing/],
    ['no support', manifest((one) => delete one.widget.support), /neither link nor email/],
    ['no locations', manifest((one) => delete one.locations), /locations is missing/],
    ['no settings', manifest((one) => delete one.settings), /settings is missing/],
    ['no tour', manifest((one) => delete one.tour), /tour\.is_tour is not true/],
    ['a missing picture', manifest((one) => (one.tour.tour_images.ru = ['/images/no.png'])), /no\.png is missing, but/],
    ['an unknown type', manifest((one) => (one.settings.a = { name: 'widget.name', type: 'date' })), /a\.type is not/],
    ['an unknown location', manifest((one) => one.locations.push('moon')), /location moon is not known/],
    ['a column where there is none', manifest((one) => one.locations.push('settings-1')), /settings-1 is not known/],
    ['an unused location', manifest((one) => one.locations.push('catalogs')), /catalogs is not used/],
    ['an unused column', manifest((one) => (one.locations[2] = 'lcard-1')), /lcard-1 asks for the right column/],
    ['a location without its part', manifest((one) => one.locations.push('digital_pipeline')), /needs the part dp/],
    ['a location twice', manifest((one) => one.locations.push('settings')), /names settings twice/],
    [
      'a custom field without the location',
      manifest((one) => {
        one.settings.a = { name: 'widget.name', type: 'custom' };
        one.locations = one.locations.filter((location: string) => location !== 'settings');
      }),
      /custom needs the location settings/,
    ],
    ['a language without its file', remove('i18n/en.json'), /^i18n\/en\.json is missing/],
    ['keys that differ', textIn('ru', 'more', 'ещё'), /^i18n\/en\.json has no widget\.more/],
    [
      'a text that is not there',
      manifest((one) => (one.tour.tour_description = 'widget.tour')),
      /has no text widget\.to/,
    ],
    [
      'a Russian address in English',
      textIn('en', 'description', 'See help.ringflow.ru'),
      /:5 widget.description names/,
    ],
    ['Russian in English', textIn('en', 'description', 'Звонки'), /description is Russian/],
    ["the vendor's name", textIn('ru', 'name', 'Звонки amoCRM'), /the widget is named/],
    ["the vendor's name spelt wrong", textIn('ru', 'description', 'Для AMO CRM'), /spells “AMO CRM”/],
  ])('names %s', (_, change, expected) => {
    expect(faultsAfter(change)).toContainEqual(expect.stringMatching(expected));
  });

  it.each<[string, string, RegExp]>([
    ['bad syntax', 'const = 1;', /:3 is no valid JavaScript/],
    ['eval', "eval('1');", /:3 calls eval/],
    ['code made of text', "new Function('return 1')();", /:3 calls Function/],
    ['a timer with text', "setTimeout('go()', 1);", /:3 gives setTimeout a text/],
    ['alert', "window.alert('a');", /:3 calls alert/],
    ['confirm', "if (confirm('a')) self.go();", /:3 calls confirm/],
    ['a debugger', 'debugger;', /:3 stops for a debugger/],
    ['a click on Install', "$('.js-widget-install').trigger('click');", /:3 clicks a button/],
    ['console.log', "console.log('a');", /:3 uses console\.log/],
    ['the console taken apart', 'const { warn } = console;\nwarn(1);', /:3 uses console\./],
    ['console.trace where nothing failed', 'console.trace();', /:3 uses console\.trace/],
    ['a synchronous request', "$.ajax({ url: '/a', async: false });", /:3 makes a synchronous request/],
    ['a synchronous XMLHttpRequest', "self.xhr.open('GET', '/a', false);", /:3 makes a synchronous request/],
    [
      'requests in a loop',
      'for (const one of list) {\n  self.crm_post(one);\n}',
      /:4 asks in a loop \(self\.crm_post\)/,
    ],
    ['requests for each', 'list.forEach((one) => $.get(one));', /:3 asks in a loop \(\$\.get\)/],
    ['requests after each', 'while (list.pop()) self.ready.then(() => fetch(1));', /:3 asks in a loop \(fetch\)/],
    [
      'requests in a loop through a function',
      'function ask(one) { return self.$authorizedAjax({ url: one }); }\nconst go = (one) => ask(one);\n$.each(list, (i, one) => go(one));',
      /:5 asks in a loop \(go\)/,
    ],
    ['a script element', "document.createElement('script');", /:3 brings in a script/],
    ['a script of elsewhere', "$.getScript('https://a.example/a.js');", /:3 brings in a script/],
    ['a required script', "require(['//a.example/a.js']);", /:3 brings in a script/],
    ['an import', "import('./a.js');", /:3 brings in a script/],
    ['a script in markup', "$(self.body).append('<script src=a></scr' + 'ipt>');", /:3 writes a script element/],
    ['a write to APP', 'APP.data.x = 1;', /:3 changes APP\.data\.x/],
    ['a write to AMOCRM', 'Object.assign(window.AMOCRM, {});', /:3 changes AMOCRM/],
    ['a constant that is set', "APP.constant('user', 1);", /:3 changes APP\.constant/],
    ['a list of APP that grows', 'APP.list.push(1);', /:3 changes APP\.list/],
    ['a variable that is not declared', 'total = 1;', /:3 sets total, which is not declared/],
    ['code in a comment', '// const account = APP.constant(1);', /:3 has code in a comment/],
    ['minified code', `const a = [${'1,'.repeat(400)}1];`, /extra\.js is minified/],
  ])('names %s', (_, code, expected) => {
    const faults = faultsAfter(script(code));
    expect(faults).toEqual([expect.stringMatching(expected)]);
    expect(faults[0]).toMatch(/^extra\.js/);
  });

  it.each([
    ['reading and debugging', "console.debug('a', APP.constant('user'), APP.data.current_card);"],
    ['a trace where it failed', 'try {\n  self.go();\n} catch (error) {\n  console.trace(error);\n}'],
    ['a trace of a promise', 'self.go().then(null, () => console.trace()).catch((error) => console.trace(error));'],
    ['its own confirm', 'const confirm = () => true;\nconfirm();\nself.alert();'],
    ['handlers made in a loop', "for (const one of list) one.addEventListener('click', () => fetch(one.href));"],
    ['a request before a loop', 'for (const one of fetch(1)) list.push(one);'],
    ['the documented place of APP', 'APP.widgets.legal_handlers = [];'],
    ['comments that explain', '// get the id of the account\n/* alert the person: see below */'],
  ])('finds nothing wrong with %s', (_, code) => {
    expect(faultsAfter(script(code))).toEqual([]);
  });

  it.each<[string, (files: Files) => void, RegExp]>([
    ['no module', write('script.js', 'var a = 1;\n'), /^script\.js:1 is no AMD module/],
    [
      'no callbacks',
      write('script.js', 'define([], function () {\n  return function () {};\n});\n'),
      /^script\.js:1 sets no callbacks/,
    ],
    [
      'no onSave',
      write(
        'script.js',
        'define([], function () {\n  return function () {\n    this.callbacks = { render() {}, init() {}, bind_actions() {} };\n  };\n});\n',
      ),
      /^script\.js:3 has no callback onSave/,
    ],
    [
      'a dependency of elsewhere',
      (files) => write('script.js', textOf(files, 'script.js').replace('"jquery"', '"https://a.example/x.js"'))(files),
      /^script\.js:1 depends on https:/,
    ],
    [
      'a dependency that is not there',
      (files) => write('script.js', textOf(files, 'script.js').replace('["jquery"', '["jquery", "./gone.js"'))(files),
      /^script\.js:1 depends on \.\/gone\.js/,
    ],
  ])('names %s', (_, change, expected) => {
    expect(faultsAfter(change)).toContainEqual(expect.stringMatching(expected));
  });

  it.each<[string, string, RegExp]>([
    ['a bare element', 'input { color: red; }', /:\d+ “input” reaches beyond/],
    ["amoCRM's class", '.control-select { color: red; }', /“\.control-select” reaches beyond/],
    ['all', '.ringflow-widget a, * { color: red; }', /“\*” reaches beyond/],
    ['the page', ':root { color: red; }', /“:root” reaches beyond/],
    ['a rule in a rule of media', '@media (width > 1px) { body { color: red; } }', /“body” reaches beyond/],
    ['an import', '@import "a.css";', /imports a file/],
    ['a file of elsewhere', '.ringflow-widget { background: url(https://a.example/a.png); }', /from outside/],
    ['styles in a comment', '/* color: red; */', /has styles in a comment/],
    ['bad CSS', '.ringflow-widget { color red }', /no valid CSS/],
  ])('names styles for %s', (_, css, expected) => {
    expect(faultsAfter(style(css))).toEqual([expect.stringMatching(expected)]);
  });

  it.each([
    ['variables of the page', ':root { --ringflow-x: 1px; }'],
    ['dark colours', ':root[data-color-scheme="dark"] .ringflow-widget__card { color: red; }'],
    ['frames of an animation', '@keyframes ringflow { from { opacity: 0; } }'],
    ['a comment', '/* our own colour: of the logo */'],
  ])('finds nothing wrong with styles for %s', (_, css) => {
    expect(faultsAfter(style(css))).toEqual([]);
  });
});

describe('an archive that is made to harm', () => {
  it.each([
    ['no zip', Buffer.from('hello'), /no zip/],
    ['an empty file', Buffer.of(), /no zip/],
    ['a path that leads out', zipSync({ '../evil.js': Buffer.from('a') }), /leads out/],
    ['a path from the root', zipSync({ '/evil.js': Buffer.from('a') }), /leads out/],
    ['a path of Windows', zipSync({ 'a\\..\\evil.js': Buffer.from('a') }), /leads out/],
    ['a bomb', zipSync({ 'a.js': Buffer.alloc(30_000_000) }), /more than 20 MB/],
    [
      'very many files',
      zipSync(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`${i}`, Buffer.of()]))),
      /500/,
    ],
  ])('is not opened: %s', (_, zip, expected) => {
    const open = () => checkArchive(zip);
    expect(open).toThrow(UnreadableArchive);
    expect(open).toThrow(expected);
  });
});
