import type { ServiceName } from '../database/database-settings';
import { roleName } from '../database/service-role';
import type { Session } from '../migrations/run-migrations';
import { GRANTS } from './grants';

const quote = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
const qualified = (name: string): string => name.split('.').map(quote).join('.');

/** Whether the connected user may create roles here. */
export async function mayCreateRoles(session: Session): Promise<boolean> {
  const { rows } = await session.query(
    'SELECT rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = current_user',
  );
  return rows[0]?.may === true;
}

/**
 * Creates the role of each service and makes its rights exactly what `GRANTS` says. The connected user becomes a member of every
 * role. Repeatable; run after the migrations, so that new tables are covered.
 *
 * @returns the roles, or an empty list where the user may not create roles and they do not exist
 */
export async function applyRoles(session: Session, rolePrefix: string): Promise<string[]> {
  const may = await mayCreateRoles(session);
  const { rows } = await session.query('SELECT nspname AS name FROM pg_namespace');
  const schemas = new Set(rows.map(({ name }) => name as string));
  const roles: string[] = [];
  for (const service of Object.keys(GRANTS) as ServiceName[]) {
    const role = roleName(rolePrefix, service);
    const exists = await session.query('SELECT 1 AS one FROM pg_roles WHERE rolname = $1', [role]);
    if (exists.rows.length === 0) {
      if (!may) return [];
      await session.query(`CREATE ROLE ${quote(role)} NOLOGIN`);
    }
    await session.query(`GRANT ${quote(role)} TO CURRENT_USER`);
    await grant(session, role, service, schemas);
    roles.push(role);
  }
  return roles;
}

async function grant(session: Session, role: string, service: ServiceName, schemas: Set<string>): Promise<void> {
  const { write, read, updateColumns = [] } = GRANTS[service];
  const to = `TO ${quote(role)}`;
  const statements: string[] = [];
  const used = new Set<string>();
  for (const [targets, rights] of [
    [write, 'SELECT, INSERT, UPDATE, DELETE'],
    [read, 'SELECT'],
  ] as const) {
    for (const target of targets) {
      const [schema, table] = target.split('.') as [string, string?];
      if (!schemas.has(schema)) continue;
      used.add(schema);
      if (table) statements.push(`GRANT ${rights} ON ${qualified(target)} ${to}`);
      else {
        statements.push(`GRANT ${rights} ON ALL TABLES IN SCHEMA ${quote(schema)} ${to}`);
        if (rights !== 'SELECT') statements.push(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${quote(schema)} ${to}`);
      }
    }
  }
  for (const target of updateColumns) {
    const [table, column] = target.slice(0, -1).split('(') as [string, string];
    statements.push(`GRANT UPDATE (${quote(column)}) ON ${qualified(table)} ${to}`);
  }
  // Rights are withdrawn first, so that a line taken out of the table takes effect.
  const withdrawn = [...schemas].filter(
    (name) => !name.startsWith('pg_') && name !== 'information_schema' && name !== 'public',
  );
  await session.query(
    [
      'BEGIN',
      ...withdrawn.map((name) => `REVOKE ALL ON ALL TABLES IN SCHEMA ${quote(name)} FROM ${quote(role)}`),
      ...[...used].map((name) => `GRANT USAGE ON SCHEMA ${quote(name)} ${to}`),
      ...statements,
      'COMMIT',
    ].join(';\n'),
  );
}
