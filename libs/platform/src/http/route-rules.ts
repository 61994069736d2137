import { FASTIFY_ROUTE_CONFIG_METADATA as ROUTE_CONFIG } from '@nestjs/platform-fastify/constants';
import type { Scope } from '../auth/scopes';

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
  more: Pick<RouteRules, 'rawFrom' | 'file'> = {},
): MethodDecorator & ClassDecorator => routeRules({ bodyLimit, ...more });

export const rulesOf = (request: { routeOptions?: { config?: unknown } }): RouteRules =>
  (request.routeOptions?.config ?? {}) as RouteRules;
