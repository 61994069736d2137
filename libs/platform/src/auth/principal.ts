import type { UserRole } from '@assay/persistence';
import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import { routeRules } from '../http/route-rules';
import { hasScope, type Scope } from './scopes';

/** Whoever is asking. Everything is read and written as this user; what belongs to another does not exist. */
export interface Principal {
  userId: string;
  username: string;
  role: UserRole;
  scopes: readonly string[];
  /** Set when an API key was used. */
  keyId?: string;
  /** When the key, or one that it was made by, ends; null: never. */
  keyExpiresAt?: Date | null;
  /** Keys in the line from the first one to this. */
  keyDepth?: number;
}

export const isAdministrator = ({ role, scopes }: Principal): boolean => role === 'admin' && hasScope(scopes, 'admin');

export interface AuthenticatedRequest {
  principal?: Principal;
  /** Where the request comes from, as the pages' server says of those that it passes on. */
  address?: string;
  admitted?: boolean;
}

/** No credentials needed. */
export const Public = (): MethodDecorator & ClassDecorator => routeRules({ open: true });

/** All of these scopes are needed, else 403. */
export const Scopes = (...scopes: Scope[]): MethodDecorator & ClassDecorator => routeRules({ scopes });

/** The authenticated caller. */
export const Owner = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new Error('@Owner() is used on a public route');
  return principal;
});
