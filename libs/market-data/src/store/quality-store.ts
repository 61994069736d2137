import { refuse } from '@assay/primitives';
import type { QualityFinding, QualityReport } from '../quality';
import { carriedOver, unacknowledged, type Acknowledgement } from './acknowledgements';
import type { Query } from './series';

/** A stored report on one content (fingerprint) of a series, with what people have said about its warnings. */
export interface StoredQuality {
  id: string;
  seriesId: string;
  fingerprint: string;
  errors: QualityFinding[];
  warnings: QualityFinding[];
  acknowledgements: Acknowledgement[];
  createdAtMs: number;
}

const COLUMNS = 'id, series_id, fingerprint, errors, warnings, acknowledgements, created_at';

interface QualityRow {
  id: string;
  series_id: string;
  fingerprint: string;
  errors: QualityFinding[];
  warnings: QualityFinding[];
  acknowledgements: Acknowledgement[];
  created_at: Date;
}

function storedOf(row: unknown): StoredQuality {
  const r = row as QualityRow;
  return {
    id: r.id,
    seriesId: r.series_id,
    fingerprint: r.fingerprint,
    errors: r.errors,
    warnings: r.warnings,
    acknowledgements: r.acknowledgements,
    createdAtMs: new Date(r.created_at).getTime(),
  };
}

/** So many of the newest reports are kept and searched for acknowledgements: a finding that was gone for longer is acknowledged anew. */
const REMEMBERED = 50;

/** So many go at a time: a store that has kept all of them until now is not emptied while somebody waits for one. */
const PRUNED_AT_ONCE = 1000;

/**
 * Older reports go, but those on which a warning was acknowledged first, which later reports name (`carried_from`), and those that a
 * validation or evidence of a promotion rests on. What is merely carried is in the newer reports too.
 */
const PRUNE = `DELETE FROM market.quality WHERE id = ANY (ARRAY(
  SELECT id FROM market.quality
  WHERE series_id = $1::uuid AND fingerprint <> $2 AND created_at < (
    SELECT created_at FROM market.quality WHERE series_id = $1::uuid ORDER BY created_at DESC OFFSET $3 LIMIT 1)
  AND NOT jsonb_path_exists(acknowledgements, '$[*] ? (!exists(@.carried_from) || @.carried_from == $id)',
    jsonb_build_object('id', id))
  AND NOT market.is_named_quality(id)
  ORDER BY created_at LIMIT ${PRUNED_AT_ONCE}))`;

/** Quality reports in `market.quality`, one per series and content. */
export class QualityStore {
  constructor(private readonly query: Query) {}

  /**
   * Stores the report of a content, in place of the one that is there, with the acknowledgements of earlier reports of the series as far as
   * their findings are the same, and removes older reports that nothing needs. Run it in a transaction.
   */
  async save(input: {
    id: string;
    seriesId: string;
    fingerprint: string;
    report: QualityReport;
    nowMs: number;
  }): Promise<StoredQuality> {
    const { errors, warnings } = input.report;
    await this.lock(input.seriesId);
    const rows = (await this.query(
      `WITH put AS (
        INSERT INTO market.quality AS q (id, series_id, fingerprint, errors, warnings, acknowledgements, created_at)
        VALUES ($1::uuid, $2::uuid, $3, $4::jsonb, $5::jsonb, $6::jsonb, $7::timestamptz)
        ON CONFLICT (series_id, fingerprint) DO UPDATE SET errors = excluded.errors, warnings = excluded.warnings,
          acknowledgements = excluded.acknowledgements, created_at = excluded.created_at
        RETURNING ${COLUMNS})
      SELECT ${COLUMNS} FROM put`,
      [
        input.id,
        input.seriesId,
        input.fingerprint,
        JSON.stringify(errors),
        JSON.stringify(warnings),
        JSON.stringify(await this.carried(input.seriesId, input.fingerprint, warnings)),
        new Date(input.nowMs).toISOString(),
      ],
    )) as unknown[];
    await this.query(PRUNE, [input.seriesId, input.fingerprint, REMEMBERED - 1]);
    return storedOf(rows[0]);
  }

