import { Client } from 'pg';
import type { DatabaseSettings, ServiceName } from './database-settings';

/** Role that a service works as, e.g. `assay_research`. */
export const roleName = (rolePrefix: string, service: ServiceName): string => `${rolePrefix}${service}`;

/**
 * The service's role if it exists and the connecting user may take it on, else undefined: then the service runs as that user
 * and the database does not enforce the separation of the schemas.
 */
export async function availableRole(settings: DatabaseSettings, service: ServiceName): Promise<string | undefined> {
  const role = roleName(settings.rolePrefix, service);
  const client = new Client({ connectionString: settings.url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_roles WHERE rolname = $1 AND pg_has_role(current_user, oid, 'MEMBER')`,
      [role],
    );
    return rowCount ? role : undefined;
  } finally {
    await client.end();
  }
}

/** Connection options that make every session work as `role`. */
export const roleOptions = (role: string | undefined): string | undefined => (role ? `-c role=${role}` : undefined);
