type Environment = Record<string, string | undefined>;

/** An environment in which values stand, and what is wrong with the files that hold them. */
export interface ReadSecrets {
  environment: Environment;
  /** Of each secret whose file is of no use: its name, and what to do. */
  faults: { name: string; fault: string }[];
}

/**
 * A secret X may stand in a file that X_FILE names, as containers are given theirs: it is in no list of a process's
 * variables then.
 *
 * @param names of the secrets
 * @param readFile throws an error with its `code`
 * @returns with X in place of each X_FILE; faults say nothing of what is in the files
 */
export function readSecretFiles(
  environment: Environment,
  names: readonly string[],
  readFile: (path: string) => string,
): ReadSecrets {
  const read: ReadSecrets = { environment: { ...environment }, faults: [] };
  for (const name of names) {
    const file = `${name}_FILE`;
    const path = environment[file]?.trim();
    delete read.environment[file];
    if (!path) continue;
    const tell = (fault: string) => read.faults.push({ name, fault });
    if (environment[name]?.trim()) tell(`${name} and ${file} are both given: keep one of them`);
    else {
      const content = contentOf(path, readFile);
      if (content.value) read.environment[name] = content.value;
      else tell(`${file} names ${content.fault}`);
    }
  }
  return read;
}

/** All that is wrong: with files, and else, but for what is missing since its file is of no use. */
export function withFaultsOfFiles({ faults }: ReadSecrets, others: readonly string[]): string[] {
  const isExplained = (other: string) => faults.some(({ name }) => other.startsWith(`${name} is missing`));
  return [...faults.map(({ fault }) => fault), ...others.filter((other) => !isExplained(other))];
}

function contentOf(path: string, readFile: (path: string) => string): { value?: string; fault?: string } {
  try {
    const value = readFile(path).trim();
    return value === '' ? { fault: 'an empty file: put the value into it' } : { value };
  } catch (error) {
    const { code = 'unknown' } = error as { code?: string };
    return { fault: `a file that can't be read (${code}): is it there, and may this user read it?` };
  }
}
