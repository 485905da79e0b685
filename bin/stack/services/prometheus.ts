import { findProgram, installPackages } from '../programs.ts';
import { ifToBeHad } from '../progress.ts';

/** Prometheus's own check of rules and configurations, if it can be had: undefined is told. */
export const ensurePromtool = (): Promise<string | undefined> =>
  ifToBeHad("The alert rules are not checked by Prometheus's promtool, it can't be had here", async () => {
    if (!findProgram('promtool')) await installPackages('prometheus');
    return findProgram('promtool');
  });
