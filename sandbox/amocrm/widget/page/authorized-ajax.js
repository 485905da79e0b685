import { complain } from './complaints.js';
import { strict } from './strict.js';

const known = ['url', 'method', 'type', 'data', 'dataType', 'contentType', 'headers', 'timeout'];

/** `$authorizedAjax`: like `$.ajax`, with a token of the person in `X-Auth-Token`. */
export function authorizedAjax(clientId) {
  return (options) => {
    for (const name of Object.keys(options)) {
      if (!known.includes(name)) throw complain(`$authorizedAjax is given ${name}`);
    }
    const { protocol, hostname } = new URL(options.url);
    const isSafe = protocol === 'https:' || ['127.0.0.1', 'localhost'].includes(hostname);
    if (!isSafe) throw complain(`$authorizedAjax asks ${options.url}, which a page in https can't`);
    const answer = ask(clientId, options);
    return deferred(answer);
  };
}

/** As jQuery's: `done` and `fail` can be chained, `then` makes a promise. */
function deferred(answer) {
  const members = {
    done(take) {
      answer.then(({ body, isGood, xhr }) => isGood && take(body, 'success', xhr));
      return wrapped;
    },
    fail(take) {
      answer.then(({ isGood, xhr }) => !isGood && take(xhr, 'error', xhr.statusText));
      return wrapped;
    },
    always(take) {
      answer.then(() => take());
      return wrapped;
    },
  };
  const wrapped = strict('jqXHR', members);
  return wrapped;
}

async function ask(clientId, options) {
  try {
    const given = await fetch(`/ajax/v2/integrations/${clientId}/disposable_token`);
    const { token } = await given.json();
    return await send(options, token);
  } catch {
    return { isGood: false, xhr: strict('jqXHR', { status: 0, statusText: 'error', responseJSON: undefined }) };
  }
}

async function send(options, token) {
  const isText = typeof options.data === 'string';
  const response = await fetch(options.url, {
    method: options.method ?? options.type ?? 'GET',
    headers: {
      'Content-Type': options.contentType ?? 'application/x-www-form-urlencoded; charset=UTF-8',
      ...options.headers,
      'X-Auth-Token': token,
    },
    ...(options.data !== undefined && { body: isText ? options.data : new URLSearchParams(options.data) }),
    ...(options.timeout && { signal: AbortSignal.timeout(options.timeout) }),
  });
  const responseText = await response.text();
  const body = parsed(responseText);
  const { status, statusText } = response;
  const xhr = strict('jqXHR', { status, statusText, responseText, responseJSON: body });
  return { isGood: response.ok && (options.dataType !== 'json' || body !== undefined), body, xhr };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
