import { findProgram, installPackages } from '../programs.ts';
import { SetUpError } from '../progress.ts';

/** Makes mp3 of what Asterisk records. All else works without it, so its lack is only told. */
export async function ensureFfmpeg(): Promise<void> {
  try {
    if (!findProgram('ffmpeg')) await installPackages('ffmpeg');
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.log(`· Recordings are played as they are, gsm and wav49 not at all: ${error.message}`);
  }
}
