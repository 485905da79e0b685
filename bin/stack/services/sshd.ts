import { findProgram, installPackages } from '../programs.ts';
import { SetUpError } from '../progress.ts';

/** A real server of ssh for tests, if it can be had: undefined is told. */
export async function ensureSshd(): Promise<string | undefined> {
  try {
    if (!findProgram('sshd')) await installPackages('openssh-server');
    return findProgram('sshd');
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.log(`· SFTP is not tested with a real sshd, it can't be had here: ${error.message}`);
    return undefined;
  }
}
