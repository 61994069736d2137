import type { UserRole } from '@assay/persistence';

export const SCOPES = [
  'research:read',
  'research:write',
  'trade:read',
  'trade:write',
  'trade:live',
  'data:write',
  'data:correct',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

export const ROLES = ['admin', 'trader', 'importer', 'viewer', 'service'] as const;

/** The most a user of a role may do; a key may have less, never more. */
export const SCOPES_OF_ROLE: Record<UserRole, readonly Scope[]> = {
  admin: SCOPES,
  trader: ['research:read', 'research:write', 'trade:read', 'trade:write', 'trade:live', 'data:write'],
  // `data:correct` changes bars that everybody trades on, `data:write` only adds to them.
  importer: ['research:read', 'data:write', 'data:correct'],
  viewer: ['research:read', 'trade:read'],
  service: ['research:read', 'trade:read', 'trade:write', 'data:write'],
};

/** `admin` implies every other scope. */
export const hasScope = (granted: readonly string[], needed: Scope): boolean =>
  granted.includes(needed) || granted.includes('admin');
