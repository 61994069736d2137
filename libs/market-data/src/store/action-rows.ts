import type { ActionKind, StatedAction } from '../adjustments';
import type { Query } from './series';

/** Whose actions they are: those of all series of a symbol from a source. */
export interface ActionsKey {
  source: string;
  symbol: string;
}

export interface StoredAction extends StatedAction, ActionsKey {
  id: string;
}

interface ActionRow {
  id: string;
  source: string;
  symbol: string;
  ex_date: string;
  kind: ActionKind;
  value: number;
  available_at: Date | null;
}

const COLUMNS = `id, source, symbol, to_char(ex_date, 'YYYY-MM-DD') AS ex_date, kind, value, available_at`;

function actionOf(row: unknown): StoredAction {
  const { id, source, symbol, ex_date: exDate, kind, value, available_at: at } = row as ActionRow;
  return { id, source, symbol, exDate, kind, value, availableAtMs: at && new Date(at).getTime() };
}

/** The actions of a symbol from a source, oldest first. */
export async function actionsOf(query: Query, { source, symbol }: ActionsKey): Promise<StoredAction[]> {
  const sql = `SELECT ${COLUMNS} FROM market.corporate_action WHERE source = $1 AND symbol = $2 ORDER BY ex_date, kind`;
  return ((await query(sql, [source, symbol])) as unknown[]).map(actionOf);
}

export async function actionById(query: Query, id: string): Promise<StoredAction | null> {
  const sql = `SELECT ${COLUMNS} FROM market.corporate_action WHERE id = $1::uuid`;
  const rows = ((await query(sql, [id])) as unknown[]).map(actionOf);
  return rows.length > 0 ? rows[0] : null;
}

/** Actions in the order of their keys, from the one after `cursor` on, which is the id of one. */
export async function pageOfActions(
  query: Query,
  { source, symbol }: Partial<ActionsKey>,
  limit: number,
  cursor?: string,
): Promise<StoredAction[]> {
  const key = 'symbol, source, ex_date, kind';
  const sql = `SELECT ${COLUMNS} FROM market.corporate_action AS a
    WHERE ($3::text IS NULL OR symbol = $3) AND ($4::text IS NULL OR source = $4) AND ($2::uuid IS NULL
      OR (symbol, source, a.ex_date, kind) > (SELECT ${key} FROM market.corporate_action WHERE id = $2::uuid))
    ORDER BY symbol, source, a.ex_date, kind LIMIT $1`;
  return ((await query(sql, [limit, cursor ?? null, symbol ?? null, source ?? null])) as unknown[]).map(actionOf);
}

/** Writes actions, in place of those of the same date and kind. */
export async function putActions(
  query: Query,
  { source, symbol }: ActionsKey,
  actions: readonly (StatedAction & { id: string })[],
  nowMs: number,
): Promise<void> {
  await query(
    `INSERT INTO market.corporate_action AS a
       (id, source, symbol, ex_date, kind, value, available_at, created_at, updated_at)
     SELECT id, $1, $2, ex_date, kind, value::float8, available_at, $3::timestamptz, $3::timestamptz
     FROM jsonb_to_recordset($4::jsonb)
       AS u(id uuid, ex_date date, kind text, value text, available_at timestamptz)
     ON CONFLICT (source, symbol, ex_date, kind) DO UPDATE SET value = excluded.value,
       available_at = excluded.available_at, updated_at = excluded.updated_at`,
    [source, symbol, new Date(nowMs).toISOString(), JSON.stringify(actions.map(rowOf))],
  );
}

export async function dropAction(query: Query, id: string): Promise<void> {
  await query('DELETE FROM market.corporate_action WHERE id = $1::uuid', [id]);
}

// the shortest text of a double reads back to its bits, a JSON number would pass through NUMERIC
const rowOf = ({ id, exDate, kind, value, availableAtMs }: StatedAction & { id: string }): Record<string, unknown> => ({
  ...{ id, ex_date: exDate, kind, value: String(value) },
  available_at: availableAtMs === null ? null : new Date(availableAtMs).toISOString(),
});

/**
 * Holds off, to the end of the transaction, whoever changes actions of the symbol and source; who changes them also whoever
 * writes bars of it.
 */
export async function lockActions(query: Query, { source, symbol }: ActionsKey, to: 'read' | 'change'): Promise<void> {
  const lock = to === 'read' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  const name = JSON.stringify(['assay.actions', source, symbol]);
  await query(`SELECT ${lock}(hashtextextended($1, 0))`, [name]);
}
