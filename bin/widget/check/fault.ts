/** A rule of amoCRM's that an archive breaks. */
export interface Fault {
  /** In the archive; undefined: of the archive itself. */
  file?: string;
  line?: number;
  what: string;
  whatToDo: string;
}

/** The archive is not opened at all: no zip, or one made to harm. */
export class UnreadableArchive extends Error {}
