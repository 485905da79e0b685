import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const bytesASecond = 8000;
const silence = 0xff;

/** Without them a transfer by keys, a menu or a voice mailbox ends at the missing file. */
const prompts = [
  ...['beep', 'beeperr', 'pbx-transfer', 'pbx-invalid', 'pbx-parkingfailed', 'auth-thankyou', 'custom/menu'],
  ...['vm-intro', 'vm-theperson', 'vm-isunavail', 'vm-isonphone', 'vm-msgsaved', 'vm-goodbye'],
  ...Array.from({ length: 10 }, (_, digit) => `digits/${digit}`),
];

/** Prompts and music of a PBX, all silent. @param folder where Asterisk's data lies */
export function writeSounds(folder: string): void {
  for (const prompt of prompts) write(join(folder, 'sounds/en', `${prompt}.ulaw`), 0.2);
  write(join(folder, 'music/silence.ulaw'), 10);
}

function write(file: string, seconds: number): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.alloc(bytesASecond * seconds, silence));
}
