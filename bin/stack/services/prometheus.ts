import { findProgram, installPackages } from '../programs.ts';
import { SetUpError } from '../progress.ts';

/** Prometheus's own check of rules and configurations, if it can be had: undefined is told. */
export async function ensurePromtool(): Promise<string | undefined> {
  try {
    if (!findProgram('promtool')) await installPackages('prometheus');
    return findProgram('promtool');
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.log(`· The alert rules are not checked by Prometheus's promtool, it can't be had here: ${error.message}`);
    return undefined;
  }
}
