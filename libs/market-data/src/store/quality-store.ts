import { refuse } from '@assay/primitives';
import type { QualityFinding, QualityReport } from '../quality';
import type { Query } from './series';

export interface Acknowledgement {
  code: string;
  by: string;
  reason: string;
  at: string;
}

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

/** Codes of warnings that nobody has acknowledged yet. */
export function unacknowledged(quality: StoredQuality): string[] {
  const known = new Set(quality.acknowledgements.map(({ code }) => code));
  return [...new Set(quality.warnings.map(({ code }) => code))].filter((code) => !known.has(code));
}

/** Quality reports in `market.quality`, one per series and content. */
export class QualityStore {
  constructor(private readonly query: Query) {}

  /** Stores the report of a content, or gives the one that is there with its acknowledgements. */
  async save(input: {
    id: string;
    seriesId: string;
    fingerprint: string;
    report: QualityReport;
    nowMs: number;
  }): Promise<StoredQuality> {
    const { errors, warnings } = input.report;
    const rows = (await this.query(
      `WITH put AS (
        INSERT INTO market.quality AS q (id, series_id, fingerprint, errors, warnings, acknowledgements, created_at)
        VALUES ($1::uuid, $2::uuid, $3, $4::jsonb, $5::jsonb, '[]', $6::timestamptz)
        ON CONFLICT (series_id, fingerprint) DO UPDATE SET errors = excluded.errors, warnings = excluded.warnings
        RETURNING ${COLUMNS})
      SELECT ${COLUMNS} FROM put`,
      [
        input.id,
        input.seriesId,
        input.fingerprint,
        JSON.stringify(errors),
        JSON.stringify(warnings),
        new Date(input.nowMs).toISOString(),
      ],
    )) as unknown[];
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

  /** Acknowledges the warnings of a report (all of them, or the given codes); 404 `not_found` for an unknown report. */
  async acknowledge(
    id: string,
    input: { by: string; reason: string; codes?: string[]; atMs: number },
  ): Promise<StoredQuality> {
    const quality = await this.find(id);
    if (quality === null) throw refuse('not_found', `no quality report ${id}`);
    const codes = unacknowledged(quality).filter((code) => !input.codes || input.codes.includes(code));
    const at = new Date(input.atMs).toISOString();
    const added = codes.map((code): Acknowledgement => ({ code, by: input.by, reason: input.reason, at }));
    const rows = (await this.query(
      `WITH put AS (
        UPDATE market.quality SET acknowledgements = acknowledgements || $2::jsonb WHERE id = $1::uuid RETURNING ${COLUMNS})
      SELECT ${COLUMNS} FROM put`,
      [id, JSON.stringify(added)],
    )) as unknown[];
    return storedOf(rows[0]);
  }
}
