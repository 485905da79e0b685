import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { EmitterImpl, type Transport, TransportState } from 'sip.js';

export interface UdpOptions {
  /** Of this side; port 0 for any. */
  host: string;
  port: number;
  /** Where the PBX listens. */
  pbxPort: number;
  /** Whoever answers for any number called, as a provider does. */
  takesAnyNumber?: string;
}

/** SIP over UDP on this machine, where nothing is lost: the library repeats no request. */
export class UdpTransport implements Transport {
  readonly protocol = 'UDP';
  readonly #stateChange = new EmitterImpl<TransportState>();
  readonly #options: UdpOptions;
  readonly #socket: Socket = createSocket('udp4');
  #state = TransportState.Disconnected;
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;

  constructor(_logger: unknown, options: UdpOptions) {
    this.#options = options;
    this.#socket.on('message', (bytes) => this.onMessage?.(this.#addressed(bytes.toString('utf8'))));
    this.#socket.on('error', (error) => this.onDisconnect?.(error));
  }

  get state(): TransportState {
    return this.#state;
  }

  get stateChange(): EmitterImpl<TransportState> {
    return this.#stateChange;
  }

  /** Once connected. */
  get port(): number {
    return this.#socket.address().port;
  }

  isConnected(): boolean {
    return this.#state === TransportState.Connected;
  }

  async connect(): Promise<void> {
    const { host, port } = this.#options;
    this.#socket.bind(port, host);
    await once(this.#socket, 'listening');
    this.#turn(TransportState.Connected);
    this.onConnect?.();
  }

  async disconnect(): Promise<void> {
    if (!this.isConnected()) return;
    this.#turn(TransportState.Disconnected);
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  async dispose(): Promise<void> {
    await this.disconnect();
  }

  async send(message: string): Promise<void> {
    if (this.isConnected()) this.#socket.send(message, this.#options.pbxPort, '127.0.0.1');
  }

  /** The library takes requests for its own name alone; what was dialled still stands in `To`. */
  #addressed(message: string): string {
    const { takesAnyNumber } = this.#options;
    return takesAnyNumber ? message.replace(/^([A-Z]+ sip:)[^@\s]*@/, `$1${takesAnyNumber}@`) : message;
  }

  #turn(state: TransportState): void {
    this.#state = state;
    this.#stateChange.emit(state);
  }
}
