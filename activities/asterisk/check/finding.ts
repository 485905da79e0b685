import type { CheckSubject, PbxFinding } from '../../../proto/pbx-check.ts';

export const found = (
  subject: CheckSubject,
  state: PbxFinding['state'],
  finding: PbxFinding['finding'],
  values: Record<string, string> = {},
): PbxFinding => ({ subject, state, finding, values });

export const fine = (subject: CheckSubject, values: Record<string, string> = {}): PbxFinding =>
  found(subject, 'ok', 'fine', values);
