import { findProgram } from '../programs.ts';

/** By which Prometheus's own rules can be checked, if it is here: it is too large to be installed for that alone. */
export function findPromtool(): string | undefined {
  const promtool = findProgram('promtool');
  if (!promtool)
    console.log(
      "· The alert rules are not checked by Prometheus's promtool: it is not here (apt-get install prometheus)",
    );
  return promtool;
}
