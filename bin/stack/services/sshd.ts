import { findProgram, installPackages } from '../programs.ts';
import { ifToBeHad } from '../progress.ts';

/** A real server of ssh for tests, if it can be had: undefined is told. */
export const ensureSshd = (): Promise<string | undefined> =>
  ifToBeHad("SFTP is not tested with a real sshd, it can't be had here", async () => {
    if (!findProgram('sshd')) await installPackages('openssh-server');
    return findProgram('sshd');
  });
