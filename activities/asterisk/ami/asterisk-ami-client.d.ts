/** The library has no types; these are of what is used of it. */
declare module 'asterisk-ami-client' {
  import type { EventEmitter } from 'node:events';
  import type { NetConnectOpts } from 'node:net';

  class AmiClient extends EventEmitter {
    constructor(options: { reconnect: boolean; emitEventsByTypes: boolean; emitResponsesById: boolean });
    connect(user: string, secret: string, options: NetConnectOpts): Promise<unknown>;
    /** Once it is connected. */
    get connection(): { write(message: string): boolean } | null;
  }
  export default AmiClient;
}
