import { DomainError, invalidField } from '@assay/primitives';
import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';

/** What the column of a version holds. */
const MAX_VERSION = 2_147_483_647;

/** The row version that the caller read. */
export type ExpectedVersion = number;

interface VersionedRequest {
  headers: Record<string, string | string[] | undefined>;
  body?: unknown;
}

/** Reads `If-Match: "3"`, `W/"3"`, `3`, or the ETag of a document, `"3-<digest>"`: its version is what counts. Undefined where there is none. */
export function ifMatchVersion(request: VersionedRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const text = String(header).trim();
  const match = /^(?:W\/)?"?(\d{1,10})(?:-[0-9a-f]+)?"?$/.exec(text);
  if (!match || Number(match[1]) > MAX_VERSION)
    throw invalidField('If-Match', 'version', text, `If-Match must be a version number in quotes, was ${text}`);
  return Number(match[1]);
}

/** The version in `If-Match` or `body.version`, or undefined. @throws DomainError 400 when they name different ones */
function readStatedVersion(request: VersionedRequest): ExpectedVersion | undefined {
  const fromHeader = ifMatchVersion(request);
  const body = request.body as { version?: unknown } | undefined | null;
  const inBody = body?.version;
  if (
    inBody !== undefined &&
    !(Number.isInteger(inBody) && (inBody as number) >= 1 && (inBody as number) <= MAX_VERSION)
  ) {
    throw invalidField(
      'version',
      'integer',
      inBody,
      `version must be an integer from 1 to ${MAX_VERSION}, was ${JSON.stringify(inBody)}`,
    );
  }
  const fromBody = inBody as number | undefined;
  if (fromHeader !== undefined && fromBody !== undefined && fromHeader !== fromBody) {
    throw new DomainError(
      'version_conflict_in_request',
      `If-Match and version must be the same, were ${fromHeader} and ${fromBody}`,
      { if_match: fromHeader, version: fromBody },
    );
  }
  return fromHeader ?? fromBody;
}

/** What is there already is changed by whoever states the version that was read. @throws DomainError 428 without one */
export function assertStated(version: ExpectedVersion | undefined): asserts version is ExpectedVersion {
  if (version !== undefined) return;
  throw new DomainError('precondition_required', 'state the version you read, in If-Match or as version in the body');
}

/** @throws DomainError 428 without a version, 400 when header and body name different ones */
export function readExpectedVersion(request: VersionedRequest): ExpectedVersion {
  const version = readStatedVersion(request);
  assertStated(version);
  return version;
}

const read = (_: unknown, context: ExecutionContext): ExpectedVersion =>
  readExpectedVersion(context.switchToHttp().getRequest<VersionedRequest>());

const documented = (target: object, key: string | symbol | undefined): void => {
  if (key === undefined) return;
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  if (descriptor)
    ApiHeader({ name: 'If-Match', required: false, description: 'version that was read' })(target, key, descriptor);
};

/** The version in `If-Match` or `body.version`. The DTO of the body declares an optional `version` for the second form. */
export const ExpectedVersion = createParamDecorator(read, [documented]);

/** The same where there may be none: for a `PUT`, which makes what is not there yet. */
export const StatedVersion = createParamDecorator(
  (_: unknown, context: ExecutionContext): ExpectedVersion | undefined =>
    readStatedVersion(context.switchToHttp().getRequest<VersionedRequest>()),
  [documented],
);

/** The version in `If-Match` alone, or undefined: for documents whose own `version` means something else. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined =>
  ifMatchVersion(context.switchToHttp().getRequest<VersionedRequest>()),
);
