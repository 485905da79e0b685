import $ from 'jquery';
import type { AmocrmWidget } from './amocrm/page.ts';
import { Calls } from './calls/calls.ts';
import { Clicks } from './click/clicks.ts';
import { Dock } from './dock/dock.ts';
import { LineState } from './line/line.ts';
import type { Told } from './server/events.ts';
import { Server } from './server/server.ts';
import { SharedStream } from './server/shared-stream.ts';
import type { StreamListener } from './server/stream.ts';
import { SettingsTab } from './settings-tab/settings-tab.ts';
import { textsOf } from './texts.ts';

/** All that runs while the widget is on; it lives as long as the page (init_once). */
class Ringflow {
  readonly #widget: AmocrmWidget;
  readonly #texts;
  readonly #server: Server;
  readonly #dock: Dock;
  readonly #line: LineState;
  readonly #calls: Calls;
  readonly #clicks: Clicks;
  #stream: SharedStream | undefined;
  readonly #keepDock = () => this.#dock.attach();

  constructor(widget: AmocrmWidget) {
    this.#widget = widget;
    this.#texts = textsOf(widget);
    this.#server = new Server(widget, this.#texts);
    this.#dock = new Dock(widget, this.#texts);
    this.#line = new LineState(this.#dock, this.#texts);
    this.#calls = new Calls(this.#dock, this.#texts, Number(widget.system().amouser_id));
    this.#clicks = new Clicks(this.#dock, this.#server, this.#texts);
    $(document).on('page:changed', this.#keepDock);
  }

  call(number: string): void {
    void this.#clicks.call(number);
  }

  /** Hears of calls from now on. */
  listen(): void {
    this.#stream ??= new SharedStream(this.#server, this.#listener(), this.#widget.system().amouser_id);
  }

  showSettings(body: HTMLElement): void {
    new SettingsTab(this.#widget, body, { server: this.#server, texts: this.#texts, line: this.#line });
  }

  stop(): void {
    $(document).off('page:changed', this.#keepDock);
    this.#stream?.stop();
    this.#calls.stop();
    this.#dock.remove();
  }

  #listener(): StreamListener {
    return {
      told: (name, event) => {
        if (name === 'line') this.#line.told(event as Told['line']);
        if (name === 'call') this.#calls.told(event as Told['call']);
        if (name === 'gone') this.#calls.gone(event as Told['gone']);
        if (name === 'click') this.#clicks.told(event as Told['click']);
        if (name === 'whole') this.#calls.wholeTold();
      },
      begins: () => this.#calls.begins(),
      lost: (reason) => this.#line.told({ extension: null, state: 'unknown', ...(reason && { reason }) }),
    };
  }
}

/** What amoCRM makes the widget with. */
export default function RingflowWidget(this: AmocrmWidget) {
  let ringflow: Ringflow | undefined;
  const running = () => {
    ringflow ??= new Ringflow(this);
    return ringflow;
  };

  this.callbacks = {
    render: () => true,
    init: () => {
      this.add_action('phone', ({ value }) => running().call(value));
      // on the page of integrations amoCRM also starts widgets that are not installed
      if (this.get_install_status() !== 'install') running().listen();
      return true;
    },
    bind_actions: () => true,
    settings: (body) => {
      const [element] = Array.from(body);
      if (element) running().showSettings(element);
    },
    onInstall: () => running().listen(),
    onSave: () => true,
    destroy: () => {
      ringflow?.stop();
      ringflow = undefined;
    },
  };
  return this;
}
