import { randomBytes, randomUUID } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { account } from '../crm/seed.ts';
import { signedToken } from './jwt.ts';

const Secret = Type.String({ minLength: 1, maxLength: 200 });
const Address = Type.String({ pattern: '^https?://', maxLength: 500 });

/** What its developer sets for an integration, `PUT /sandbox/oauth/integration`. */
export const Integration = Type.Object(
  {
    clientId: Secret,
    clientSecret: Secret,
    redirectUri: Address,
    /** Told when the integration is switched off. */
    disabledUrl: Type.Optional(Address),
    /** A day if not given, as amoCRM does. */
    accessSeconds: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
export type Integration = Static<typeof Integration>;

export interface IssuedPair {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

/** Why no tokens are given; amoCRM's status and hint. */
export interface TokenRefusal {
  status: 400 | 401;
  hint: string;
}

interface Issued {
  grant: string;
  expiresAtMs: number;
  isSpent: boolean;
}

const codeLifeMs = 20 * 60_000;
const accessLifeSeconds = 86_400;
const refreshLifeMs = 90 * 86_400_000;

/** The integration of this account, and what it was given (contract 2.3): codes and refresh tokens serve once. */
export class OauthStore {
  readonly #realNow: () => number;
  #advancedMs = 0;
  #integration: Integration | undefined;
  #isOn = false;
  #consents = new Set<string>();
  #codes = new Map<string, Issued>();
  #refreshTokens = new Map<string, Issued>();
  #accessTokens = new Map<string, Issued>();

  constructor(now: () => number) {
    this.#realNow = now;
  }

  get integration(): Integration | undefined {
    return this.#integration;
  }

  /** All secrets that were ever given out, for tests that look where they have got to. */
  get issued() {
    return {
      codes: [...this.#codes.keys()],
      refreshTokens: [...this.#refreshTokens.keys()],
      accessTokens: [...this.#accessTokens.keys()],
    };
  }

  nowMs(): number {
    return this.#realNow() + this.#advancedMs;
  }

  reset(): void {
    this.#advancedMs = 0;
    this.#integration = undefined;
    this.#isOn = false;
    this.#consents.clear();
    for (const kept of [this.#codes, this.#refreshTokens, this.#accessTokens]) kept.clear();
  }

  advance(seconds: number): void {
    this.#advancedMs += seconds * 1000;
  }

  /** Also switches it on again. */
  setIntegration(integration: Integration): void {
    this.#integration = integration;
    this.#isOn = true;
  }

  /** An administrator withdraws the access: what was given serves no more. */
  revoke(): void {
    for (const kept of [this.#codes, this.#refreshTokens, this.#accessTokens]) {
      for (const one of kept.values()) one.isSpent = true;
    }
  }

  switchOff(): void {
    this.revoke();
    this.#isOn = false;
  }

  expireAccessTokens(): void {
    for (const one of this.#accessTokens.values()) one.expiresAtMs = this.nowMs();
  }

  /** The page that asks was shown. @returns by what its buttons prove that */
  askForConsent(): string {
    const consent = randomUUID();
    this.#consents.add(consent);
    return consent;
  }

  /** @returns false if no page has asked, or was answered already */
  consume(consent: string): boolean {
    return this.#consents.delete(consent);
  }

  newCode(): string {
    const code = `def50200${randomBytes(64).toString('hex')}`;
    this.#codes.set(code, { grant: randomUUID(), expiresAtMs: this.nowMs() + codeLifeMs, isSpent: false });
    return code;
  }

  accepts(accessToken: string): boolean {
    return isGood(this.#accessTokens.get(accessToken), this.nowMs());
  }

  knowsRefreshToken(refreshToken: string): boolean {
    return isGood(this.#refreshTokens.get(refreshToken), this.nowMs());
  }

  /** @param host at which it was asked */
  exchange(code: string, host: string): IssuedPair | TokenRefusal {
    const kept = this.#codes.get(code);
    if (!kept) return { status: 400, hint: 'Cannot decrypt the authorization code' };
    if (kept.isSpent || !this.#isOn) return { status: 400, hint: 'Authorization code has been revoked' };
    if (kept.expiresAtMs <= this.nowMs()) return { status: 400, hint: 'Authorization code has expired' };
    kept.isSpent = true;
    return this.#issue(kept.grant, host);
  }

  refresh(refreshToken: string, host: string): IssuedPair | TokenRefusal {
    const kept = this.#refreshTokens.get(refreshToken);
    if (!kept) return { status: 400, hint: 'Cannot decrypt the refresh token' };
    if (kept.isSpent || !this.#isOn) return { status: 401, hint: 'Token has been revoked' };
    if (kept.expiresAtMs <= this.nowMs()) return { status: 401, hint: 'Token has expired' };
    kept.isSpent = true;
    // nobody promises that the earlier one lives on
    for (const one of this.#accessTokens.values()) one.isSpent ||= one.grant === kept.grant;
    return this.#issue(kept.grant, host);
  }

  #issue(grant: string, host: string): IssuedPair {
    const expiresInSeconds = this.#integration?.accessSeconds ?? accessLifeSeconds;
    const accessToken = this.#jwt(host, expiresInSeconds);
    const refreshToken = `def50200${randomBytes(96).toString('hex')}`;
    const now = this.nowMs();
    this.#accessTokens.set(accessToken, { grant, expiresAtMs: now + expiresInSeconds * 1000, isSpent: false });
    this.#refreshTokens.set(refreshToken, { grant, expiresAtMs: now + refreshLifeMs, isSpent: false });
    return { accessToken, refreshToken, expiresInSeconds };
  }

  #jwt(host: string, lifeSeconds: number): string {
    const nowSeconds = Math.floor(this.nowMs() / 1000);
    const claims = {
      aud: this.#integration?.clientId,
      jti: randomUUID(),
      iat: nowSeconds,
      nbf: nowSeconds,
      exp: nowSeconds + lifeSeconds,
      sub: '504141',
      account_id: account.id,
      api_domain: host,
    };
    return signedToken(claims, 'the stand-in');
  }
}

function isGood(kept: Issued | undefined, nowMs: number): boolean {
  return kept !== undefined && !kept.isSpent && kept.expiresAtMs > nowMs;
}
