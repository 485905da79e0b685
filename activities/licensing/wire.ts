import type { Static } from 'typebox';
import type { SignedPermit } from '../../proto/licence/permit.ts';
import type { SignedRequest } from '../../proto/licence/wire.ts';

interface Asked {
  post: {
    requestBody: { content: { 'application/json': Static<typeof SignedRequest> } };
    responses: {
      200: { content: { 'application/json': SignedPermit } };
      default: { content: { 'application/json': { code: string } } };
    };
  };
}

/** What the licensing server is asked. */
export interface paths {
  '/v1/activate': Asked;
  '/v1/trial': Asked;
  '/v1/check': Asked;
  '/v1/release': Asked;
}
