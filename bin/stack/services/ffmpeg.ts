import { findProgram, installPackages } from '../programs.ts';
import { ifToBeHad } from '../progress.ts';

/** Makes mp3 of what Asterisk records. All else works without it, so its lack is only told. */
export const ensureFfmpeg = (): Promise<void> =>
  ifToBeHad('Recordings are played as they are, gsm and wav49 not at all', async () => {
    if (!findProgram('ffmpeg')) await installPackages('ffmpeg');
  });
