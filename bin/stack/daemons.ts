import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './folders.ts';
import { privateFolder } from './programs.ts';
import { SetUpError } from './progress.ts';

/** What the book of an installation says of a process it started. */
interface BookEntry {
  name: string;
  pid: number;
  /** The kernel's start time of the process: a pid alone may belong to somebody else by now. */
  startTime: string;
}

export interface DaemonCommand {
  name: string;
  program: string;
  args: string[];
  environment?: Record<string, string>;
  /** Whether it does its work; may fail until then. */
  isUp: () => Promise<boolean>;
  timeoutMs: number;
}

const pollMs = 100;
const stopTimeoutMs = 20_000;

/** The processes of one installation: started apart from this one, written down, and stopped by what is written. */
export class Daemons {
  readonly #bookFolder: string;
  readonly #logFolder: string;

  constructor(stateFolder: string) {
    privateFolder(stateFolder);
    this.#bookFolder = privateFolder(join(stateFolder, 'run'));
    this.#logFolder = privateFolder(join(stateFolder, 'log'));
  }

  logOf(name: string): string {
    return join(this.#logFolder, `${name}.log`);
  }

  isRunning(name: string): boolean {
    const entry = this.#read(name);
    return entry !== undefined && startTimeOf(entry.pid) === entry.startTime;
  }

  /** Of the process that was started under this name. */
  pidOf(name: string): number | undefined {
    return this.#read(name)?.pid;
  }

  running(): string[] {
    return this.#names().filter((name) => this.isRunning(name));
  }

  /**
   * Starts the process unless it runs already, and waits until it does its work.
   *
   * @returns false if it still runs but was not ready in time
   * @throws SetUpError with the end of its log if it ends
   */
  async start(command: DaemonCommand): Promise<boolean> {
    const spawned = this.isRunning(command.name) ? undefined : this.#spawn(command);
    const deadlineMs = Date.now() + command.timeoutMs;
    let isReady = false;
    while (!isReady && this.isRunning(command.name) && Date.now() < deadlineMs) {
      isReady = await command.isUp().catch(() => false);
      if (!isReady) await sleep(pollMs);
    }
    spawned?.unref();
    if (!this.isRunning(command.name))
      throw new SetUpError(`${command.name} did not start:\n${this.#endOfLog(command.name)}`);
    return isReady;
  }

  #spawn(command: DaemonCommand): ChildProcess {
    const file = this.logOf(command.name);
    if (existsSync(file)) renameSync(file, file.replace(/log$/, 'previous.log')); // it may tell why that process ended
    const log = openSync(file, 'w', 0o600);
    const child = spawn(command.program, command.args, {
      cwd: root,
      detached: true,
      env: { ...process.env, ...command.environment },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child.on('error', (error) => appendFileSync(this.logOf(command.name), `${error.message}\n`));
    if (child.pid) this.#write({ name: command.name, pid: child.pid, startTime: startTimeOf(child.pid) ?? '' });
    return child;
  }

  /** Asks the process to end in order; after a while it is ended. Does nothing to a process that isn't the one started. */
  async stop(name: string): Promise<void> {
    const entry = this.#read(name);
    if (entry && this.isRunning(name)) {
      process.kill(entry.pid, 'SIGTERM');
      const deadlineMs = Date.now() + stopTimeoutMs;
      while (this.isRunning(name) && Date.now() < deadlineMs) await sleep(pollMs);
      if (this.isRunning(name)) process.kill(entry.pid, 'SIGKILL');
    }
    rmSync(join(this.#bookFolder, name), { force: true });
  }

  #endOfLog(name: string): string {
    const lines = readFileSync(this.logOf(name), 'utf8').trimEnd().split('\n');
    return `${lines.slice(-12).join('\n')}\nThe whole log: ${this.logOf(name)}`;
  }

  #names(): string[] {
    return existsSync(this.#bookFolder) ? readdirSync(this.#bookFolder) : [];
  }

  #read(name: string): BookEntry | undefined {
    const file = join(this.#bookFolder, name);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BookEntry) : undefined;
  }

  #write(entry: BookEntry): void {
    writeFileSync(join(this.#bookFolder, entry.name), JSON.stringify(entry));
  }
}

/** When a process began, in the kernel's ticks; undefined if there is none or it is only waiting to be reaped. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : rest[18];
  } catch {
    return undefined;
  }
}
