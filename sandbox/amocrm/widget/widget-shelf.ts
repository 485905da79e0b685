import { unzipSync } from 'fflate';

/** Of an upload: what can't be taken, in words. */
export class RefusedArchive extends Error {}

/** The widget of this account's integration, as it was uploaded. */
export class WidgetShelf {
  #files = new Map<string, Uint8Array>();
  /** Somebody has pressed Install. */
  isInstalled = false;
  /** `$authorizedAjax` may send a token again while it lives; nobody promises that it does not. */
  repeatsTokens = false;

  reset(): void {
    this.#files.clear();
    this.isInstalled = false;
    this.repeatsTokens = false;
  }

  /** @throws RefusedArchive, as amoCRM refuses an archive with files in a folder or without a readable manifest */
  upload(zip: Uint8Array): void {
    const files = new Map(Object.entries(unzip(zip)));
    const manifest = files.get('manifest.json');
    if (!manifest) throw new RefusedArchive('manifest.json does not lie at the root of the archive');
    if (!files.has('script.js')) throw new RefusedArchive('script.js is missing');
    try {
      JSON.parse(new TextDecoder().decode(manifest));
    } catch {
      throw new RefusedArchive('manifest.json is no JSON');
    }
    this.#files = files;
  }

  get isThere(): boolean {
    return this.#files.size > 0;
  }

  file(path: string): Uint8Array | undefined {
    return this.#files.get(path);
  }

  /** @returns undefined if it is not there */
  json(path: string): unknown {
    const bytes = this.#files.get(path);
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  }
}

function unzip(zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch {
    throw new RefusedArchive('The archive is no zip');
  }
}
