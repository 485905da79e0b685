import { type Extension, trunkHost } from '../office.ts';
import { Line } from './line.ts';

export interface OfficeLinesOptions {
  /** Where the PBX listens. */
  sipPort: number;
  /** Where the PBX looks for the provider; 0: any, to be told to it. */
  trunkPort: number;
  extensions: readonly Extension[];
}

/** All ends of SIP beside the PBX of an office: its phones, and the provider with the clients behind it. */
export class OfficeLines {
  readonly trunk: Line;
  readonly phones: ReadonlyMap<string, Line>;

  constructor({ sipPort, trunkPort, extensions }: OfficeLinesOptions) {
    const provider = { name: 'provider', takesAnyNumber: 'provider' };
    this.trunk = new Line({ ...provider, host: trunkHost, port: trunkPort, pbxPort: sipPort });
    const phoneOf = ({ number, password }: Extension) =>
      new Line({ name: number, password, host: '127.0.0.1', port: 0, pbxPort: sipPort });
    this.phones = new Map(extensions.map((extension) => [extension.number, phoneOf(extension)]));
  }

  /** @throws if there is none */
  phone(extension: string): Line {
    const phone = this.phones.get(extension);
    if (!phone) throw new Error(`This office has no phone ${extension}`);
    return phone;
  }

  /** Once the PBX answers. */
  async registerPhones(): Promise<void> {
    await Promise.all([...this.phones.values()].map((phone) => phone.open().then(() => phone.register())));
  }

  async close(): Promise<void> {
    await Promise.all([this.trunk, ...this.phones.values()].map((line) => line.close()));
  }
}
