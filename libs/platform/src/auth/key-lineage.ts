import type { UserRole } from '@assay/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import type { Scope } from './scopes';
import { hasScope, SCOPES_OF_ROLE } from './scopes';

/** So many keys may be made one by another: each request asks for all of them. */
export const DEEPEST_LINE = 8;

/** A key with the keys that it was made by, itself first. */
interface Link {
  id: string;
  user_id: string;
  scopes: string[];
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  username: string;
  role: UserRole;
  disabled: boolean;
}

export interface KeyRights {
  id: string;
  userId: string;
  username: string;
  role: UserRole;
  scopes: string[];
  /** The end of the first of the line that expires; null: none does. */
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  /** Keys in the line, itself counted. */
  depth: number;
}

const line = (column: 'key_hash' | 'id'): string => `
  WITH RECURSIVE line AS (
    SELECT k.*, 0 AS step FROM ops.api_key k WHERE k.${column} = $1
    UNION ALL
    SELECT parent.*, line.step + 1 FROM line JOIN ops.api_key parent ON parent.id = line.parent_id WHERE line.step < ${2 * DEEPEST_LINE})
  SELECT line.id, line.user_id, line.scopes, line.expires_at, line.revoked_at, line.last_used_at, u.username, u.role, u.disabled
  FROM line JOIN ops."user" u ON u.id = line.user_id ORDER BY line.step`;

/**
 * What a key may do now: what it and every key it was made by have in common, each within the role its user has today. `unknown` where
 * there is no such key; null where it, or one it was made by, is revoked, expired or of a disabled user.
 */
export async function rightsOfKey(
  db: DataSource,
  key: { hash: string } | { id: string },
): Promise<KeyRights | null | 'unknown'> {
  const found = 'id' in key ? db.query(line('id'), [key.id]) : db.query(line('key_hash'), [key.hash]);
  const links = (await found) as Link[];
  const [own] = links;
  if (!own) return 'unknown';
  const now = new Date();
  const isDead = (link: Link): boolean =>
    link.disabled || link.revoked_at !== null || (link.expires_at !== null && link.expires_at <= now);
  if (links.some(isDead)) return null;
  const grants = (link: Link, scope: string): boolean =>
    hasScope(link.scopes, scope as Scope) && hasScope(SCOPES_OF_ROLE[link.role], scope as Scope);
  const ends = links.flatMap(({ expires_at: end }) => (end === null ? [] : [end.getTime()]));
  return {
    id: own.id,
    userId: own.user_id,
    username: own.username,
    role: own.role,
    scopes: own.scopes.filter((scope) => links.every((link) => grants(link, scope))),
    expiresAt: ends.length > 0 ? new Date(Math.min(...ends)) : null,
    lastUsedAt: own.last_used_at,
    depth: links.length,
  };
}

const BELOW = `
  WITH RECURSIVE below AS (
    SELECT id, 0 AS step FROM ops.api_key WHERE id = $1
    UNION ALL
    SELECT child.id, below.step + 1 FROM below JOIN ops.api_key child ON child.parent_id = below.id WHERE below.step < ${2 * DEEPEST_LINE})`;

/** Revokes a key and all that were made by it. */
export async function revokeLine(em: EntityManager, id: string): Promise<void> {
  await em.query(
    `${BELOW} UPDATE ops.api_key SET revoked_at = now() WHERE id IN (SELECT id FROM below) AND revoked_at IS NULL`,
    [id],
  );
}

/** Whether the key was made by `maker`, directly or through others, or is itself. */
export async function isOfLine(db: DataSource | EntityManager, maker: string, id: string): Promise<boolean> {
  const rows = (await db.query(`${BELOW} SELECT 1 FROM below WHERE id = $2`, [maker, id])) as unknown[];
  return rows.length > 0;
}
