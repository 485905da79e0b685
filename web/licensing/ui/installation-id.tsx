import { Code } from '@mantine/core';

const shownSigns = 8;

/** The beginning of an installation's id; it tells one from another, and all of it stands beside the pointer. */
export function InstallationId({ of }: { of: string }) {
  return <Code title={of}>{of.slice(0, shownSigns)}…</Code>;
}
