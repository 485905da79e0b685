import createClient, { type Middleware } from 'openapi-fetch';
import { currentLanguage } from './language.tsx';

/** What the API could not do, in words for the person at the screen. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: number;
  readonly code: string;
  readonly whatToDo: string;
  readonly faults: readonly string[];

  constructor(status: number, { code, message, whatToDo, faults = [] }: ErrorBody) {
    super(message);
    this.status = status;
    this.code = code;
    this.whatToDo = whatToDo;
    this.faults = faults;
  }
}

interface ErrorBody {
  code: string;
  message: string;
  whatToDo: string;
  faults?: string[];
}

const unreachable: Record<'ru' | 'en', ErrorBody> = {
  ru: {
    code: 'unreachable',
    message: 'Сервер Ringflow не отвечает',
    whatToDo: 'Проверьте связь и повторите; введённое не пропадёт.',
  },
  en: {
    code: 'unreachable',
    message: "Ringflow's server does not answer",
    whatToDo: 'Check the connection and try again; what you have entered stays.',
  },
};

const failures: Middleware = {
  onRequest({ request }) {
    request.headers.set('accept-language', currentLanguage());
  },
  async onResponse({ response }) {
    if (response.ok) return;
    const body = await response.json().catch(() => unreachable[currentLanguage()]);
    throw new ApiFailure(response.status, body as ErrorBody);
  },
  onError: () => new ApiFailure(0, unreachable[currentLanguage()]),
};

/** A server's operations by its contract. @returns its client; every failure is thrown as an ApiFailure */
export function createApi<Paths extends object>() {
  const client = createClient<Paths>({ baseUrl: '/' });
  client.use(failures);
  return client;
}

/** The body of an answer; of those without one undefined. */
export async function bodyOf<B>(answer: Promise<{ data?: B }>): Promise<B> {
  return (await answer).data as B;
}
