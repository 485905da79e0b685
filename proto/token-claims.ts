import { Type } from 'typebox';
import { Value } from 'typebox/value';

/** What an access token of amoCRM says, as far as it does (contract 2.3). */
export interface TokenClaims {
  /** amoCRM's own number of the account. */
  accountNumber?: number;
  /** Whom to ask where the account lives. */
  apiDomain?: string;
  /** Until when it is good, and since when, seconds since the epoch. */
  exp?: number;
  iat?: number;
}

const AccountClaim = Type.Object({ account_id: Type.Integer({ minimum: 1 }) });
const moment = Type.Number({ minimum: 1, maximum: 1e11 });
const ExpiryClaim = Type.Object({ exp: moment });
const IssueClaim = Type.Object({ iat: moment });
const DomainClaim = Type.Object({ api_domain: Type.String({ maxLength: 255 }) });

/** Nobody has checked its signature: good for finding one's way, never for letting somebody in. */
export function claimsOf(accessToken: string): TokenClaims {
  const claims = parsed(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return {
    ...(Value.Check(AccountClaim, claims) && { accountNumber: claims.account_id }),
    ...(Value.Check(DomainClaim, claims) && { apiDomain: claims.api_domain }),
    ...(Value.Check(ExpiryClaim, claims) && { exp: claims.exp }),
    ...(Value.Check(IssueClaim, claims) && { iat: claims.iat }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
