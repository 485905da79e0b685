import { Daemons } from './daemons.ts';
import { stateFolder } from './folders.ts';
import { partsAndServices } from './parts.ts';
import { runCommand } from './progress.ts';

async function down(): Promise<number> {
  if (process.argv.length > 2) {
    console.log('bin/down   stops what bin/up started; the data stays. It takes no options.');
    return process.argv[2] === '--help' ? 0 : 2;
  }
  const stopped: string[] = [];
  for (const installation of ['sandbox', 'live']) {
    const daemons = new Daemons(stateFolder(installation));
    for (const name of partsAndServices) {
      if (daemons.isRunning(name)) stopped.push(name);
      await daemons.stop(name);
    }
  }
  console.log(stopped.length > 0 ? `stopped ${stopped.join(', ')}; the data stays` : 'nothing was running');
  return 0;
}

await runCommand(down);
