/** A PBX of the sandbox as it was started. */
export interface SandboxPbx {
  /** By which Ringflow finds it. */
  environment: Record<string, string>;
  /** Whether it has just been started: whoever stopped calls earlier may want it so. */
  isNew: boolean;
  /** What a person wants to know of it. */
  lines: string[];
}
