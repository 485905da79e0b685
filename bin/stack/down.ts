import { Daemons } from './daemons.ts';
import { stateFolder } from './folders.ts';
import { ownParts, partsAndServices } from './parts.ts';
import { runCommand } from './progress.ts';

async function down(): Promise<number> {
  const [option, ...others] = process.argv.slice(2);
  const isOfParts = option === '--parts';
  if (others.length > 0 || (option !== undefined && !isOfParts)) {
    console.log('bin/down           stops what bin/up started; the data stays');
    console.log('bin/down --parts   stops worker, connector and api only, to bring a backup back');
    return option === '--help' ? 0 : 2;
  }
  const stopped: string[] = [];
  for (const installation of ['sandbox', 'live']) {
    const daemons = new Daemons(stateFolder(installation));
    for (const name of isOfParts ? ownParts : partsAndServices) {
      if (daemons.isRunning(name)) stopped.push(name);
      await daemons.stop(name);
    }
  }
  console.log(stopped.length > 0 ? `stopped ${stopped.join(', ')}; the data stays` : 'nothing was running');
  return 0;
}

await runCommand(down);