  async find(id: string): Promise<StoredQuality | null> {
    const rows = (await this.query(`SELECT ${COLUMNS} FROM market.quality WHERE id = $1::uuid`, [id])) as unknown[];
    return rows.length > 0 ? storedOf(rows[0]) : null;
  }

  /** The report on the present content of a series. */
  async ofSeries(seriesId: string): Promise<StoredQuality | null> {
    const rows = (await this.query(
      `SELECT ${COLUMNS.split(', ')
        .map((column) => `q.${column}`)
        .join(', ')}
       FROM market.quality q JOIN market.series s ON s.id = q.series_id AND s.fingerprint = q.fingerprint
       WHERE q.series_id = $1::uuid`,
      [seriesId],
    )) as unknown[];
    return rows.length > 0 ? storedOf(rows[0]) : null;
  }

  /** What imports noticed that the bars alone do not show, as the newest report of a series has it. */
  async noticed(seriesId: string): Promise<QualityFinding[]> {
    const sql = `SELECT ${COLUMNS} FROM market.quality WHERE series_id = $1::uuid ORDER BY created_at DESC, id DESC LIMIT 1`;
    const [newest] = ((await this.query(sql, [seriesId])) as unknown[]).map(storedOf);
    return newest?.warnings.filter(({ code }) => code === 'unadjusted_split') ?? [];
  }

  /**
   * Acknowledges the warnings of a report (all of them, or the given codes), and those of the present report of its series that are the
   * same; 404 `not_found` for an unknown report. Run it in a transaction.
   */
  async acknowledge(
    id: string,
    input: { by: string; reason: string; codes?: string[]; atMs: number },
  ): Promise<StoredQuality> {
    const asked = await this.find(id);
    if (asked !== null) await this.lock(asked.seriesId);
    // a newer report may have pruned it meanwhile
    const quality = asked && (await this.find(id));
    if (quality === null) throw refuse('not_found', `no quality report ${id}`);
    const codes = unacknowledged(quality).filter((code) => !input.codes || input.codes.includes(code));
    const at = new Date(input.atMs).toISOString();
    const added = codes.map((code): Acknowledgement => ({ code, by: input.by, reason: input.reason, at }));
    const acknowledged = await this.put(id, [...quality.acknowledgements, ...added]);
    const present = await this.ofSeries(quality.seriesId);
    if (present !== null && present.id !== id) {
      const carried = await this.carried(present.seriesId, present.fingerprint, present.warnings);
      await this.put(present.id, carried);
    }
    return acknowledged;
  }

  private async put(id: string, acknowledgements: readonly Acknowledgement[]): Promise<StoredQuality> {
    const rows = (await this.query(
      `WITH put AS (
        UPDATE market.quality SET acknowledgements = $2::jsonb WHERE id = $1::uuid RETURNING ${COLUMNS})
      SELECT ${COLUMNS} FROM put`,
      [id, JSON.stringify(acknowledgements)],
    )) as unknown[];
    return storedOf(rows[0]);
  }

  /** An acknowledgement and a new report wait for each other, so that none is carried past. */
  private async lock(seriesId: string): Promise<void> {
    await this.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`assay.quality ${seriesId}`]);
  }

  private async carried(
    seriesId: string,
    fingerprint: string,
    warnings: readonly QualityFinding[],
  ): Promise<Acknowledgement[]> {
    if (warnings.length === 0) return [];
    const rows = (await this.query(
      `SELECT ${COLUMNS} FROM market.quality
       WHERE series_id = $1::uuid AND acknowledgements <> '[]' AND (fingerprint = $2 OR created_at >= (
         SELECT min(created_at) FROM (
           SELECT created_at FROM market.quality WHERE series_id = $1::uuid ORDER BY created_at DESC LIMIT $3) AS newest))
       ORDER BY created_at DESC, id DESC`,
      [seriesId, fingerprint, REMEMBERED],
    )) as unknown[];
    const reports = rows.map(storedOf);
    return carriedOver(warnings, reports, reports.find((report) => report.fingerprint === fingerprint)?.id);
  }
}
