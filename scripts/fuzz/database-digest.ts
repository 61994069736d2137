import type { Client } from 'pg';

/** What a refused request may change: counts of wrong credentials, what is written of refusals, answers kept to be repeated; and what runs beside it. */
const LEFT_OUT = /^(ops\.(attempt|audit|idempotency_key)|bullmq\..*|portfolio\..*|.*\.event_cursor)$/;
/** Columns that are written whoever asks for whatever. */
const LEFT_OUT_COLUMNS: Record<string, string[]> = { 'ops.api_key': ['last_used_at'] };

/** One number for the rows of each table: any row added, changed or taken away changes it. */
export class DatabaseDigest {
  private constructor(
    private readonly client: Client,
    private readonly sql: string,
  ) {}

  static async open(client: Client): Promise<DatabaseDigest> {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'public') ORDER BY 1`,
    );
    const parts = rows
      .filter(({ name }) => !LEFT_OUT.test(name))
      .map(({ name }) => {
        const left = (LEFT_OUT_COLUMNS[name] ?? []).map((column) => ` - '${column}'`).join('');
        // A version of a row has its own place and its own writer: no need to read what is in it.
        const row = left === '' ? `t.ctid::text || ' ' || t.xmin::text` : `(to_jsonb(t)${left})::text`;
        return `SELECT '${name}' AS name, count(*) || ' ' || coalesce(sum(hashtextextended(${row}, 0)), 0) AS digest FROM ${name} t`;
      });
    return new DatabaseDigest(client, parts.join(' UNION ALL '));
  }

  async take(): Promise<Map<string, string>> {
    const { rows } = await this.client.query<{ name: string; digest: string }>(this.sql);
    return new Map(rows.map(({ name, digest }) => [name, digest]));
  }
}

/** Names of the tables that differ. */
export const changedTables = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
