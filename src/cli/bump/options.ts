import { failure, type Outcome } from '../../delivery/failure.js';
import { imageReference } from '../../spec/schema/scalars.js';
import { parseDuration } from '../duration.js';

/** What `bump` and `promote` have in common on the command line. */
export interface DeliveryFlags {
  readonly push?: boolean;
  readonly pullRequest?: boolean;
  readonly remote?: string;
  readonly branch?: string;
  readonly retryFor: string;
  readonly allowOlder?: boolean;
}

/** For how long a rejected push is tried again, in milliseconds. */
export function retryForMs({ retryFor }: DeliveryFlags): Outcome<number> {
  const seconds = parseDuration(retryFor);
  if (seconds !== undefined && seconds > 0) return { value: seconds * 1000 };
  return invalid('--retry-for', retryFor, 'a duration such as 90s or 5m');
}

/** A build server's number: whole, from 1 (or 0) up, as far as a number is exact. */
export function buildNumber(text: string | undefined): Outcome<number | undefined> {
  if (text === undefined) return { value: undefined };
  if (/^\d{1,15}$/.test(text)) return { value: Number(text) };
  return invalid('--build', text, 'a whole number that grows from build to build, such as $BUILD_NUMBER');
}

/** The id of a commit in an app's own repository. */
export function sourceCommit(text: string | undefined): Outcome<string | undefined> {
  if (text === undefined || /^[0-9a-f]{7,64}$/.test(text)) return { value: text };
  return invalid('--source-commit', text, 'the id of a commit: 7 to 64 hex digits');
}

export function image(text: string): Outcome<string> {
  if (imageReference.safeParse(text).success) return { value: text };
  return invalid('--image', text, 'an image reference such as ghcr.io/acme/shop:1.4.2 or …@sha256:<64 hex digits>');
}

function invalid(option: string, text: string, expected: string) {
  return failure('invalid-option', `${option} must be ${expected}, not ${JSON.stringify(text)}`);
}
