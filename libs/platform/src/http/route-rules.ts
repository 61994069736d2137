import { FASTIFY_ROUTE_CONFIG_METADATA as ROUTE_CONFIG } from '@nestjs/platform-fastify/constants';
import type { Scope } from '../auth/scopes';

/** Of routes that name none: any document of ours. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** What is asked of a request before its body is read. It lies in the route's configuration, where the hooks of the server find it. */
export interface RouteRules {
  /** No credentials needed. */
  open?: boolean;
  /** All of these are needed; undefined: the service's default for reading or writing. */
  scopes?: readonly Scope[];
  /** Most bytes of a body. */
  bodyLimit?: number;
  /** JSON is handed on as bytes once it is this long, to be read on another thread. */
  rawFrom?: number;
  /** The body may also be a file (text/csv, application/octet-stream) or a form with one, which are handed on as bytes. */
  file?: boolean;
  /** Switch of the query by which such a body is written to disk as it comes; one beyond `bodyLimit` is so without it. */
  spooledBy?: string;
  /** Answered even when the process has all the requests it may work on. */
  always?: boolean;
}

const amend = (method: object, change: (known: RouteRules) => RouteRules): void =>
  Reflect.defineMetadata(
    ROUTE_CONFIG,
    change((Reflect.getMetadata(ROUTE_CONFIG, method) as RouteRules | undefined) ?? {}),
    method,
  );

/** Sets rules of one route, or of every route of a controller that does not say otherwise itself. */
export const routeRules =
  (rules: RouteRules): MethodDecorator & ClassDecorator =>
  (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (descriptor) return amend(descriptor.value as object, (known) => ({ ...known, ...rules }));
    const { prototype } = target as { prototype: object };
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const method: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
      if (typeof method === 'function' && name !== 'constructor') amend(method, (known) => ({ ...rules, ...known }));
    }
  };

/** Most bytes of the route's body; other routes take what a document of ours can need. */
export const BodyLimit = (
  bodyLimit: number,
  more: Pick<RouteRules, 'rawFrom' | 'file' | 'spooledBy'> = {},
): MethodDecorator & ClassDecorator => routeRules({ bodyLimit, ...more });

export const rulesOf = (request: { routeOptions?: { config?: unknown } }): RouteRules =>
  (request.routeOptions?.config ?? {}) as RouteRules;

interface ArrivingRequest {
  routeOptions?: { config?: unknown };
  headers: Record<string, unknown>;
  query?: unknown;
}

/** Whether the body goes to disk: where its route lets it, and it is asked for, or the body says that it is too long to lie in memory. */
export function isSpooled(request: ArrivingRequest): boolean {
  const { file, spooledBy, bodyLimit = BODY_LIMIT_BYTES } = rulesOf(request);
  if (!file || spooledBy === undefined || /^application\/json/i.test(String(request.headers['content-type'])))
    return false;
  const asked = (request.query as Record<string, unknown> | undefined)?.[spooledBy];
  if (asked !== undefined) return asked === 'true';
  return Number(request.headers['content-length'] ?? 0) > bodyLimit;
}
