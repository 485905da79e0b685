import { type Static, Type } from 'typebox';

/** A misbehaviour on demand, `POST /sandbox/faults`. */
export const Fault = Type.Object(
  {
    /** `POST /api/v4/calls`; a final `*` stands for any rest; without it every API request. */
    match: Type.Optional(Type.String({ maxLength: 200 })),
    /**
     * `…-after`: the request is carried out first. `empty-after`: 200 with nothing in the body.
     * `partial`: one item of a bulk write is refused.
     */
    kind: Type.Enum([
      'status',
      'hang',
      'hang-after',
      'cut-before',
      'cut-after',
      'empty-after',
      'delay',
      'html',
      'partial',
    ]),
    /** Of `status` (default 500) and `html` (default 403). */
    status: Type.Optional(Type.Integer({ minimum: 400, maximum: 599 })),
    retryAfterSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Of `partial`: place of the item that is refused (default 0), and whether the others are stored (default not). */
    index: Type.Optional(Type.Integer({ minimum: 0, maximum: 249 })),
    storesOthers: Type.Optional(Type.Boolean()),
    delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
    /** How many requests it hits; 1 if not given. */
    times: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
export type Fault = Static<typeof Fault>;

/** The faults that wait for their requests; each request meets the first that matches. */
export class FaultList {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Uses up one turn of the fault that this request meets. */
  take(method: string, path: string): Fault | null {
    const hit = this.#waiting.find(({ fault }) => matches(fault.match, `${method} ${path}`));
    if (!hit) return null;
    hit.left -= 1;
    if (hit.left === 0) this.#waiting = this.#waiting.filter((each) => each !== hit);
    return hit.fault;
  }
}

function matches(match: string | undefined, request: string): boolean {
  if (match === undefined) return true;
  return match.endsWith('*') ? request.startsWith(match.slice(0, -1)) : request === match;
}
