import { nothing, route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { refuseForeignPages } from './access.ts';

/**
 * Whether a request to the Temporal UI may pass. The UI knows no people, so the door in front of it asks here with the
 * request's own cookie, and with what it is about in `X-Forwarded-Method`: see deploy/Caddyfile.
 */
export function serveTemporalUiDoor(app: Api, { publicUrl }: ApiTools): void {
  const { origin } = new URL(publicUrl);
  app.get('/api/temporal-ui/door', route(['admin'], 'passDoorOfTemporalUi', {}, nothing), async (request, reply) => {
    const { 'x-forwarded-method': method = 'GET' } = request.headers;
    refuseForeignPages({ method: String(method), headers: request.headers }, origin);
    return reply.status(204).send(null);
  });
}
