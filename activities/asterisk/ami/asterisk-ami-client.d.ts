/** The library has no types; these are of what is used of it. */
declare module 'asterisk-ami-client' {
  import type { EventEmitter } from 'node:events';
  import type { NetConnectOpts, Socket } from 'node:net';

  class AmiClient extends EventEmitter {
    constructor(options: { reconnect: boolean; emitEventsByTypes: boolean; emitResponsesById: boolean });
    connect(user: string, secret: string, options: NetConnectOpts): Promise<unknown>;
    /** Once it is connected; the library has no other way to its socket. */
    get connection(): { write(message: string): boolean; _socket: Socket } | null;
  }
  export default AmiClient;
}
