/** The library has no types; these are of what is used of it. */
declare module 'asterisk-ami-client' {
  import type { EventEmitter } from 'node:events';
  import type { NetConnectOpts } from 'node:net';

  class AmiClient extends EventEmitter {
    constructor(options: { reconnect: boolean });
    connect(user: string, secret: string, options: NetConnectOpts): Promise<unknown>;
    action(message: Record<string, string>, isPromise: true): Promise<Record<string, string>>;
    disconnect(): this;
  }
  export default AmiClient;
}
