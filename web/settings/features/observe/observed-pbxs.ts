/** The section `observedPbxs` of the settings. */
export type ObservedPbxs = Record<string, { until: string | null }>;

/** How Ringflow treats a PBX at a moment. */
export type Mode =
  | { mode: 'acting' /** Since when, if it was observed before. */; sinceMs: number | null }
  | { mode: 'observing' /** null: until somebody ends it. */; untilMs: number | null };

export function modeOf(pbxId: string, observed: ObservedPbxs, nowMs: number): Mode {
  const entry = Object.hasOwn(observed, pbxId) ? observed[pbxId] : undefined;
  if (!entry) return { mode: 'acting', sinceMs: null };
  if (entry.until === null) return { mode: 'observing', untilMs: null };
  const untilMs = Date.parse(entry.until);
  return untilMs > nowMs ? { mode: 'observing', untilMs } : { mode: 'acting', sinceMs: untilMs };
}

/**
 * The section with one PBX changed.
 *
 * @param untilMs null: observed without an end; undefined: not observed
 * @returns null if no PBX is observed: then the settings say nothing of it
 */
export function withPbx(
  observed: ObservedPbxs,
  pbxId: string,
  untilMs: number | null | undefined,
): ObservedPbxs | null {
  const { [pbxId]: _, ...others } = observed;
  const until = typeof untilMs === 'number' ? new Date(untilMs).toISOString().replace(/\.\d+Z$/, 'Z') : null;
  const changed = untilMs === undefined ? others : { ...others, [pbxId]: { until } };
  return Object.keys(changed).length === 0 ? null : changed;
}
