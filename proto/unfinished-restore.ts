/** A table that is in a database of ours while a copy is being brought back there, first made and last dropped. */
export const unfinishedRestoreTable = 'unfinished_restore';

/** @param command that brings a copy back */
export const unfinishedRestore = (command: string): string =>
  `The database is restored by half: bringing back a copy was cut off, or goes on just now. Do it once more (${command} FILE), then start again.`;
