import { Value } from 'typebox/value';
import { SignedRequest } from '../../proto/licence/wire.ts';
import { Refusal } from './refusal.ts';

/** The token in a request's file, which is a SignedRequest as JSON. @throws Refusal */
export function requestInFile(text: string): string {
  try {
    return (Value.Parse(SignedRequest, JSON.parse(text)) as { request: string }).request;
  } catch {
    throw new Refusal('request-invalid');
  }
}
