import { readFileSync } from 'node:fs';

/** Loaded before a process of Ringflow: its clock goes wrong by what stands in CLOCK_STEP_FILE, in ms. */
const file = process.env.CLOCK_STEP_FILE ?? '';
const nowMs = Date.now;
let stepMs = 0;

setInterval(() => {
  stepMs = Number(readFileSync(file, 'utf8'));
}, 200).unref();

Date.now = () => nowMs() + stepMs;
const RightDate = Date;
globalThis.Date = new Proxy(RightDate, {
  construct: (target, args) => (args.length === 0 ? new target(RightDate.now()) : Reflect.construct(target, args)),
});
