import { findProgram, installPackages } from '../programs.ts';

/** The browser of the browser tests. */
export async function ensureChromium(): Promise<string> {
  if (!findProgram('chromium')) await installPackages('chromium');
  return findProgram('chromium') ?? 'chromium';
}
